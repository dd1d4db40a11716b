import type { Millis } from '../../domain/kernel';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { settings } from '../config';
import { Fault } from '../faults';
import type { Logger } from '../telemetry';
import { silentLogger } from '../telemetry';
import {
  createLeases,
  keepLease,
  LONGEST_TTL,
  MemoryLeaseRecords,
  type Keeper,
  type LeaseRecords,
  Term,
} from './index';

const TTL_MS = 5_000;
/** A look, and a tenth of the ttl for its jitter. */
const LOOK_MS = TTL_MS / 10;

const unavailable = (): Promise<never> =>
  Promise.reject(new Fault('READ_MODELS_UNAVAILABLE', 'The engine is away'));

/** Records that can be taken away from one process. */
const cuttable = (records: LeaseRecords) => {
  let answer: (() => Promise<never>) | undefined;
  const through: LeaseRecords = {
    latest: (lease) => answer?.() ?? records.latest(lease),
    begin: (term) => answer?.() ?? records.begin(term),
    update: (term) => answer?.() ?? records.update(term),
  };
  return { records: through, cut: (how?: () => Promise<never>) => (answer = how) };
};

/** One process of those that would do the work: what it does is in `terms`. */
class Candidate {
  readonly terms: Term[] = [];
  readonly said: string[] = [];
  stopped = 0;
  readonly keeper: Keeper;

  constructor(
    name: string,
    records: LeaseRecords,
    clock: VirtualClock,
    begin: () => Promise<void> = () => Promise.resolve(),
  ) {
    const say = (_: object, message: string): void => void this.said.push(message);
    this.keeper = keepLease({
      leases: createLeases(records, clock),
      ...{ lease: 'work', holder: name, ttlMs: TTL_MS, clock, random: seededRandom(3) },
      logger: { ...silentLogger, info: say, warn: say } as Logger,
      begin: async (term) => {
        await begin();
        this.terms.push(term);
        return { stop: async () => void (this.stopped += 1) };
      },
    });
  }

  get isAtWork(): boolean {
    return this.terms.length > this.stopped;
  }
}

