import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { askGraphQL, type GraphQLAnswer } from '../../cli/program/graphql-client';
import { instantOf, type Instant } from '../../domain/kernel';
import { realClock } from '../../platform/clock';
import { frame } from '../../platform/framing';
import { signWebhook } from '../../platform/webhook-signing';
import { aConnect } from '../../proto/world';
import { eventually } from '../support/time/eventually';
import { Shopper } from '../support/graphql/shopper';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';

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
let sue: Shopper;
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

type Stored = { readonly type: string; readonly actor: string; readonly data: object };

/** Returns the events of a stream, at most a hundred. */
const eventsOf = async (stream: string): Promise<readonly Stored[]> => {
  const query = 'query ($stream: String!) { events(stream: $stream, first: 100) { type actor data } }';
  const { data } = await ask(query, { stream }, staffToken);
  return data?.['events'] as readonly Stored[];
};

beforeAll(async () => {
  home = await WaybillHome.make();
  waybill = await home.start(unhurried);
  ada = await Shopper.signUp(waybill.url, 'ada@example.com');
  eve = await Shopper.signUp(waybill.url, 'eve@example.com');
  sue = await Shopper.signUp(waybill.url, 'sue@example.com');
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

/** The ordinary order that was placed after each test. */
const ordinary: { readonly after: string; readonly orderId: string }[] = [];

afterEach(async () => {
  await sue.addToCart(products[0]!, 1);
  const { id } = await sue.placeOrder({ x: 2, y: 2 });
  ordinary.push({ after: expect.getState().currentTestName ?? '', orderId: id });
}, 30_000);

describe('a customer with impossible input', () => {
  const unknown = '00000000-0000-5000-8000-000000000000';
  const lengthOfCart = async (): Promise<number> => (await eventsOf(`cart-${ada.id}`)).length;
  const notWhole = (path: string, value: number): Refusal => ({
    __typename: 'errors',
    code: 'INPUT_INVALID',
    message: `input.${path}: give a whole number from -2147483648 to 2147483647, not ${value}`,
  });
  const outOfRange = (quantity: number): Refusal => ({
    __typename: 'QuantityOutOfRangeError',
    code: 'QUANTITY_OUT_OF_RANGE',
    message: expect.stringContaining(`${quantity} is not a whole number from 1 to 100000.`) as string,
  });

  it.each([unknown, 'nonsense', ''])('gets the error that there is no product %j', async (productId) => {
    const before = await lengthOfCart();
    expect(await mutate('addToCart', { productId, quantity: 1 }, ada.token)).toEqual({
      __typename: 'ProductNotFoundError',
      code: 'PRODUCT_NOT_FOUND',
      message: 'There is no such product. Use the ID of a product.',
    });
    expect(await lengthOfCart()).toBe(before);
  });

  it.each([
    ...[0, -1, 100_001, 2_000_000_000].map((quantity) => [quantity, outOfRange(quantity)] as const),
    ...[3_000_000_000, 1e300, 1.5].map((quantity) => [quantity, notWhole('quantity', quantity)] as const),
  ])('gets the error that a quantity of %d is not possible', async (quantity, refusal) => {
    const before = await lengthOfCart();
    const input = { productId: products[1]!, quantity };
    expect(await mutate('addToCart', input, ada.token)).toEqual(refusal);
    expect(await lengthOfCart()).toBe(before);
  });

  it('gets the error that an empty cart cannot be ordered', async () => {
    const before = (await ada.orders()).length;
    expect(await mutate('placeOrder', { destination: { x: 1, y: 1 } }, ada.token)).toEqual({
      __typename: 'CartEmptyError',
      code: 'CART_EMPTY',
      message: 'The cart is empty. Add a product to the cart, then order.',
    });
    expect(await ada.orders()).toHaveLength(before);
  });

  it('gets the error that a price has changed since the product was added to the cart', async () => {
    const product = products[2]!;
    await ada.addToCart(product, 1);
    const price = { amountMinor: 123_456, currency: 'GBP' };
    expect(await mutate('changeProductPrice', { productId: product, price }, staffToken)).toMatchObject({
      __typename: 'ChangeProductPriceSuccess',
    });
    const before = await lengthOfCart();
    expect(await mutate('placeOrder', { destination: { x: 1, y: 1 } }, ada.token)).toMatchObject({
      __typename: 'PriceChangedError',
      code: 'PRICE_CHANGED',
    });
    expect(await lengthOfCart()).toBe(before);
    await mutate('removeFromCart', { productId: product }, ada.token);
  }, 60_000);

  it('cannot have a parcel sent off the map', async () => {
    await ada.addToCart(products[3]!, 1);
    const before = await lengthOfCart();
    for (const x of [2 ** 31, -(2 ** 31) - 1, 1e300, 0.5])
      expect(await mutate('placeOrder', { destination: { x, y: 0 } }, ada.token)).toEqual(
        notWhole('destination.x', x),
      );
    expect(await lengthOfCart()).toBe(before);
    await mutate('removeFromCart', { productId: products[3]! }, ada.token);
  }, 60_000);

  it("sees nothing of someone else's order, and does nothing to it", async () => {
    await ada.addToCart(products[3]!, 1);
    const { id } = await ada.placeOrder({ x: 4, y: 4 });
    const { data } = await ask('query ($id: ID!) { order(id: $id) { id } }', { id }, eve.token);
    expect(data).toEqual({ order: null });
    const place = { destination: { x: 1, y: 1 } };
    for (const orderId of [id, unknown, 'nonsense'])
      for (const [name, more] of [
        ['cancelOrder', {}],
        ['confirmReceipt', {}],
        ['changeDestination', place],
        ['payOrder', { paymentMethod: 'test' }],
      ] as const)
        expect(await mutate(name, { orderId, ...more }, eve.token)).toEqual({
          __typename: 'OrderNotFoundError',
          code: 'ORDER_NOT_FOUND',
          message: 'There is no such order, or it belongs to another account. Use the ID of an order.',
        });
    await ada.waitFor(id, 'FULFILLED', 60_000);
    const actors = (await eventsOf(`order-${id}`)).map(({ actor }) => actor);
    expect(actors).not.toContain(`customer:${eve.id}`);
  }, 90_000);

  it('cannot pay twice', async () => {
    await ada.addToCart(products[3]!, 1);
    const { id } = await ada.placeOrder({ x: 4, y: 4 });
    expect(await mutate('payOrder', { orderId: id, paymentMethod: 'test' }, ada.token)).toEqual({
      __typename: 'OrderAlreadyPaidError',
      code: 'ORDER_ALREADY_PAID',
      message:
        'This order is paid already; no further payment was captured. Do not pay again; the order shows the progress.',
    });
    await ada.waitFor(id, 'FULFILLED', 60_000);
    const types = (await eventsOf(`order-${id}`)).map(({ type }) => type);
    expect(types.filter((type) => type === 'OrderPaid')).toHaveLength(1);
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

  it('about an unknown shipment is parked for an operator', async () => {
    expect(await tell('carrier.shipment.delivered', { shipmentId: 999_999 })).toEqual({
      status: 202,
      body: { status: 'parked', code: 'SHIPMENT_NOT_FOUND', reason: expect.any(String) as string },
    });
    await isShownAsParked('999999');
  }, 60_000);

  it('about a delivery before the loading, or a truck at another warehouse, is parked and has no effect', async () => {
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
    const recorded = await eventsOf(`shipment-${shipments[0]!.id}`);
    expect(JSON.stringify(recorded).match(/FIVE-TIMES/g)).toHaveLength(1);
  }, 120_000);

  it('that is forged or stale is refused', async () => {
    const said = { shipmentId: 1 };
    const secret = Buffer.alloc(32, 7).toString('base64url');
    const at = instantOf(Date.now() - 600_000);
    expect(await tell('carrier.shipment.delivered', said, { secret })).toMatchObject({ status: 401 });
    expect(await tell('carrier.shipment.delivered', said, { at })).toMatchObject({ status: 401 });
    const bare = async (type: string): Promise<number> => {
      const headers = { 'content-type': type };
      return (await fetch(`${waybill.url}/webhooks/ups`, { method: 'POST', body: '{}', headers })).status;
    };
    expect(await bare('application/json')).toBe(401);
    expect(await bare('text/plain')).toBe(415);
  }, 60_000);
});

it('a second process on the same data directory is refused, with the name of the first', async () => {
  await expect(home.start(unhurried)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringContaining(`pid ${process.pid}`) as string,
  });
}, 60_000);

it('after each of these, delivers the next ordinary order', async () => {
  expect(ordinary.length).toBeGreaterThan(20);
  const seen = await Promise.all(
    ordinary.map(async ({ after, orderId }) => {
      const { status } = await sue.waitFor(orderId, 'FULFILLED', 60_000);
      return { after, status };
    }),
  );
  expect(seen).toEqual(ordinary.map(({ after }) => ({ after, status: 'FULFILLED' })));
}, 90_000);
