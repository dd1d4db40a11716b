import type { CatalogueProduct } from '../../../projections/catalogue';
import { ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
let ada: string;

beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
});
afterEach(() => edge.app.close());

const data = async (query: string, as?: string): Promise<Shown> => {
  const answer = await edge.ask(query, as === undefined ? {} : { as });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};
const codeOf = async (query: string, as?: string) =>
  (await edge.ask(query, as === undefined ? {} : { as })).errors?.[0]?.extensions.code;

describe('a seller', () => {
  const own = '{ ownProducts { totalCount edges { node { name active stock { onHand } } } } }';
  const sold =
    '{ sellerOrders { edges { node { id number status total { formatted } lines { name quantity } } } } }';

  it('sees its own products and their stock, also those that are no longer sold', async () => {
    const [mug, pot] = edge.shop.products;
    edge.shop.products[0] = { ...mug!, active: false };
    edge.shop.products[1] = { ...pot!, sellerId: ids.eve };
    const sam = await edge.tokenOf(ids.sam, 'seller');
    const node = { name: 'Mug', active: false, stock: [{ onHand: 7 }] };
    expect(await data(own, sam)).toEqual({ ownProducts: { totalCount: 1, edges: [{ node }] } });
    const stockOf = (id: string): string => `{ product(id: "${id}") { stock { onHand } } }`;
    expect(await codeOf(stockOf(ids.pot), sam)).toBe('NOT_PERMITTED');
    const names = '{ ownProducts(query: "po") { edges { node { name } } } }';
    expect(await data(names, sam)).toEqual({ ownProducts: { edges: [] } });
  });

  it.each<[Partial<CatalogueProduct>, string | null]>([
    [{}, null],
    [{ active: false, isDiscontinued: true, isWithdrawn: true }, 'DISCONTINUED'],
    [{ active: false, isWithdrawn: true }, 'SELLER_DISABLED'],
    // A document of version 6.
    [{ active: false, isDiscontinued: undefined, isWithdrawn: undefined } as never, 'DISCONTINUED'],
  ])('has a product off sale for the reason that everyone sees (%j)', async (change, reason) => {
    edge.shop.products[0] = { ...edge.shop.products[0]!, ...change };
    const query = `{ product(id: "${ids.mug}") { offSaleBecause } }`;
    expect(await data(query)).toEqual({ product: { offSaleBecause: reason } });
  });

  it('sees its part of an order, but not the order', async () => {
    const sam = await edge.tokenOf(ids.sam, 'seller');
    const node = {
      id: `${ids.sam}:${ids.order}`,
      ...{ number: '1001', status: 'PAID', total: { formatted: '£26.00' } },
      lines: [{ name: 'Mug', quantity: 2 }],
    };
    expect(await data(sold, sam)).toEqual({ sellerOrders: { edges: [{ node }] } });
    expect(await data(`{ order(id: "${ids.order}") { id } }`, sam)).toEqual({ order: null });
    expect(await data(sold, await edge.tokenOf(ids.eve, 'seller'))).toEqual({
      sellerOrders: { edges: [] },
    });
  });

  it('is an account with that role', async () => {
    for (const query of [own, sold]) {
      expect(await codeOf(query, ada)).toBe('NOT_PERMITTED');
      expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');
    }
  });

  it('has its products listed for everyone', async () => {
    edge.shop.products[1] = { ...edge.shop.products[1]!, sellerId: null };
    const of = (more: string): string =>
      `{ products(seller: "${ids.sam}"${more}) { edges { node { name } } } }`;
    expect(await data(of(''))).toEqual({ products: { edges: [{ node: { name: 'Mug' } }] } });
    expect(await codeOf(of(', category: "kitchen"'))).toBe('INPUT_INVALID');
  });
});
