import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { askGraphQL, type GraphQLAnswer } from '../../cli/graphql-client';
import { instantOf, type Instant } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { frame } from '../../platform/framing';
import { signWebhook } from '../../platform/webhook-signing';
import { aConnect } from '../../proto/world';
import { eventually } from '../support/eventually';
import { Shopper } from '../support/shopper';
import { WaybillHome, type RunningWaybill } from '../support/waybill';

const administrator = { email: 'admin@example.com', password: 'a long enough password' };

/** Slow enough that a shipment can be talked about before it is on its truck. */
const unhurried = {
  WAYBILL_SIMULATION_SPEED: '300',
  WAYBILL_ADMIN_EMAIL: administrator.email,
  WAYBILL_ADMIN_PASSWORD: administrator.password,
};

type Refusal = { readonly __typename: string; readonly code?: string; readonly message?: string };

let home: WaybillHome;
let waybill: RunningWaybill;
let ada: Shopper;
let eve: Shopper;
let staffToken: string;
let carrierSecret: string;
let products: readonly string[];

const ask = (query: string, variables: object, token: string): Promise<GraphQLAnswer> =>
  askGraphQL(waybill.url, query, variables, token);

const mutate = async (name: string, input: object, token: string): Promise<Refusal> => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on UserError { code message } } }`;
  const { data, errors } = await ask(query, { input }, token);
  if (errors)
    return { __typename: 'errors', code: String(errors[0]?.extensions?.code), message: errors[0]!.message };
  return data?.[name] as Refusal;
};

beforeAll(async () => {
  home = await WaybillHome.make();
  waybill = await home.start(unhurried);
  ada = await Shopper.signUp(waybill.url, 'ada@example.com');
  eve = await Shopper.signUp(waybill.url, 'eve@example.com');
  products = await ada.productsOnHand(5);
  carrierSecret = (await readFile(join(home.directory, 'secrets', 'carrier'), 'utf8')).trim();
  const logIn = `mutation ($input: LogInInput!) { logIn(input: $input) { ... on LogInSuccess { accessToken } } }`;
  const { data } = await askGraphQL(waybill.url, logIn, { input: administrator });
  staffToken = (data?.['logIn'] as { accessToken: string }).accessToken;
}, 60_000);

afterAll(async () => {
  await waybill.close();
  await home.remove();
});

// Whatever was thrown at it: the next ordinary order comes to its door.
afterEach(async () => {
  const customer = await Shopper.signUp(waybill.url, `${performance.now()}@example.com`);
  await customer.addToCart(products[0]!, 1);
  const { id } = await customer.placeOrder({ x: 2, y: 2 });
  await customer.waitFor(id, 'FULFILLED', 60_000);
}, 90_000);

describe('a customer who asks for what cannot be', () => {
  const unknown = '00000000-0000-5000-8000-000000000000';
  const addToCart = (productId: string, quantity: number): Promise<Refusal> =>
    mutate('addToCart', { productId, quantity }, ada.token);

  it('is told so, and why', async () => {
    const product = products[1]!;
    expect(await addToCart(unknown, 1)).toMatchObject({ __typename: 'ProductNotFoundError' });
    for (const quantity of [0, -1, 2_000_000_000])
      expect(await addToCart(product, quantity)).toMatchObject({
        __typename: 'QuantityOutOfRangeError',
        code: 'QUANTITY_OUT_OF_RANGE',
      });
    expect(await addToCart(product, 1e300)).toMatchObject({ __typename: 'errors' });
    expect(await addToCart(product, 1.5)).toMatchObject({ __typename: 'errors' });
    expect(await mutate('placeOrder', { destination: { x: 1, y: 1 } }, ada.token)).toMatchObject({
      __typename: 'CartEmptyError',
    });
  }, 60_000);

  it('is told that a price has changed since it went into the cart', async () => {
    const product = products[2]!;
    await ada.addToCart(product, 1);
    const price = { amountMinor: 123_456, currency: 'GBP' };
    expect(await mutate('changeProductPrice', { productId: product, price }, staffToken)).toMatchObject({
      __typename: 'ChangeProductPriceSuccess',
    });
    expect(await mutate('placeOrder', { destination: { x: 1, y: 1 } }, ada.token)).toMatchObject({
      __typename: 'PriceChangedError',
      code: 'PRICE_CHANGED',
    });
    await mutate('removeFromCart', { productId: product }, ada.token);
  }, 60_000);

  it('cannot have a parcel sent off the map', async () => {
    await ada.addToCart(products[3]!, 1);
    for (const x of [2 ** 31, -(2 ** 31) - 1, 1e300]) {
      const { __typename } = await mutate('placeOrder', { destination: { x, y: 0 } }, ada.token);
      expect(['PlaceOutOfRangeError', 'errors']).toContain(__typename);
    }
    await mutate('removeFromCart', { productId: products[3]! }, ada.token);
  }, 60_000);

  it("sees nothing of someone else's order, and does nothing to it", async () => {
    await ada.addToCart(products[3]!, 1);
    const { id } = await ada.placeOrder({ x: 4, y: 4 });
    const { data } = await ask('query ($id: ID!) { order(id: $id) { id } }', { id }, eve.token);
    expect(data).toEqual({ order: null });
    expect(await mutate('cancelOrder', { orderId: id }, eve.token)).toMatchObject({
      __typename: 'OrderNotFoundError',
    });
    expect(await mutate('payOrder', { orderId: id, paymentMethod: 'test' }, eve.token)).toMatchObject({
      __typename: 'OrderNotFoundError',
    });
    await ada.waitFor(id, 'FULFILLED', 60_000);
  }, 90_000);

  it('cannot pay twice', async () => {
    await ada.addToCart(products[3]!, 1);
    const { id } = await ada.placeOrder({ x: 4, y: 4 });
    const again = await mutate('payOrder', { orderId: id, paymentMethod: 'test' }, ada.token);
    expect(['OrderAlreadyPaidError', 'OrderWrongStatusError']).toContain(again.__typename);
    await ada.waitFor(id, 'FULFILLED', 60_000);
  }, 90_000);
});

describe('a World port', () => {
  const fourGibibytes = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]);
  const malformed = frame(Buffer.from([0x08, 0xff, 0xff, 0xff]));
  const greetedThenMalformed = Buffer.concat([
    frame(aConnect.encode({ worldid: 77n, initwh: [], isAmazon: true })),
    malformed,
  ]);

  it.each([
    ['a frame of 4 GiB', fourGibibytes],
    ['a malformed message', malformed],
    ['a malformed message after a greeting', greetedThenMalformed],
    [
      'a web request',
      Buffer.from(`GET / HTTP/1.1\r\nHost: example.com\r\nUser-Agent: ${'x'.repeat(200)}\r\n\r\n`),
    ],
    ['garbage', Buffer.alloc(100_000, 0xa7)],
  ])(
    'closes the connection of who sends %s',
    async (_what, bytes) => {
      for (const address of [waybill.addresses.worldAmazon!, waybill.addresses.worldUps!]) {
        const [host, port] = address.split(':');
        const socket = connect(Number(port), host);
        socket.on('error', () => undefined);
        socket.resume();
        socket.write(bytes);
        await new Promise((resolve) => socket.once('close', resolve));
      }
    },
    60_000,
  );
});

describe('a webhook', () => {
  type Told = {
    readonly status: number;
    readonly body: { readonly status?: string; readonly code?: string };
  };
  let messages = 0;

  const tell = async (
    type: string,
    data: { readonly shipmentId: number },
    {
      id = `e2e-${++messages}`,
      at = realClock.now(),
      secret = carrierSecret,
    }: {
      readonly id?: string;
      readonly at?: Instant;
      readonly secret?: string;
    } = {},
  ): Promise<Told> => {
    const body = Buffer.from(
      JSON.stringify({
        specversion: '1.0',
        id,
        source: '/carriers/ups',
        subject: String(data.shipmentId),
        time: at,
        datacontenttype: 'application/json',
        type,
        data,
      }),
    );
    const headers = {
      'content-type': 'application/cloudevents+json',
      ...signWebhook(id, body, [secret], at),
    };
    const response = await fetch(`${waybill.url}/webhooks/ups`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Told['body'] };
  };

  type Shipment = {
    readonly number: string;
    readonly status: string;
    readonly warehouse: { readonly id: string };
  };

  /** An order whose shipment has not left yet. */
  const shipmentUnderWay = async (): Promise<{ readonly orderId: string; readonly shipment: Shipment }> => {
    await ada.addToCart(products[4]!, 1);
    const { id } = await ada.placeOrder({ x: 9, y: -9 });
    const query = 'query ($id: ID!) { order(id: $id) { shipments { number status warehouse { id } } } }';
    let shipment: Shipment | undefined;
    await eventually(async () => {
      const order = await ada.ask<{ shipments: Shipment[] }>(query, { id });
      [shipment] = order.shipments;
      return shipment !== undefined;
    });
    return { orderId: id, shipment: shipment! };
  };

  const exchanges = async (): Promise<
    readonly { readonly status: string; readonly shipmentNumber: string }[]
  > => {
    const query = `{ exchangeLog(link: "carrier:ups", first: 100) { edges { node { status shipmentNumber } } } }`;
    const { data } = await ask(query, {}, staffToken);
    const { edges } = data?.['exchangeLog'] as {
      edges: { node: { status: string; shipmentNumber: string } }[];
    };
    return edges.map(({ node }) => node);
  };

  const isShownAsParked = (shipmentNumber: string): Promise<void> =>
    eventually(async () =>
      (await exchanges()).some(
        (exchange) => exchange.status === 'parked' && exchange.shipmentNumber === shipmentNumber,
      ),
    );

  it('about a shipment that nobody knows is kept for people to look at', async () => {
    expect(await tell('carrier.shipment.delivered', { shipmentId: 999_999 })).toEqual({
      status: 202,
      body: { status: 'parked', code: 'SHIPMENT_NOT_FOUND', reason: expect.any(String) as string },
    });
    await isShownAsParked('999999');
  }, 60_000);

  it('that tells of a delivery before the loading, or of a truck elsewhere, is kept and not believed', async () => {
    const { orderId, shipment } = await shipmentUnderWay();
    const shipmentId = Number(shipment.number);
    expect(await tell('carrier.shipment.delivered', { shipmentId })).toMatchObject({
      status: 202,
      body: { status: 'parked', code: 'SHIPMENT_WRONG_STATUS' },
    });
    const here = Number(shipment.warehouse.id);
    const elsewhere = { shipmentId, truckId: 3, warehouseId: here === 1 ? 2 : 1 };
    expect(await tell('carrier.truck.arrived', elsewhere)).toMatchObject({
      status: 202,
      body: { status: 'parked', code: 'WRONG_WAREHOUSE' },
    });
    await isShownAsParked(shipment.number);
    const { timeline } = await ada.waitFor(orderId, 'FULFILLED', 60_000);
    expect(timeline.filter(({ type }) => type === 'ShipmentDelivered')).toHaveLength(1);
  }, 120_000);

  it('that comes five times acts once, and is answered the same each time', async () => {
    const { orderId, shipment } = await shipmentUnderWay();
    const said = { shipmentId: Number(shipment.number), trackingNumber: 'FIVE-TIMES' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => tell('carrier.tracking.assigned', said, { id: 'five-times' })),
    );
    for (const answer of answers) expect(answer).toEqual({ status: 200, body: { status: 'applied' } });
    const { shipments } = await ada.waitFor(orderId, 'FULFILLED', 60_000);
    const stream = `shipment-${shipments[0]!.id}`;
    const query = 'query ($stream: String!) { events(stream: $stream, first: 100) { data } }';
    const { data } = await ask(query, { stream }, staffToken);
    expect(JSON.stringify(data).match(/FIVE-TIMES/g)).toHaveLength(1);
  }, 120_000);

  it('that is forged or stale is refused', async () => {
    const said = { shipmentId: 1 };
    const secret = Buffer.alloc(32, 7).toString('base64url');
    const at = instantOf(Date.now() - 600_000);
    expect(await tell('carrier.shipment.delivered', said, { secret })).toMatchObject({ status: 401 });
    expect(await tell('carrier.shipment.delivered', said, { at })).toMatchObject({ status: 401 });
    const bare = await fetch(`${waybill.url}/webhooks/ups`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
  }, 60_000);
});

it('a second process on the same data directory is refused, and told by whom', async () => {
  await expect(home.start(unhurried)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringContaining(`pid ${process.pid}`) as string,
  });
}, 60_000);
