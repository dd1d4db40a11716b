import { accept, reject, type Decider, type Fact } from '../../domain/kernel';
import { Fault } from '../faults';
import { decisionId, eventId } from '../ids';
import {
  bus,
  contextOf,
  eventsOf,
  idOf,
  open,
  take,
  watched,
  type Bench,
  type Taken,
  memoryStore,
} from '../../tests/support/commands/box-aggregate';
import { overridingStore } from '../../tests/support/commands/overriding-store';

describe('execute', () => {
  it("records the decider's events, with their metadata", async () => {
    const bench = open();
    const answer = await bench.clock.drive(take(bench, 'one'));
    expect(answer).toMatchObject({ kind: 'accepted', events: [{ type: 'SeatTaken', data: { seat: 1 } }] });
    const [event] = await eventsOf(bench.store, 'a');
    expect(event).toMatchObject({
      id: eventId(
        decisionId(idOf('one'), JSON.stringify([{ type: 'SeatTaken', data: { seat: 1, by: 'one' } }])),
        0,
      ),
      metadata: {
        $correlationId: 'request-1',
        $causationId: idOf('one'),
        actor: 'customer:ann',
        schema: 1,
      },
    });
  });

  it('records well-formed text for any input of an outside system', async () => {
    const bench = open();
    const answer = await bench.clock.drive(take(bench, 'half\uD83D'));
    expect(answer).toMatchObject({ events: [{ data: { by: 'half\uFFFD' } }] });
    const [event] = await eventsOf(bench.store, 'a');
    expect(event?.data).toEqual({ seat: 1, by: 'half\uFFFD' });
  });

  it('decides commands that come together on one another and appends them once', async () => {
    const { store, appends } = watched(memoryStore());
    const bench = open(store);
    const names = Array.from({ length: 50 }, (_, index) => `c${index}`);
    const answers = await bench.clock.drive(Promise.all(names.map((name) => take(bench, name))));
    expect(appends()).toBe(1);
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(40);
    expect(answers.filter(({ kind }) => kind === 'rejected')).toHaveLength(10);
    const seats = (await eventsOf(store, 'a')).map(({ data }) => (data as Taken['data']).seat);
    expect(seats).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('answers a repeat with what the command led to, also in the same batch and after a restart', async () => {
    const bench = open();
    const twins = await bench.clock.drive(Promise.all([take(bench, 'one'), take(bench, 'one')]));
    await bench.clock.drive(take(bench, 'two', {}, 3));
    const again = await bench.clock.drive(take(bench, 'one'));
    const restarted = await bench.clock.drive(take(open(bench.store, {}, bench.clock), 'two', {}, 3));
    expect([...twins, again].map((answer) => answer.kind === 'accepted' && answer.events)).toEqual(
      Array.from({ length: 3 }, () => [{ type: 'SeatTaken', data: { seat: 1, by: 'one' } }]),
    );
    expect(restarted.kind === 'accepted' && restarted.events.map(({ data }) => data.seat)).toEqual([2, 3, 4]);
    expect(await eventsOf(bench.store, 'a')).toHaveLength(4);
  });

  it('fails only the command whose decider throws, and refuses only the one that is refused', async () => {
    const bench = open();
    const settled = await bench.clock.drive(
      Promise.allSettled([
        take(bench, 'one'),
        take(bench, 'bug'),
        take(bench, 'two', {}, 40),
        take(bench, 'three'),
      ]),
    );
    expect(settled.map((result) => (result.status === 'fulfilled' ? result.value.kind : 'threw'))).toEqual([
      'accepted',
      'threw',
      'rejected',
      'accepted',
    ]);
    expect(await eventsOf(bench.store, 'a')).toHaveLength(2);
  });

  it('decides again if another writer was first', async () => {
    const bench = open();
    const other = open(bench.store, {}, bench.clock);
    await bench.clock.drive(take(bench, 'one'));
    await bench.clock.drive(take(other, 'two'));
    const answer = await bench.clock.drive(take(bench, 'three'));
    expect(answer).toMatchObject({ kind: 'accepted', events: [{ data: { seat: 3 } }] });
  });

  it('does not refuse on a stale state', async () => {
    const empty: Decider<number, { type: 'Leave' }, Fact<'Left', object> | Taken, { code: 'EMPTY' }> = {
      category: 'bus',
      initial: 0,
      decide: (_, taken) => (taken === 0 ? reject({ code: 'EMPTY' }) : accept({ type: 'Left', data: {} })),
      evolve: (taken, { type }) => (type === 'Left' ? taken - 1 : taken + 1),
    };
    const bench = open();
    const leave = (name: string) =>
      bench.aggregates.of(empty).execute('a', { type: 'Leave' }, contextOf(name));
    expect(await bench.clock.drive(leave('too early'))).toMatchObject({ kind: 'rejected' });
    await bench.clock.drive(take(open(bench.store, {}, bench.clock), 'one'));
    expect(await bench.clock.drive(leave('in time'))).toMatchObject({ kind: 'accepted' });
  });

  it('gives up after three conflicts', async () => {
    const conflict = async () => ({ kind: 'conflict', actual: 7n }) as const;
    const { store, appends } = watched(memoryStore(), conflict);
    const bench = open(store);
    await expect(bench.clock.drive(take(bench, 'one'))).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect(appends()).toBe(3);
  });

  it('sends the very same append again while its outcome is unknown', async () => {
    const { store, appends } = watched(memoryStore(), async (append, index) =>
      index < 2 ? { kind: 'unknown', reason: 'lost' } : append(),
    );
    const bench = open(store);
    expect(await bench.clock.drive(take(bench, 'one'))).toMatchObject({ kind: 'accepted' });
    expect(appends()).toBe(3);
  });

  it('knows its own events when a lost answer turns into a conflict', async () => {
    // A store without the promise of idempotent appends: the second try meets the first one's events.
    const { store } = watched(memoryStore(), async (append, index) => {
      if (index > 0) return { kind: 'conflict', actual: 0n };
      await append();
      return { kind: 'unknown', reason: 'ack lost' };
    });
    const bench = open(store);
    const answer = await bench.clock.drive(take(bench, 'one'));
    const [event] = await eventsOf(store, 'a');
    expect(answer).toMatchObject({ kind: 'accepted', position: event?.position });
  });

  it('says that it does not know when the tries are used up, and finds out when asked again', async () => {
    const inner = memoryStore();
    const { store } = watched(inner, async (append, index) => {
      if (index === 5) await append();
      return index > 5 ? append() : { kind: 'unknown', reason: 'silence' };
    });
    const bench = open(store);
    const outcome = await bench.clock.drive(take(bench, 'one'));
    expect(outcome).toEqual({ kind: 'unknown', commandId: idOf('one') });
    expect(await bench.clock.drive(take(bench, 'one'))).toMatchObject({ kind: 'accepted' });
    expect(await eventsOf(inner, 'a')).toHaveLength(1);
  });

  it('answers with what is stored when an append of unknown outcome lands after all', async () => {
    const inner = memoryStore();
    let land: () => unknown = () => undefined;
    const { store } = watched(inner, async (append, index) => {
      if (index === 0) land = append;
      if (index < 6) return { kind: 'unknown', reason: 'silence' };
      await land();
      return append();
    });
    const bench = open(store);
    await bench.clock.drive(take(bench, 'one'));
    const again = bench.aggregates.of(bus).execute('a', { type: 'TakeSeat', by: 'other' }, contextOf('one'));
    expect(await bench.clock.drive(again)).toMatchObject({
      kind: 'accepted',
      events: [{ data: { by: 'one' } }],
    });
    expect(await bench.clock.drive(take(bench, 'two'))).toMatchObject({ events: [{ data: { seat: 2 } }] });
  });

  it('distinguishes a command that was never executed from one whose outcome is unknown', async () => {
    const never = new Promise<never>(() => undefined);
    const { store } = watched(memoryStore(), () => never);
    const bench = open(store);
    const first = take(bench, 'one', { timeoutMs: 500 });
    await bench.clock.advance(1);
    const second = take(bench, 'two', { timeoutMs: 100 });
    await expect(bench.clock.drive(second)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await bench.clock.drive(first)).toEqual({ kind: 'unknown', commandId: idOf('one') });
  });

  it('refuses more than may wait', async () => {
    const bench = open(undefined, { limits: { queuedPerStreamMax: 2 } });
    const settled = await bench.clock.drive(
      Promise.allSettled(['one', 'two', 'three'].map((name) => take(bench, name))),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(settled[2]).toMatchObject({ reason: { code: 'OVERLOADED' } });
  });

  it('works on no more streams at once than it may', async () => {
    let running = 0;
    let most = 0;
    const { store } = watched(memoryStore(), async (append) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return append();
    });
    const bench = open(store, { limits: { streamsInFlightMax: 4 } });
    const streams = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await bench.clock.drive(
      Promise.all(
        streams.map((id) =>
          bench.aggregates.of(bus).execute(id, { type: 'TakeSeat', by: id }, contextOf(id)),
        ),
      ),
    );
    expect(most).toBe(4);
  });

  it('lets only the event suffer that is too large', async () => {
    const inner = memoryStore();
    const store = overridingStore(inner, {
      append: async (stream, expected, events) => {
        if (events.some(({ data }) => (data as Taken['data']).by === 'giant'))
          throw new Fault('EVENT_TOO_LARGE', 'too large');
        return inner.append(stream, expected, events);
      },
    });
    const bench = open(store);
    const settled = await bench.clock.drive(
      Promise.allSettled(['one', 'giant', 'two'].map((name) => take(bench, name))),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('forgets what was not used for longest and reads it again', async () => {
    const bench = open(undefined, { limits: { cacheBytesMax: 1_200 }, soleWriter: true });
    for (const id of ['a', 'b', 'c'])
      await bench.clock.drive(
        bench.aggregates.of(bus).execute(id, { type: 'TakeSeat', by: id }, contextOf(id)),
      );
    expect(await bench.clock.drive(bench.aggregates.of(bus).load('a'))).toBe(1);
  });
});

describe('a command whose stream is assumed to be new', () => {
  const reads = (inner = memoryStore()) => {
    let count = 0;
    const store = overridingStore(inner, {
      read: (...of) => {
        count += 1;
        return inner.read(...of);
      },
    });
    return { store, reads: () => count };
  };
  const begin = ({ aggregates }: Bench, name: string, count = 1) =>
    aggregates
      .of(bus)
      .execute('a', { type: 'TakeSeat', by: name, count }, contextOf(name), { assumeNew: count !== 2 });

  it('is recorded without a look at the store', async () => {
    const { store, reads: readsOf } = reads();
    const bench = open(store);
    expect(await bench.clock.drive(begin(bench, 'one'))).toMatchObject({ kind: 'accepted' });
    expect(readsOf()).toBe(0);
    expect(await eventsOf(store, 'a')).toHaveLength(1);
  });

  it('is decided again on the present state, at once and without using an attempt', async () => {
    const store = memoryStore();
    const before = open(store);
    await before.clock.drive(begin(before, 'one', 3));
    const after = open(store, { soleWriter: true, limits: { conflictAttemptsMax: 1 } }, before.clock);
    const answer = await after.clock.drive(begin(after, 'two'));
    expect(answer.kind === 'accepted' && answer.events.map(({ data }) => data.seat)).toEqual([4]);
    expect(await after.clock.drive(after.aggregates.of(bus).load('a'))).toBe(4);
  });

  it('is refused only after a look', async () => {
    const bench = open();
    expect(await bench.clock.drive(begin(bench, 'crowd', 41))).toMatchObject({ kind: 'rejected' });
    await bench.clock.drive(begin(bench, 'one', 39));
    const after = open(bench.store, {}, bench.clock);
    expect(await after.clock.drive(begin(after, 'three', 3))).toMatchObject({ kind: 'rejected' });
  });

  it('is correct for a repeat with later events, even as the only writer', async () => {
    const before = open();
    await before.clock.drive(begin(before, 'one'));
    await before.clock.drive(begin(before, 'two', 2));
    const after = open(before.store, { soleWriter: true }, before.clock);
    expect(await after.clock.drive(begin(after, 'one'))).toMatchObject({
      kind: 'accepted',
      events: [{ data: { seat: 1 } }],
    });
    expect(await after.clock.drive(after.aggregates.of(bus).load('a'))).toBe(3);
    const again = open(before.store, { soleWriter: true }, before.clock);
    await again.clock.drive(begin(again, 'one'));
    expect(await again.clock.drive(begin(again, 'crowd', 38))).toMatchObject({ kind: 'rejected' });
  });
});

describe('load and effectOf', () => {
  it('are not misled by an append that landed unseen, even as the sole writer', async () => {
    const { store } = watched(memoryStore(), async (append, index) => {
      if (index === 6) await append();
      return index > 0 && index < 7 ? { kind: 'unknown', reason: 'ack lost' } : append();
    });
    const bench = open(store, { soleWriter: true });
    await bench.clock.drive(take(bench, 'one'));
    expect(await bench.clock.drive(take(bench, 'two'))).toMatchObject({ kind: 'unknown' });
    expect(await bench.clock.drive(bench.aggregates.of(bus).load('a'))).toBe(2);
  });

  it('are not misled by a read that broke off half-way', async () => {
    const inner = memoryStore();
    let broken = false;
    const store = overridingStore(inner, {
      read: async function* (...of) {
        for await (const event of inner.read(...of)) {
          yield event;
          if (broken) throw new Fault('STORE_UNAVAILABLE', 'The line broke');
        }
      },
    });
    const bench = open(store);
    const other = open(inner, {}, bench.clock);
    await bench.clock.drive(take(bench, 'one'));
    await bench.clock.drive(take(other, 'two', {}, 2));
    broken = true;
    await expect(bench.clock.drive(bench.aggregates.of(bus).load('a'))).rejects.toThrow('The line broke');
    broken = false;
    const effect = await bench.clock.drive(bench.aggregates.of(bus).effectOf('a', idOf('two')));
    expect(effect?.events.map(({ data }) => data.seat)).toEqual([2, 3]);
    expect(await bench.clock.drive(bench.aggregates.of(bus).load('a'))).toBe(3);
  });

  it('see what other writers wrote', async () => {
    const bench = open();
    expect(await bench.clock.drive(bench.aggregates.of(bus).load('a'))).toBe(0);
    await bench.clock.drive(take(open(bench.store, {}, bench.clock), 'one', {}, 2));
    expect(await bench.clock.drive(bench.aggregates.of(bus).load('a'))).toBe(2);
    const effect = await bench.clock.drive(bench.aggregates.of(bus).effectOf('a', idOf('one')));
    expect(effect?.events.map(({ data }) => data.seat)).toEqual([1, 2]);
    expect(await bench.clock.drive(bench.aggregates.of(bus).effectOf('a', idOf('two')))).toBeUndefined();
  });
});
