import type { AccountId, Instant, NotificationId, OrderId, SerialNumber } from '../../../domain/kernel';
import type { NotificationDocument } from '../../../projections/notifications';
import type { OrderDetails } from '../../../projections/order-details';
import { personalCategories } from '../../../projections/personal-streams';
import { partOfCategory } from './own-data';
import { ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';

let edge: ReturnType<typeof startEdge>;
let ada: string, eve: string, staff: string;

beforeEach(async () => {
  edge = startEdge();
  ada = await edge.tokenOf(ids.ada, 'customer');
  eve = await edge.tokenOf(ids.eve, 'customer');
  staff = await edge.tokenOf(ids.sam, 'staff');
});
afterEach(() => edge.app.close());

const ask = (query: string, as?: string) => edge.ask(query, as === undefined ? {} : { as });
const data = async (query: string, as?: string): Promise<Shown> => {
  const answer = await ask(query, as);
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};
const codeOf = async (query: string) => (await ask(query)).errors?.[0]?.extensions.code;

describe('what only the account itself may see', () => {
  it('sessions are those of the account itself that have not expired, also for staff', async () => {
    const session = (id: string, accountId: AccountId, expiresAt: string) => ({
      ...{ id, accountId, device: 'Firefox', realm: null, openedAt: now, lastUsedAt: now },
      expiresAt: expiresAt as Instant,
    });
    const now = '2026-01-02T00:00:00.000Z' as Instant;
    edge.shop.sessions = [
      session('hers', ids.ada, '2999-01-01T00:00:00.000Z'),
      session('expired', ids.ada, '2000-01-01T00:00:00.000Z'),
      session('theirs', ids.eve, '2999-01-01T00:00:00.000Z'),
    ];
    const query = '{ sessions { id device realm } }';
    expect(await data(query, ada)).toEqual({ sessions: [{ id: 'hers', device: 'Firefox', realm: null }] });
    expect(await data(query, staff)).toEqual({ sessions: [] });
    expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');
  });

  it('notifications are those of the account itself, in its words; all of them for staff', async () => {
    const of = (accountId: AccountId, orderNumber: number): NotificationDocument => ({
      ...{ id: `n-${orderNumber}` as NotificationId, accountId, status: 'sent', attempts: [] },
      notice: { template: 'order-shipped', orderId: ids.order, orderNumber: orderNumber as SerialNumber },
      ...{ retryAt: null, messageId: '<n@shop>', queuedAt: now, settledAt: now },
    });
    const now = '2026-01-02T00:00:00.000Z' as Instant;
    edge.shop.accounts = edge.shop.accounts.map((one) => ({ ...one, language: 'zh' as const }));
    edge.shop.notifications = [of(ids.ada, 7), of(ids.sam, 8)];
    const query = '{ notifications(status: sent) { edges { node { subject } } } }';
    const [hers, his] = [{ node: { subject: '订单 7：运送中' } }, { node: { subject: '订单 8：运送中' } }];
    expect(await data(query, ada)).toEqual({ notifications: { edges: [hers] } });
    expect(await data(query, staff)).toEqual({ notifications: { edges: [hers, his] } });
    expect(await data(query, eve)).toEqual({ notifications: { edges: [] } });
    expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');
  });

  it('addresses are those of the account itself, also for staff', async () => {
    const query = '{ addresses { recipient isDefault } }';
    expect(await data(query, ada)).toEqual({ addresses: [{ recipient: 'Ada', isDefault: true }] });
    expect(await data(query, staff)).toEqual({ addresses: [] });
    expect(await data(query, eve)).toEqual({ addresses: [] });
    expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');
    expect((await data('{ countries }'))['countries']).toContain('GB');
  });

  it('the copy of all data is of the account itself, also for staff, and says where it is not complete', async () => {
    type Copy = { content: Record<string, { isComplete: boolean; items: readonly { id: string }[] }> };
    const query = '{ downloadMyData { at content } }';
    const copyFor = async (token: string) => (await data(query, token))['downloadMyData'] as unknown as Copy;
    const [first] = edge.shop.orders;
    const ordered = (change: Partial<OrderDetails>) => ({
      ...first!,
      document: { ...first!.document, ...change },
    });
    const orders = (count: number) =>
      Array.from({ length: count }, (_, index) => ordered({ id: `order-${index}` as OrderId }));
    const said = { noteToSeller: 'Pack it well.', gift: { message: 'For you', withoutPrices: true } };
    edge.shop.orders = [
      ...orders(2),
      ordered({ id: 'order-2' as OrderId, ...said }),
      ordered({ customerId: ids.eve }),
    ];
    const { content } = await copyFor(ada);
    expect(content).toMatchObject({
      account: { id: ids.ada, email: 'ada@example.com' },
      addresses: [{ recipient: 'Ada' }],
      orders: { isComplete: true },
    });
    expect(content['orders']!.items.map(({ id }) => id)).toEqual(['order-0', 'order-1', 'order-2']);
    expect(content['orders']!.items[2]).toMatchObject(said);
    expect(JSON.stringify(content)).not.toContain(ids.eve);
    expect((await copyFor(staff)).content['orders']!.items).toEqual([]);
    expect(await codeOf(query)).toBe('NOT_AUTHENTICATED');

    edge.shop.orders = orders(1_001);
    const many = (await copyFor(ada)).content['orders']!;
    expect([many.isComplete, many.items.length]).toEqual([false, 1_000]);

    edge.shop.orders = Array.from({ length: 5 }, () => ordered({ reference: 'x'.repeat(1024 * 1024) }));
    const large = (await copyFor(ada)).content['orders']!;
    expect([large.isComplete, large.items.length]).toEqual([false, 3]);
  });

  it('the copy has a part for each kind of streams with personal data', async () => {
    expect(Object.keys(partOfCategory).sort()).toEqual([...personalCategories].sort());
    const copy = await data('{ downloadMyData { content } }', ada);
    const { content } = copy['downloadMyData'] as unknown as { content: object };
    for (const part of Object.values(partOfCategory)) expect(content).toHaveProperty(part);
  });

  it('the copy of all data costs a fifth of what a request may', async () => {
    const copies = Array.from({ length: 5 }, (_, index) => `c${index}: downloadMyData { at }`).join(' ');
    expect(await codeOf(`{ ${copies} }`)).toBe('OPERATION_TOO_COSTLY');
  });
});
