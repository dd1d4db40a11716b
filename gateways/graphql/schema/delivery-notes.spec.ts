import type { AccountId } from '../../../domain/kernel';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { textOfPdf } from '../../../tests/support/pdf/text-of-pdf';

const outsider = '000000aa-0000-4000-8000-000000000000' as AccountId;
const gift = { message: 'For you', withoutPrices: true };
const shipTo = {
  ...{ recipient: 'Grace', line1: '1 Quay', line2: null, city: 'Hull', region: null, postalCode: null },
  ...{ country: 'GB', telephone: null },
};

type Edge = ReturnType<typeof startEdge>;

let edge: Edge;
let ada: string;
let sam: string;
let staff: string;

beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
  sam = await edge.tokenOf(ids.sam, 'customer', 'seller');
  staff = await edge.tokenOf(outsider, 'staff');
});
afterEach(() => edge.app.close());

/** Changes the order, and the part of it that Sam sold. */
const order = (change: object): void => {
  const [first] = edge.shop.orders;
  edge.shop.orders = [{ ...first!, document: { ...first!.document, ...change } }];
  const [sold] = edge.shop.sellerOrders;
  edge.shop.sellerOrders = [{ ...sold!, lines: edge.shop.orders[0]!.document.lines }];
};

const wanted = (shipmentId?: string): string =>
  `{ deliveryNote(orderId: "${ids.order}"${shipmentId === undefined ? '' : `, shipmentId: "${shipmentId}"`}) {
    orderNumber shipmentNumber shipTo { recipient } noteToSeller giftMessage lines { sku quantity unitPrice { formatted } }
  } }`;
const noteFor = async (as: string, shipmentId?: string): Promise<unknown> =>
  (await edge.ask(wanted(shipmentId), { as })).data?.['deliveryNote'];
const get = (path: string, authorization: string) =>
  edge.app.inject({ method: 'GET', url: path, headers: { authorization } });

const lines = [{ sku: 'SKU-1', quantity: 2, unitPrice: { formatted: '£13.00' } }];

it('is of the whole order or a parcel for staff, of the own goods without the address for a seller', async () => {
  order({ shipTo, noteToSeller: 'Pack it well.' });
  const shown = { orderNumber: '1001', noteToSeller: 'Pack it well.', giftMessage: null, lines };
  expect(await noteFor(staff)).toEqual({ ...shown, shipmentNumber: null, shipTo: { recipient: 'Grace' } });
  expect(await noteFor(staff, ids.shipment)).toMatchObject({ ...shown, shipmentNumber: '9007' });
  expect(await noteFor(sam)).toEqual({ ...shown, shipmentNumber: null, shipTo: null });
});

it('is none for customers, other sellers, and a seller who names a parcel', async () => {
  for (const one of [ada, await edge.tokenOf(ids.eve, 'customer', 'seller')])
    expect(await noteFor(one)).toBeNull();
  expect(await noteFor(sam, ids.shipment)).toBeNull();
  expect((await edge.ask(wanted())).errors?.[0]?.extensions.code).toBe('NOT_AUTHENTICATED');
});

it('has neither the prices nor the note where the order is a gift without prices', async () => {
  order({ noteToSeller: 'Pack it well.', gift });
  for (const reader of [staff, sam])
    expect(await noteFor(reader)).toMatchObject({
      ...{ noteToSeller: null, giftMessage: 'For you' },
      lines: [{ sku: 'SKU-1', quantity: 2, unitPrice: null }],
    });
  order({ gift: { ...gift, withoutPrices: false } });
  expect(await noteFor(staff)).toMatchObject({ lines });
});

it('has no pieces that were cancelled', async () => {
  const [line] = edge.shop.orders[0]!.document.lines;
  order({
    lines: [
      { ...line!, cancelled: 1 },
      { ...line!, sku: 'SKU-9', cancelled: 2 },
    ],
  });
  for (const reader of [staff, sam])
    expect(await noteFor(reader)).toMatchObject({ lines: [{ sku: 'SKU-1', quantity: 1 }] });
});

it('names no address for a parcel that goes elsewhere', async () => {
  order({ shipTo, destination: { x: -1, y: -1 } });
  expect(await noteFor(staff, ids.shipment)).toMatchObject({ shipTo: null });
});

it('is none for a parcel of another order', async () => {
  const [first] = edge.shop.shipments;
  edge.shop.shipments = [{ ...first!, document: { ...first!.document, orderId: ids.mug } }] as never;
  expect(await noteFor(staff, ids.shipment)).toBeNull();
});

it('is a PDF at its route, for the same accounts', async () => {
  order({ gift });
  const path = `/api/v1/orders/${ids.order}/delivery-note.pdf`;
  const { statusCode, headers, rawPayload } = await get(`${path}?shipmentId=${ids.shipment}`, staff);
  expect([statusCode, headers['content-disposition']]).toEqual([
    200,
    'attachment; filename="delivery-note-1001-9007.pdf"',
  ]);
  expect(textOfPdf(rawPayload)).toContain('For you');
  expect(textOfPdf(rawPayload)).not.toContain('£');
  expect((await get(path, sam)).headers['content-disposition']).toContain('delivery-note-1001.pdf');
  expect((await get(path, ada)).statusCode).toBe(404);
});

it('the words are with the order, for its customer, staff and each seller', async () => {
  const said = 'noteToSeller gift { message withoutPrices }';
  const own = `{ order(id: "${ids.order}") { ${said} } }`;
  const sold = `{ sellerOrders { edges { node { ${said} } } } }`;
  const words = { noteToSeller: 'Pack it well.', gift };
  order(words);
  for (const reader of [ada, staff])
    expect((await edge.ask(own, { as: reader })).data).toEqual({ order: words });
  expect((await edge.ask(sold, { as: sam })).data).toEqual({ sellerOrders: { edges: [{ node: words }] } });
  // Documents of version 9 have no such fields.
  order({ noteToSeller: undefined, gift: undefined });
  const none = { noteToSeller: null, gift: null };
  expect((await edge.ask(own, { as: ada })).data).toEqual({ order: none });
  expect((await edge.ask(sold, { as: sam })).data).toEqual({ sellerOrders: { edges: [{ node: none }] } });
});
