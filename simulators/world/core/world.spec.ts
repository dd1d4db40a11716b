import fc from 'fast-check';
import { City, evenRandom } from '../../../tests/support/world/city';
import { aCommands } from '../../../proto/world';
import { Agenda } from './agenda';
import { distance, positionOn } from './grid';
import { SEEN_MAX, UNACKED_MAX } from './limits';
import type { RowChange } from './state';
import { WorldState } from './state';
import { advance, isBusy } from './world';

const buy = (seqnum: bigint, count = 1) => ({
  whnum: 1,
  things: [{ id: 5n, description: 'apple', count }],
  seqnum,
});

describe('a seqnum', () => {
  it('counts once within a connection, with any content', () => {
    const city = new City();
    const bytes = aCommands.encode({
      buy: [buy(1n), buy(1n), buy(1n, 2)],
      queries: [{ packageid: 3n, seqnum: 1n }],
    });
    expect(city.receptions('amazon', bytes)).toEqual(['acted', 'repeated', 'repeated', 'repeated']);
    expect(city.pass(1000).said('amazon')).toHaveLength(1);
  });

  it('that was refused is not tried again', () => {
    const city = new City();
    const bytes = aCommands.encode({ queries: [{ packageid: 3n, seqnum: 1n }] });
    expect(city.receptions('amazon', bytes)).toEqual(['refused']);
    expect(city.receptions('amazon', bytes)).toEqual(['repeated']);
    expect(city.said('amazon')).toHaveLength(1);
  });

  it('that is sent again over the next connection counts no second time', () => {
    const city = new City();
    const bytes = aCommands.encode({ buy: [buy(1n)] });
    city.receptions('amazon', bytes);
    city.connection = 2;
    expect(city.receptions('amazon', bytes)).toEqual(['repeated']);
  });

  it('is new from a program that was restarted and counts from the beginning', () => {
    const city = new City();
    city.shop({ buy: [buy(1n)] });
    city.connection = 2;
    expect(city.receptions('amazon', aCommands.encode({ buy: [buy(1n, 9)] }))).toEqual(['acted']);
    expect(city.receptions('amazon', aCommands.encode({ buy: [buy(1n, 8)] }))).toEqual(['repeated']);
  });

  it('of one side says nothing about the other side', () => {
    const city = new City().shop({ queries: [{ packageid: 3n, seqnum: 1n }] });
    expect(city.carrier({ queries: [{ truckid: 7, seqnum: 1n }] }).said('ups')).toHaveLength(1);
  });

  it('is remembered for a long time, not for ever', () => {
    const city = new City();
    for (let from = 1; from < SEEN_MAX; from += 4096) {
      const seqnums = Array.from({ length: 4096 }, (_, index) => BigInt(from + index));
      city.shop({ queries: seqnums.map((seqnum) => ({ packageid: 1n, seqnum })) }).shop({ acks: seqnums });
    }
    const last = BigInt(SEEN_MAX) + 1n;
    city.shop({ queries: [{ packageid: 1n, seqnum: last }] });
    expect(city.world.seen.amazon.size).toBe(SEEN_MAX);
    expect(city.world.seen.amazon.oldestKey()).toBe(2n);
  });

  it('of the World rises and is never used again', () => {
    const city = new City().shop({ buy: [buy(1n), buy(2n)] }).pass(1000);
    expect([...city.world.outbox.amazon.entries()].map(([seqnum]) => seqnum)).toEqual([1n, 2n]);
    city.shop({ acks: [1n, 2n, 77n] });
    expect(city.world.outbox.amazon.size).toBe(0);
    expect(
      city
        .shop({ buy: [buy(3n)] })
        .pass(1000)
        .world.outbox.amazon.oldestKey(),
    ).toBe(3n);
  });
});

describe('a side that acks nothing', () => {
  it('is put off, unacked, until it does; the other side is not', () => {
    const city = new City();
    const ask = (from: number, to: number) =>
      city.receptions(
        'amazon',
        aCommands.encode({
          queries: Array.from({ length: to - from }, (_, index) => ({
            packageid: 1n,
            seqnum: BigInt(from + index),
          })),
        }),
      );
    ask(0, UNACKED_MAX);
    expect(ask(UNACKED_MAX, UNACKED_MAX + 2)).toEqual(['put off', 'put off']);
    expect(city.carrier({ queries: [{ truckid: 7, seqnum: 1n }] }).said('ups')).toHaveLength(1);
    city.shop({ acks: [1n] });
    expect(ask(UNACKED_MAX, UNACKED_MAX + 2)).toEqual(['refused', 'put off']);
  });
});

