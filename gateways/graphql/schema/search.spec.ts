import { ids, startEdge } from '../../../tests/support/graphql/edge';

const edge = startEdge();
afterAll(() => edge.app.close());

const askAs = async (query: string, ...roles: ('customer' | 'staff')[]) => {
  const as = roles.length === 0 ? undefined : await edge.tokenOf(ids.ada, ...roles);
  const { data, errors } = await edge.ask(query, { as });
  return errors?.[0]?.extensions.code ?? data;
};

const orders = (more = '') => `{ orders(search: "1001"${more}) { edges { node { id } } } }`;

it('finds orders for staff only', async () => {
  expect(await askAs(orders(), 'staff')).toEqual({ orders: { edges: [{ node: { id: ids.order } }] } });
  expect(await askAs(orders(), 'customer')).toBe('NOT_PERMITTED');
  expect(await askAs(orders())).toBe('NOT_AUTHENTICATED');
});

it.each(['status: PAID', 'own: true', 'reference: "1"', 'soldFrom: "2026-01-31T08:00:00Z"'])(
  'finds orders without another filter: %s',
  async (filter) => {
    expect(await askAs(orders(`, ${filter}`), 'staff')).toBe('INPUT_INVALID');
  },
);

it('finds exchanged messages for staff only', async () => {
  const query = '{ searchExchanges(text: "x") { totalCount } }';
  expect(await askAs(query, 'staff')).toEqual({ searchExchanges: { totalCount: 0 } });
  expect(await askAs(query, 'customer')).toBe('NOT_PERMITTED');
});
