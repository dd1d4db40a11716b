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
  const requests = new PendingRequests({ clock, random: seededRandom(1), limits, wake: () => (wakes += 1) });
  const follow = (event: WorldCommandEvent): void => requests.apply(recorded(event));
  return {
    clock,
    requests,
    wakes: () => wakes,
    connect: (worldId = '7', warehouses = [1]) => requests.connect(worldId, new Set(warehouses) as never),
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
    due: () => requests.takeDue().map(({ seqnum }) => seqnum),
  };
};

describe('pending requests of the World', () => {
  it('count the commands that the World keeps refusing, until they are answered', () => {
    const { requests, queue, answer } = open();
    queue(1, { ...buy(), attempt: 5 } as WorldRequest);
    expect(requests.refusedCount).toBe(0);
    queue(2, { ...buy(), attempt: 6 } as WorldRequest);
    expect(requests.refusedCount).toBe(1);
    answer(2, '9');
    expect(requests.refusedCount).toBe(0);
  });

  it('are sent again, with growing delays and no last attempt, until they are acknowledged', async () => {
    const { requests, clock, queue, connect, ack, due } = open();
    connect();
    queue(1, buy());
    expect(due()).toEqual([1]);
    expect(due()).toEqual([]);
    for (let tries = 0; tries < 100; tries += 1) {
      await clock.advance(Math.ceil(requests.dueInMs()!));
      expect(due()).toEqual([1]);
    }
    expect(requests.dueInMs()).toBeLessThanOrEqual(400);
    ack(1);
    expect(requests.dueInMs()).toBeUndefined();
    expect([requests.openCount, requests.unackedCount]).toEqual([1, 0]);
  });

  it('need no acknowledgement after the answer', () => {
    const { requests, queue, connect, answer, due } = open();
    connect();
    queue(1, buy());
    answer(1, '99');
    expect(due()).toEqual([]);
    expect(requests.openCount).toBe(0);
    expect(requests.settledBy('7', '99')).toBe('c1');
  });

  it('are not sent while their warehouse is not announced to the world', () => {
    const { queue, connect, due } = open();
    queue(1, buy(3, 2));
    queue(2, buy());
    connect();
    expect(due()).toEqual([2]);
    connect('7', [1, 2]);
    expect(due().sort()).toEqual([1, 2]);
  });

  it('are not sent before their earliest time', async () => {
    const { clock, queue, connect, due, wakes } = open();
    connect();
    queue(1, buy(), '2026-01-31T08:00:05.000Z');
    const before = wakes();
    expect(due()).toEqual([]);
    await clock.advance(5_001);
    expect(wakes()).toBeGreaterThan(before);
    expect(due()).toEqual([1]);
  });

  it('are sent again to a new world, which has acknowledged none of them', () => {
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

  it('are in flight at most up to the limit', () => {
    const { queue, connect, ack, due } = open({ inFlightMax: 2 });
    connect();
    for (const seqnum of [1, 2, 3]) queue(seqnum, buy(seqnum));
    expect(due()).toEqual([1, 2]);
    ack(1);
    expect(due()).toEqual([3]);
  });

  it('match an arrival to the oldest purchase of exactly these goods, once', () => {
    const { requests, queue, connect } = open();
    connect();
    queue(1, buy(3));
    queue(2, buy(3));
    queue(3, buy(4));
    const claim = (quantity: number) =>
      requests.claimBuy(1 as never, [{ productNumber: 5 as never, name: '', quantity }])?.seqnum;
    expect([claim(3), claim(3), claim(3), claim(4)]).toEqual([1, 2, undefined, 3]);
    requests.unclaim('c1' as never);
    expect(claim(3)).toBe(1);
  });

  it('are found by the number in the answer', () => {
    const { requests, queue, answer } = open();
    queue(1, pack(9));
    expect(requests.find('pack', 9 as never)?.id).toBe('c1');
    expect(requests.findBySeqnum(1 as never)?.id).toBe('c1');
    expect(requests.find('load', 9 as never)).toBeUndefined();
    answer(1, '99');
    expect(requests.find('pack', 9 as never)).toBeUndefined();
  });

  it('report an overdue answer once in each period', async () => {
    const { requests, clock, queue, connect, ack } = open({ overdueMs: 1_000 });
    connect();
    queue(1, pack(9));
    queue(2, buy());
    ack(1);
    ack(2);
    expect(requests.takeOverdue()).toEqual([]);
    await clock.advance(1_000);
    expect(requests.takeOverdue().map(({ seqnum }) => seqnum)).toEqual([1]);
    expect(requests.takeOverdue()).toEqual([]);
  });
});
