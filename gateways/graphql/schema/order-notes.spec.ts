import type { Role } from '../../../domain/kernel';
import { ids, startEdge } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
beforeEach(() => {
  edge = startEdge();
  const addedAt = '2026-01-31T08:00:00.000Z' as never;
  const note = { id: ids.review as never, text: 'Calls back.', addedBy: ids.sam, addedAt, customerId: null };
  edge.shop.orderNotes.push({ id: ids.order, notes: [note], tags: ['vip'] });
});
afterEach(() => edge.app.close());

const askAs = async (query: string, ...roles: Role[]) =>
  edge.ask(query, { as: await edge.tokenOf(roles.includes('staff') ? ids.sam : ids.ada, ...roles) });

const internal = `{ order(id: "${ids.order}") { internal { tags notes { text addedAt author { name } } } } }`;

describe('the notes and tags of an order', () => {
  it('are for staff', async () => {
    const { data } = await askAs(internal, 'staff');
    expect(data).toEqual({
      order: {
        internal: {
          tags: ['vip'],
          notes: [{ text: 'Calls back.', addedAt: '2026-01-31T08:00:00.000Z', author: { name: 'Sam' } }],
        },
      },
    });
  });

  it.each(['customer', 'seller'] as const)('are not for the %s, even of their own order', async (role) => {
    const { data, errors } = await askAs(internal, role);
    expect(data).toEqual({ order: { internal: null } });
    expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
  });

  it('are none of an order without any', async () => {
    edge.shop.orderNotes.length = 0;
    const { data } = await askAs(internal, 'staff');
    expect(data).toEqual({ order: { internal: { tags: [], notes: [] } } });
  });
});

describe('the holds of an order', () => {
  const holds = `{ order(id: "${ids.order}") { holds { reason comment tooLateFor heldAt holder { name } } } }`;
  const heldAt = '2026-01-31T08:00:00.000Z' as never;
  beforeEach(() => {
    const hold = {
      reason: 'FRAUD',
      comment: 'Asks a lot.',
      tooLateFor: [],
      heldBy: ids.sam,
      heldAt,
    } as const;
    edge.shop.orderHolds.push({ id: ids.order, heldSince: heldAt, holds: [{ ...hold, tooLateFor: [] }] });
  });

  it('are for staff', async () => {
    const { data } = await askAs(holds, 'staff');
    const hold = { reason: 'FRAUD', comment: 'Asks a lot.', tooLateFor: [], heldAt, holder: { name: 'Sam' } };
    expect(data).toEqual({ order: { holds: [hold] } });
    const { errors } = await askAs(holds, 'customer');
    expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
  });

  it('are listed', async () => {
    const list = '{ orders(held: true) { edges { node { id } } } }';
    expect((await askAs(list, 'staff')).data).toEqual({ orders: { edges: [{ node: { id: ids.order } }] } });
    expect((await askAs(list, 'customer')).errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
    const both = '{ orders(held: true, tag: "vip") { totalCount } }';
    expect((await askAs(both, 'staff')).errors?.[0]?.extensions.code).toBe('INPUT_INVALID');
  });

  it('decide which of the actions is possible', async () => {
    const query = `{ order(id: "${ids.order}") { nextActions { action isPossible } } }`;
    const possible = async () => {
      const { data } = await askAs(query, 'staff');
      const { order } = data as { order: { nextActions: { action: string; isPossible: boolean }[] } };
      return order.nextActions.filter(({ isPossible }) => isPossible).map(({ action }) => action);
    };
    expect(await possible()).toEqual(expect.arrayContaining(['holdOrder', 'releaseOrder']));
    edge.shop.orderHolds.length = 0;
    expect(await possible()).toContain('holdOrder');
    expect(await possible()).not.toContain('releaseOrder');
  });
});

describe('the orders with a tag', () => {
  const tagged = (tag: string, more = '') =>
    `{ orders(tag: "${tag}"${more}) { totalCount edges { node { id } } } }`;

  it('are found by it, in any spelling', async () => {
    const { data } = await askAs(tagged('VIP'), 'staff');
    expect(data).toEqual({ orders: { totalCount: 1, edges: [{ node: { id: ids.order } }] } });
    expect((await askAs(tagged('other'), 'staff')).data).toEqual({ orders: { totalCount: 0, edges: [] } });
  });

  it('are for staff', async () =>
    expect((await askAs(tagged('vip'), 'customer')).errors?.[0]?.extensions.code).toBe('NOT_PERMITTED'));

  it.each(['status: PAID', 'search: "1001"', 'own: true', 'soldFrom: "2026-01-31T08:00:00Z"'])(
    'are found without another filter: %s',
    async (filter) => {
      const { errors } = await askAs(tagged('vip', `, ${filter}`), 'staff');
      expect(errors?.[0]?.extensions.code).toBe('INPUT_INVALID');
    },
  );
});
