import { ids, startEdge } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
let staff: string;

beforeEach(async () => {
  edge = startEdge();
  staff = await edge.tokenOf(ids.sam, 'staff');
});
afterEach(() => edge.app.close());

it('shows the low-stock threshold, and whether fewer pieces are left', async () => {
  const query = `{ product(id: "${ids.mug}") { stock { onHand lowStockThreshold isLow } } }`;
  expect(await edge.ask(query, { as: staff })).toMatchObject({
    data: { product: { stock: [{ onHand: 7, lowStockThreshold: 8, isLow: true }] } },
  });
});

it('shows a stock level of version 1, which has no threshold', async () => {
  const absent = undefined as never;
  edge.shop.stock = [{ ...edge.shop.stock[0]!, lowStockThreshold: absent, isLow: absent }];
  const query = `{ product(id: "${ids.mug}") { stock { lowStockThreshold isLow } } }`;
  expect(await edge.ask(query, { as: staff })).toMatchObject({
    data: { product: { stock: [{ lowStockThreshold: null, isLow: false }] } },
  });
});
