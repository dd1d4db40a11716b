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

it('lists low stock, of all warehouses or of one', async () => {
  const [level] = edge.shop.stock;
  const at = (number: number, isLow: boolean) => ({
    ...level!,
    id: `${number}-${ids.mug}`,
    warehouseId: number as never,
    isLow,
  });
  edge.shop.stock = [at(1, true), at(2, false), at(3, true)];
  const low = async (args = '') => {
    const query = `{ lowStock${args} { totalCount edges { node { warehouse { id } product { name } } } } }`;
    const { data, errors } = await edge.ask(query, { as: staff });
    expect(errors).toBeUndefined();
    return data;
  };
  const node = (id: string) => ({ node: { warehouse: { id }, product: { name: 'Mug' } } });
  expect(await low()).toEqual({ lowStock: { totalCount: 2, edges: [node('1'), node('3')] } });
  expect(await low('(warehouseId: "3")')).toEqual({ lowStock: { totalCount: 1, edges: [node('3')] } });
  expect(await low('(warehouseId: null)')).toMatchObject({ lowStock: { totalCount: 2 } });
  for (const none of ['2', '', 'x'])
    expect(await low(`(warehouseId: "${none}")`)).toEqual({ lowStock: { totalCount: 0, edges: [] } });
});