describe('the keeper of a lease', () => {
  let clock: VirtualClock;
  let records: MemoryLeaseRecords;
  beforeEach(() => {
    clock = createVirtualClock();
    records = new MemoryLeaseRecords();
  });
  const start = async (candidate: Candidate): Promise<Candidate> => {
    await clock.drive(candidate.keeper.start());
    return candidate;
  };
  const stop = (...candidates: readonly Candidate[]): Promise<unknown> =>
    clock.drive(Promise.all(candidates.map(({ keeper }) => keeper.stop())));

  it('runs the work in one process, while the others are standbys and know the holder', async () => {
    const ann = await start(new Candidate('ann', records, clock));
    const bob = await start(new Candidate('bob', records, clock));
    await clock.advance(10 * TTL_MS);
    expect([ann.isAtWork, bob.isAtWork]).toEqual([true, false]);
    expect(ann.keeper.status()).toEqual({ lease: 'work', state: 'holding', holder: 'ann', terms: 1 });
    expect(bob.keeper.status()).toEqual({ lease: 'work', state: 'standby', holder: 'ann', terms: 0 });
    expect(ann.terms[0]?.holds()).toBe(true);
    expect(bob.said).toEqual(['Stands by: another process does the work']);
    await stop(ann, bob);
  });

  it('hands over at the next look when it is stopped, after its work has ended', async () => {
    const ann = await start(new Candidate('ann', records, clock));
    const bob = await start(new Candidate('bob', records, clock));
    await stop(ann);
    expect(ann.isAtWork).toBe(false);
    await clock.advance(LOOK_MS);
    expect(bob.isAtWork).toBe(true);
    expect(bob.terms[0]?.fence).toEqual({ lease: 'work', token: 2 });
    expect(bob.said).toContain('Takes over');
    await stop(bob);
  });

  it('takes over from a process that is gone, within the ttl and two looks', async () => {
    const { records: annsRecords, cut } = cuttable(records);
    const ann = await start(new Candidate('ann', annsRecords, clock));
    const bob = await start(new Candidate('bob', records, clock));
    await clock.advance(20_000);
    // From one moment on, nothing of it arrives.
    cut(() => new Promise(() => undefined));
    await clock.advance(TTL_MS - 1_250 - 1);
    expect(bob.isAtWork).toBe(false);
    await clock.advance(1_250 + 2 * LOOK_MS + 1);
    expect([ann.isAtWork, bob.isAtWork]).toEqual([false, true]);
    await stop(bob);
  });

  it.each([
    ['says so', unavailable],
    ['is silent', () => new Promise<never>(() => undefined)],
  ])('stops its work before its lease can run out when the engine is away and %s', async (_, answer) => {
    const { records: cuttableRecords, cut } = cuttable(records);
    const ann = await start(new Candidate('ann', cuttableRecords, clock));
    const bob = await start(new Candidate('bob', records, clock));
    await clock.advance(20_000);
    cut(answer);
    const cutAtMs = clock.monotonicMs();
    let endedAtMs = Number.POSITIVE_INFINITY;
    ann.terms[0]?.signal.addEventListener('abort', () => (endedAtMs = clock.monotonicMs()));
    while (!bob.isAtWork) {
      // There is never a moment when both are at work.
      expect(ann.isAtWork && bob.isAtWork).toBe(false);
      await clock.advance(50);
    }
    expect(endedAtMs - cutAtMs).toBeLessThanOrEqual(0.75 * TTL_MS);
    expect(ann.said).toContain('Steps down');
    expect(ann.isAtWork).toBe(false);
    expect(ann.terms[0]?.holds()).toBe(false);
    cut();
    await stop(bob);
  });

  it('keeps its lease on an engine that takes nearly the whole of it to answer', async () => {
    const slowly = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      await clock.sleep((0.7 * TTL_MS) as Millis);
      return ask();
    };
    const slow: LeaseRecords = {
      latest: (lease) => slowly(() => records.latest(lease)),
      begin: (term) => slowly(() => records.begin(term)),
      update: (term) => slowly(() => records.update(term)),
    };
    const ann = await start(new Candidate('ann', slow, clock));
    // Some terms are lost before it is known how slow the engine is, and none after that.
    await clock.advance(60_000);
    const { length } = ann.terms;
    await clock.advance(600_000);
    expect(ann.terms).toHaveLength(length);
    expect(ann.isAtWork).toBe(true);
    const bob = await start(new Candidate('bob', records, clock));
    await clock.advance(600_000);
    expect([ann.isAtWork, bob.isAtWork]).toEqual([true, false]);
    await stop(ann, bob);
  });

  it('lasts as much longer on a slow engine as the settings say', () =>
    expect(settings.leaseSeconds.help).toContain(`up to ${LONGEST_TTL} times`));

  it('outlives an engine that is away for a moment', async () => {
    const { records: cuttableRecords, cut } = cuttable(records);
    const ann = await start(new Candidate('ann', cuttableRecords, clock));
    await clock.advance(20_000);
    cut(unavailable);
    await clock.advance(TTL_MS / 2);
    cut();
    await clock.advance(10 * TTL_MS);
    expect(ann.terms).toHaveLength(1);
    expect(ann.isAtWork).toBe(true);
    await stop(ann);
  });

  it('steps down when a write is refused, and stands by from then on', async () => {
    const ann = await start(new Candidate('ann', records, clock));
    const bob = createLeases(records, clock);
    await bob.acquire('work', 'bob', TTL_MS);
    // Bob's clock: he has waited long enough, though ann's has not moved.
    await records.begin({
      lease: 'work',
      token: 2,
      holder: 'bob',
      ttlMs: TTL_MS,
      renewals: 0,
      released: false,
    });
    ann.terms[0]?.end('A write was refused');
    await clock.advance(LOOK_MS);
    expect(ann.isAtWork).toBe(false);
    expect(ann.keeper.status()).toMatchObject({ state: 'standby', holder: 'bob' });
    await clock.advance(TTL_MS + LOOK_MS);
    expect(ann.terms[1]?.fence.token).toBe(3);
    await stop(ann);
  });

  it('detects the end of a term without a timer, and does not renew it', () => {
    let pausedMs = 0;
    const later = { ...clock, monotonicMs: () => clock.monotonicMs() + pausedMs };
    const paused = new Term({ lease: 'work', token: 9 }, clock.monotonicMs() + 10, later);
    expect(paused.holds()).toBe(true);
    pausedMs = 10;
    expect(paused.signal.aborted).toBe(false);
    expect(paused.holds()).toBe(false);
    paused.extend(1_000);
    expect(paused.holds()).toBe(false);
  });

  it('fails to start when the work does, and gives the lease back', async () => {
    const broken = new Candidate('ann', records, clock, () => Promise.reject(new Error('No room')));
    await expect(start(broken)).rejects.toThrow('No room');
    await stop(broken);
    const bob = await start(new Candidate('bob', records, clock));
    expect(bob.isAtWork).toBe(true);
    await stop(bob);
  });

  it('starts all the same when an engine goes away before the work has begun, and begins it later', async () => {
    let isAway = true;
    const ann = await start(
      new Candidate('ann', records, clock, () => (isAway ? unavailable() : Promise.resolve())),
    );
    expect(ann.keeper.status()).toMatchObject({ state: 'standby', terms: 0 });
    isAway = false;
    await clock.advance(2_000);
    expect(ann.isAtWork).toBe(true);
    await stop(ann);
  });

  it('starts as a standby while the engine is away, and works once it is there', async () => {
    const { records: cuttableRecords, cut } = cuttable(records);
    cut(unavailable);
    const ann = await start(new Candidate('ann', cuttableRecords, clock));
    expect(ann.keeper.status()).toMatchObject({ state: 'standby', holder: undefined });
    cut();
    await clock.advance(2_000);
    expect(ann.isAtWork).toBe(true);
    await stop(ann);
  });
});
