import {
  ann,
  buy,
  createOrderBench,
  customer,
  furnish,
  idOf,
} from '../../tests/support/commands/order-fixture';
import type { AccountId } from '../../domain/kernel';
import type { Principal } from '../../platform/execution';

const sam = idOf('sam') as AccountId;
const asSam: { readonly as: Principal } = { as: { kind: 'staff', id: sam, roles: ['staff'] } };

const open = async () => {
  const bench = createOrderBench();
  const shop = await furnish(bench);
  const orderId = await buy(bench, [[shop.mug, 1]]);
  const typesOf = async () => (await bench.events()).map(({ type }) => type);
  return { bench, orderId, typesOf };
};

describe('the notes and tags of an order', () => {
  it('say who wrote them, and when', async () => {
    const { bench, orderId } = await open();
    await bench.demand('addOrderNote', { orderId, text: '  Calls back. ' }, asSam);
    await bench.demand('tagOrder', { orderId, tag: 'VIP' }, asSam);
    const [note, tag] = (await bench.events()).slice(-2);
    expect(note).toMatchObject({ type: 'OrderNoteAdded', data: { text: 'Calls back.', addedBy: sam } });
    expect(note?.data).toHaveProperty('addedAt');
    expect(tag).toMatchObject({ type: 'OrderTagged', data: { tag: 'vip', taggedBy: sam } });
  });

  it('are in one spelling, so that a tag is given and removed once', async () => {
    const { bench, orderId, typesOf } = await open();
    await bench.demand('tagOrder', { orderId, tag: 'Call first' }, asSam);
    await bench.demand('tagOrder', { orderId, tag: ' call FIRST' }, asSam);
    await bench.demand('untagOrder', { orderId, tag: 'CALL first' }, asSam);
    await bench.demand('untagOrder', { orderId, tag: 'call first' }, asSam);
    expect((await typesOf()).filter((type) => /agged$/.test(type))).toEqual(['OrderTagged', 'OrderUntagged']);
  });

  it('are written once for one command', async () => {
    const { bench, orderId, typesOf } = await open();
    const same = { ...asSam, id: 'one note' };
    await bench.demand('addOrderNote', { orderId, text: 'once' }, same);
    await bench.demand('addOrderNote', { orderId, text: 'once' }, same);
    expect((await typesOf()).filter((type) => type === 'OrderNoteAdded')).toHaveLength(1);
  });

  it.each(['addOrderNote', 'tagOrder', 'untagOrder'] as const)('%s is not for the customer', async (name) => {
    const { bench, orderId } = await open();
    const input = { orderId, text: 'mine', tag: 'mine' };
    await expect(bench.send(name, input, { as: customer(ann) })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it.each(['', ' ', '<b>', '-vip', 'x'.repeat(41), 'a\nb'])('no tag is %j', async (tag) => {
    const { bench, orderId } = await open();
    await expect(bench.send('tagOrder', { orderId, tag }, asSam)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('are bounded in length', async () => {
    const { bench, orderId } = await open();
    await expect(
      bench.send('addOrderNote', { orderId, text: 'x'.repeat(2_001) }, asSam),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await bench.demand('tagOrder', { orderId, tag: '贵宾' }, asSam);
  });
});