describe('simspeed', () => {
  it('0 would stop the world for ever and is passed over', () => {
    const city = new City().shop({ simspeed: 0, buy: [buy(1n)] });
    expect(city.pass(1000).said('amazon')).toHaveLength(1);
  });
});

describe('a side', () => {
  it('is busy while one of its commands has no outcome', () => {
    const city = new City();
    const busy = () => [isBusy(city.world, 'amazon'), isBusy(city.world, 'ups')];
    expect(busy()).toEqual([false, false]);
    city.shop({ buy: [buy(1n)] }).carrier({ pickups: [{ truckid: 7, whid: 1, seqnum: 1n }] });
    expect(busy()).toEqual([true, true]);
    city.pass(800);
    expect(busy()).toEqual([true, false]);
    city.pass(200);
    expect(busy()).toEqual([false, false]);
  });
});

describe('a world that is stored', () => {
  it('goes on from its rows as if nothing had happened', () => {
    const rows = new Map<string, RowChange>();
    const city = new City().packed(102n).loaded(100n, 101n);
    const copy = () => {
      for (const change of city.world.drain()) rows.set(`${change[0]} ${String(change[1])}`, change);
      const world = new WorldState(1n);
      for (const [table, key, row] of rows.values()) world.restore(table, key, row);
      world.resume();
      return world;
    };
    copy();
    city.shop({ buy: [buy(1n)], load: [{ whnum: 1, truckid: 7, shipid: 102n, seqnum: 2n }] });
    city.carrier({ deliveries: [{ truckid: 7, packages: [{ packageid: 100n, x: 9, y: 9 }], seqnum: 1n }] });
    const twin = copy();
    expect([...twin.rows()]).toEqual([...city.world.rows()]);
    city.pass(60_000);
    advance(twin, city.now);
    const sorted = (world: WorldState) => Array.from(world.rows(), (row) => row.map(String).join()).sort();
    expect(sorted(twin)).toEqual(sorted(city.world));
    expect(twin.shipments.get(100n)?.status).toBe('delivered');
  });
});

describe('the agenda', () => {
  it('gives what was planned last for each key, earliest first', () => {
    const plans = fc.array(fc.record({ at: fc.nat(50), key: fc.constantFrom('a', 'b', 'c', 'd') }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(plans, fc.constantFrom('a', 'b', 'c', 'd'), (given, cancelled) => {
        const agenda = new Agenda();
        for (const entry of given) agenda.plan(entry);
        agenda.cancel(cancelled);
        const taken: number[] = [];
        for (let due = agenda.takeDue(40); due; due = agenda.takeDue(40)) taken.push(due.at);
        const last = new Map(given.map(({ key, at }) => [key, at]));
        last.delete(cancelled);
        expect(taken).toEqual([...last.values()].filter((at) => at <= 40).sort((one, other) => one - other));
      }),
    );
  });

  it('does not grow with plans that were changed', () => {
    const city = new City().loaded(100n);
    for (let turn = 0; turn < 3000; turn += 1) {
      const packages = [{ packageid: 100n, x: 1000, y: turn }];
      city.carrier({ deliveries: [{ truckid: 7, packages, seqnum: BigInt(turn) }] });
    }
    expect(city.world.agenda.size).toBeLessThanOrEqual(1024);
  });
});

describe('a trip', () => {
  it('passes crossings one step apart, from its start to its end', () => {
    const place = fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }) });
    fc.assert(
      fc.property(place, place, (from, to) => {
        const steps = distance(from, to);
        const trip = { from, to, departedAt: 100, arrivesAt: 100 + 10 * steps };
        const places = Array.from({ length: steps + 1 }, (_, step) => positionOn(trip, 105 + 10 * step));
        places.reduce((one, other) => {
          expect(distance(one, other)).toBe(1);
          return other;
        });
        expect([places[0], places.at(-1)]).toEqual([from, to]);
      }),
    );
  });
});

describe('chance', () => {
  it('makes work take half as long to half as long again', () => {
    for (const [next, ms] of [
      [0, 500],
      [0.999, 1499],
    ] as const) {
      const city = new City({ ...evenRandom, next: () => next }).shop({ buy: [buy(1n)] });
      expect(city.pass(ms - 1).said('amazon')).toEqual([]);
      expect(city.pass(1).said('amazon')).toHaveLength(1);
    }
  });
});
