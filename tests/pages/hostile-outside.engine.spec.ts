import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Visitor } from '../support/browser/browser';
import { Pages } from '../support/browser/describe-pages';
import { trespassesOn, textOn, watchForScripts } from '../support/browser/hostile-texts';
import { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { eventually } from '../support/time/eventually';
import { ScriptedWorld } from '../support/world/scripted-world';

/** The longest name of a carrier, without a place to break it. */
const CARRIER = 'w'.repeat(40);
/** The longest tracking number of all that a carrier may assign. */
const TRACKING = `1Z_${'W'.repeat(61)}`;

/** Returns 500 characters with markup, of two directions of writing, with emoji, ending in a long word. Its number is in the markup. */
const hostile = (number: number): string =>
  `${number}"><img src=x onerror=ran(${number})><script>ran(${number})</script> مرحبا \u202e 😀👩‍👧 `.padEnd(
    500,
    'w',
  );

/** The part of a text that is shown wherever it is, also when it is cut. */
const markup = (number: number): string => `<img src=x onerror=ran(${number})>`;

/** A server of an outside system that refuses all that it gets, in its own words. */
const refusing = async (status: number, text: string): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(text));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

type Parked = { readonly content: string; readonly note: string | null };
type Parcel = { readonly id: string; readonly number: string };

