import type { Instant } from '../../domain/kernel';
import type { WorldCommandEvent, WorldRequest } from '../../domain/world-command';
import { recorded } from '../../tests/support/projections/it-projects';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { PendingRequests } from './pending-requests';
import { worldGatewayLimits } from './settings';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const goods = (productNumber: number, quantity: number) => [
  { productId: 'p' as never, productNumber: productNumber as never, name: 'mug', quantity },
];
const buy = (quantity = 3, warehouseId = 1): WorldRequest => ({
  ...{ kind: 'buy', warehouseId: warehouseId as never, goods: goods(5, quantity), attempt: 1 },
});
const pack = (shipmentNumber: number): WorldRequest => ({
  ...{ kind: 'pack', warehouseId: 1 as never, shipmentId: 's' as never, attempt: 1 },
  ...{ shipmentNumber: shipmentNumber as never, goods: goods(5, 1) },
});

const open = (more: Partial<typeof worldGatewayLimits> = {}) => {
  const clock = createVirtualClock(at);
  let wakes = 0;
  const limits = { ...worldGatewayLimits, ...more, resend: { baseMs: 100, factor: 2, maxMs: 400 } };
  const outbox = new PendingRequests({ clock, random: seededRandom(1), limits, wake: () => (wakes += 1) });
  const follow = (event: WorldCommandEvent): void => outbox.apply(recorded(event));
  return {
    clock,
    outbox,
    wakes: () => wakes,
    connect: (worldId = '7', warehouses = [1]) => outbox.connect(worldId, new Set(warehouses) as never),
    queue: (seqnum: number, request: WorldRequest, notBefore?: string) =>
      follow({
        type: 'WorldCommandQueued',
        data: {
          ...{
            worldCommandId: `c${seqnum}` as never,
            link: 'main',
            seqnum: seqnum as never,
            request,
            queuedAt: at,
          },
          ...(notBefore === undefined ? {} : { notBefore: notBefore as Instant }),
        },
      }),
    ack: (seqnum: number, worldId = '7') =>
      follow({
        type: 'WorldCommandAcked',
        data: { worldCommandId: `c${seqnum}` as never, worldId: worldId as never, ackedAt: at },
      }),
    answer: (seqnum: number, answerSeqnum: string) =>
      follow({
        type: 'WorldCommandAnswered',
        data: {
          ...{ worldCommandId: `c${seqnum}` as never, worldId: '7' as never },
          ...{ answerSeqnum, answeredAt: at },
        },
      }),
    due: () => outbox.takeDue().map(({ seqnum }) => seqnum),
  };
};

describe("the World's outbox", () => {
  it('counts what the World goes on refusing, until it is answered', () => {
    const { outbox, queue, answer } = open();
    queue(1, { ...buy(), attempt: 5 } as WorldRequest);
    expect(outbox.refusedCount).toBe(0);
    queue(2, { ...buy(), attempt: 6 } as WorldRequest);
    expect(outbox.refusedCount).toBe(1);
    answer(2, '9');
    expect(outbox.refusedCount).toBe(0);
  });

  it('sends until it is acknowledged, for ever, later each time', async () => {
    const { outbox, clock, queue, connect, ack, due } = open();
    connect();
    queue(1, buy());
    expect(due()).toEqual([1]);
    expect(due()).toEqual([]);
    for (let tries = 0; tries < 100; tries += 1) {
      await clock.advance(Math.ceil(outbox.dueInMs()!));
      expect(due()).toEqual([1]);
    }
    expect(outbox.dueInMs()).toBeLessThanOrEqual(400);
    ack(1);
    expect(outbox.dueInMs()).toBeUndefined();
    expect([outbox.openCount, outbox.unackedCount]).toEqual([1, 0]);
  });

  it('needs no ack where the answer came first', () => {
    const { outbox, queue, connect, answer, due } = open();
    connect();
    queue(1, buy());
    answer(1, '99');
    expect(due()).toEqual([]);
    expect(outbox.openCount).toBe(0);
    expect(outbox.settledBy('7', '99')).toBe('c1');
  });

  it('holds back what is about a warehouse that the world does not know', () => {
    const { queue, connect, due } = open();
    queue(1, buy(3, 2));
    queue(2, buy());
    connect();
    expect(due()).toEqual([2]);
    connect('7', [1, 2]);
    expect(due().sort()).toEqual([1, 2]);
  });

  it('waits for the moment that a command names', async () => {
    const { clock, queue, connect, due, wakes } = open();
    connect();
    queue(1, buy(), '2026-01-31T08:00:05.000Z');
    const before = wakes();
    expect(due()).toEqual([]);
    await clock.advance(5_001);
    expect(wakes()).toBeGreaterThan(before);
    expect(due()).toEqual([1]);
  });

  it('sends everything that is open to a world that has not acknowledged it', () => {
    const { queue, connect, ack, due } = open();
    connect('7');
    queue(1, buy());
    queue(2, pack(9));
    ack(1, '7');
    expect(due()).toEqual([2]);
    connect('7');
    expect(due()).toEqual([2]);
    connect('8');
    expect(due()).toEqual([1, 2]);
    // What the other world acknowledged says nothing about this one.
    ack(1, '7');
    expect(due()).toEqual([]);
    ack(1, '8');
    connect('8');
    expect(due()).toEqual([2]);
  });

  it('keeps to its window', () => {
    const { queue, connect, ack, due } = open({ inFlightMax: 2 });
    connect();
    for (const seqnum of [1, 2, 3]) queue(seqnum, buy(seqnum));
    expect(due()).toEqual([1, 2]);
    ack(1);
    expect(due()).toEqual([3]);
  });

  it('gives an arrival to the oldest purchase of exactly these goods, once', () => {
    const { outbox, queue, connect } = open();
    connect();
    queue(1, buy(3));
    queue(2, buy(3));
    queue(3, buy(4));
    const claim = (quantity: number) =>
      outbox.claimBuy(1 as never, [{ productNumber: 5 as never, name: '', quantity }])?.seqnum;
    expect([claim(3), claim(3), claim(3), claim(4)]).toEqual([1, 2, undefined, 3]);
    outbox.unclaim('c1' as never);
    expect(claim(3)).toBe(1);
  });

  it('finds what a message answers by the number in it', () => {
    const { outbox, queue, answer } = open();
    queue(1, pack(9));
    expect(outbox.find('pack', 9 as never)?.id).toBe('c1');
    expect(outbox.bySeq(1 as never)?.id).toBe('c1');
    expect(outbox.find('load', 9 as never)).toBeUndefined();
    answer(1, '99');
    expect(outbox.find('pack', 9 as never)).toBeUndefined();
  });

  it('names what is overdue, once in that time', async () => {
    const { outbox, clock, queue, connect, ack } = open({ overdueMs: 1_000 });
    connect();
    queue(1, pack(9));
    queue(2, buy());
    ack(1);
    ack(2);
    expect(outbox.takeOverdue()).toEqual([]);
    await clock.advance(1_000);
    expect(outbox.takeOverdue().map(({ seqnum }) => seqnum)).toEqual([1]);
    expect(outbox.takeOverdue()).toEqual([]);
  });
});
