import { ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
let ada: string, eve: string, sam: string, staff: string;

beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
  eve = await edge.tokenOf(ids.eve, 'seller');
  sam = await edge.tokenOf(ids.sam, 'seller');
  staff = await edge.tokenOf(ids.eve, 'staff');
});
afterEach(() => edge.app.close());

const data = async (query: string, as: string): Promise<Shown> => {
  const answer = await edge.ask(query, { as });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};

const one = `{ afterSalesRequest(id: "${ids.afterSales}") { number orderNumber status serviceOrderNumber seller { name } customer { name } lines { name quantity reason } } }`;
const shown = {
  ...{ number: 1, orderNumber: '1001', status: 'REQUESTED', serviceOrderNumber: 0, seller: { name: 'Sam' } },
  lines: [{ name: 'Mug', quantity: 2, reason: 'DAMAGED' }],
};

it('a request is shown to its customer, its seller and staff', async () => {
  expect(await data(one, ada)).toEqual({ afterSalesRequest: { ...shown, customer: { name: 'Ada' } } });
  expect(await data(one, staff)).toEqual({ afterSalesRequest: { ...shown, customer: { name: 'Ada' } } });
  expect(await data(one, sam)).toEqual({ afterSalesRequest: { ...shown, customer: null } });
  expect(await data(one, eve)).toEqual({ afterSalesRequest: null });
});

it('a request about goods of the shop itself is shown to no seller', async () => {
  edge.shop.afterSales = edge.shop.afterSales.map((each) => ({ ...each, sellerId: null }));
  expect(await data(one, sam)).toEqual({ afterSalesRequest: null });
  expect(await data(one, ada)).toMatchObject({ afterSalesRequest: { seller: null } });
});

const count = (field: string) => `{ ${field} { totalCount } }`;

it('lists have the own requests, those of the own goods, and all of them for staff, by their status', async () => {
  const numberOf = async (field: string, as: string) =>
    (Object.values(await data(count(field), as))[0] as { readonly totalCount: number }).totalCount;
  expect(await numberOf('afterSalesRequests', ada)).toBe(1);
  expect(await numberOf('afterSalesRequests(status: CLOSED)', ada)).toBe(0);
  expect(await numberOf('afterSalesRequests', sam)).toBe(0);
  expect(await numberOf('afterSalesRequests', staff)).toBe(1);
  expect(await numberOf('afterSalesRequests(own: true)', staff)).toBe(0);
  expect(await numberOf('sellerAfterSalesRequests', sam)).toBe(1);
  expect(await numberOf('sellerAfterSalesRequests(status: CLOSED)', sam)).toBe(0);
  expect(await numberOf('sellerAfterSalesRequests', eve)).toBe(0);
  const { errors } = await edge.ask(count('sellerAfterSalesRequests'), { as: ada });
  expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
});

const ofOrder = `{ order(id: "${ids.order}") { afterSalesNumber afterSalesRequests { number status } } }`;

it.each([
  ['REQUESTED', 'COMPLETED', 'COMPLETED', -1],
  ['REFUSED', 'COMPLETED', 'COMPLETED', 4],
  ['REFUNDED', 'COMPLETED', 'REFUNDED', 3],
  ['REFUNDED', 'COMPLETED', 'COMPLETED', 2],
  ['WITHDRAWN', 'SHIPPED', 'SHIPPED', 1],
  ['WITHDRAWN', 'PAID', 'PAID', 0],
] as const)(
  'an order with a request that is %s and goods that are %s has its number',
  async (status, progress, ofAll, number) => {
    edge.shop.afterSales = edge.shop.afterSales.map((each) => ({ ...each, status }));
    edge.shop.orders = edge.shop.orders.map((each) => ({
      ...each,
      document: { ...each.document, progress, status: ofAll },
    }));
    expect(await data(ofOrder, ada)).toEqual({
      order: { afterSalesNumber: number, afterSalesRequests: [{ number: 1, status }] },
    });
  },
);