describeOn('WAYBILL_TEST_CHROMIUM', 'HTML in what outside systems send', (chromium) => {
  const servers: Server[] = [];
  let world: ScriptedWorld;
  let pages: Pages;
  let staff: Shopper;
  let seller: Shopper;
  let customer: Shopper;
  let order: string;
  let parcel: Parcel;
  let endpoint: string;
  let seqnum = 1_000n;

  /** Each command to pack once, even if it was sent several times. */
  const packs = () => [...new Map(world.all('topack').map((each) => [each.seqnum, each])).values()];

  const refuse = (originseqnum: bigint, err: string): void => {
    seqnum += 1n;
    world.say({ acks: [originseqnum], error: [{ err, originseqnum, seqnum }] });
  };

  const orderOne = async (productId: string, more: object = {}): Promise<string> => {
    await customer.addToCart(productId, 1);
    const input = { destination: { x: 3, y: -2 }, paymentMethod: 'test', ...more };
    const placed = await customer.send<{ order: { id: string } }>('placeOrder', input, 'order { id }');
    return placed.order.id;
  };

  const parcelOf = async (orderId: string): Promise<Parcel> => {
    let found: Parcel | undefined;
    await eventually(async () => {
      const query = 'query ($id: ID!) { order(id: $id) { shipments { id number } } }';
      const { shipments } = await customer.ask<{ shipments: Parcel[] }>(query, { id: orderId });
      [found] = shipments;
      return found !== undefined;
    });
    return found!;
  };

  /** Speaks as the carrier of the plain dialect. */
  const report = async (path: string, body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${pages.waybill.url}${path}`, request)).status;
  };

  const parkedTexts = async (): Promise<string> => {
    const query = '{ parkedCarrierMessages(first: 20) { edges { node { content note } } } }';
    const { edges } = await staff.ask<{ edges: { node: Parked }[] }>(query);
    return edges.map(({ node: { content, note } }) => `${content} ${note ?? ''}`).join();
  };

  const openWorld = async (): Promise<void> => {
    world = await ScriptedWorld.open();
    world.welcome = (_, connection) => (connection === 1 ? hostile(1) : 'connected!');
    const [first, second] = [await refusing(422, hostile(2)), await refusing(422, hostile(3))];
    servers.push(first.server, second.server);
    const further = { name: CARRIER, url: second.url, dialect: 'enveloped', acceptUnsigned: true };
    pages = await Pages.open(chromium, {
      WAYBILL_WORLD: `tcp://127.0.0.1:${world.port}?worldid=1`,
      WAYBILL_CARRIER: first.url,
      WAYBILL_CARRIER_DIALECT: 'plain',
      WAYBILL_CARRIER_UNSIGNED: 'on',
      WAYBILL_CARRIERS: JSON.stringify([{ ...further, secret: 'a secret of sixteen or more' }]),
      WAYBILL_WEBHOOKS_LOOPBACK: 'true',
    });
  };

  const openShop = async (): Promise<string> => {
    const { url } = pages.waybill;
    staff = await pages.staff();
    seller = await Shopper.signUp(url, 'sam@example.com');
    customer = await Shopper.signUp(url, 'ada@example.com');
    await staff.send('grantRole', { email: 'sam@example.com', role: 'seller' });
    const receiver = await refusing(500, hostile(4));
    servers.push(receiver.server);
    const hook = { ownerId: seller.id, url: receiver.url, types: ['product.registered'] };
    const added = await seller.send<{ endpoint: { id: string } }>(
      'addWebhookEndpoint',
      hook,
      'endpoint { id }',
    );
    endpoint = added.endpoint.id;
    const price = { amountMinor: 500, currency: 'GBP' };
    const product = { sku: 'HOSTILE-01', name: 'Mug', description: '', category: 'desk', price };
    const made = await staff.send<{ product: { id: string } }>(
      'registerProduct',
      { ...product, sellerId: seller.id },
      'product { id }',
    );
    const goods = { productId: made.product.id, quantity: 20 };
    await staff.send('receiveStock', { warehouseId: '1', ...goods });
    return made.product.id;
  };

  beforeAll(async () => {
    await openWorld();
    const product = await openShop();
    order = await orderOne(product);
    await orderOne(product, { carrierAccount: `${CARRIER}/12-345` });
    await eventually(() => packs().length >= 2, 20_000);
    parcel = await parcelOf(order);
    for (const { seqnum: originseqnum, shipid } of packs())
      // The World claims that it has the other one, so it is sent a query about it.
      refuse(originseqnum, String(shipid) === parcel.number ? hostile(5) : `already there ${hostile(6)}`);
    await eventually(() => world.all('queries').length > 0);
    const [asked] = world.all('queries');
    world.say({
      acks: [asked!.seqnum],
      packagestatus: [{ packageid: asked!.packageid, status: hostile(7), seqnum: 2_000n }],
    });
    const about = { shipment_id: Number(parcel.number) };
    const tracking = { ...about, tracking_id: TRACKING, note: hostile(8), seqnum: 1 };
    expect(await report('/api/ups/tracking', tracking)).toBe(200);
    const unknown = { shipment_id: 999_999, note: hostile(9), seqnum: 2 };
    expect(await report('/api/ups/package-delivered', unknown)).toBe(404);
    // The carriers refuse the notices, each several times.
    await eventually(async () => {
      const texts = await parkedTexts();
      return [2, 3, 9].every((number) => texts.includes(`ran(${number})`));
    }, 40_000);
  }, 120_000);
  afterAll(async () => {
    await pages.close();
    await world.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterEach(() => {
    expect(pages.trouble()).toEqual([]);
  });

  /** Opens pages, on which nothing may run or be wider than a phone, and expects the texts of these numbers on them. */
  const expectAsText = async (
    visitor: Visitor,
    addresses: Readonly<Record<string, readonly number[]>>,
  ): Promise<void> => {
    await watchForScripts(visitor);
    for (const [address, numbers] of Object.entries(addresses)) {
      await visitor.open(address);
      const texts = await textOn(visitor);
      const shown = (number: number): boolean =>
        [markup(number), JSON.stringify(markup(number)).slice(1, -1)].some((text) => texts.includes(text));
      expect([address, numbers.filter((number) => !shown(number))]).toEqual([address, []]);
      expect([address, await trespassesOn(visitor)]).toEqual([address, []]);
      expect([address, await visitor.violations()]).toEqual([address, []]);
      expect([address, await visitor.overflowOnPhone()]).toEqual([address, 0]);
    }
  };

  it('is text for the customer, with the longest tracking number', async () => {
    const visitor = await pages.enter();
    await visitor.logIn('ada@example.com', 'correct horse battery');
    await expectAsText(visitor, { [`/orders/${order}`]: [5] });
    await visitor.page.getByText(TRACKING).first().waitFor();
  });

  it('is text for the seller, in the log of the deliveries of a webhook', async () => {
    const visitor = await pages.enter();
    await visitor.logIn('sam@example.com', 'correct horse battery', '/seller');
    await expectAsText(visitor, { [`/seller/webhooks/${endpoint}`]: [4] });
  });

  it('is text for staff, in the exchange log, in what is parked, and at the shipment', async () => {
    const visitor = await pages.enterAsAdministrator();
    await expectAsText(visitor, {
      '/admin/world': [5, 6, 7],
      '/admin/world?link=carrier:ups': [2, 8, 9],
      [`/admin/world?link=carrier:${CARRIER}`]: [3],
      [`/admin/world?shipment=${parcel.number}`]: [5, 8],
      '/admin/world?words=onerror': [2, 3, 5, 6, 7, 8, 9],
      '/admin/parked': [2, 3, 9],
      [`/admin/orders/${order}`]: [5],
      [`/admin/shipments/${parcel.id}`]: [5],
      [`/admin/shipments?tracking=${TRACKING}`]: [],
      [`/admin/engine/streams?stream=shipment-${parcel.id}`]: [5],
      [`/admin/engine/orders/${order}`]: [5],
      [`/admin/webhooks/${endpoint}`]: [4],
    });
  });
});
