import { frame, FrameReader } from '../../platform/framing';
import { silentLogger } from '../../platform/telemetry';
import {
  aCommands,
  aConnect,
  aConnected,
  aResponses,
  SMALL_FRAME_BYTES_MAX,
  type AResponses,
} from '../../proto/world';
import { seededRandom } from '../../tests/support/time/seeded-random';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { amazonProtocol } from './core';
import type { WireFaults } from './faults';
import type { Journal } from './journal';
import type { Link } from './link';
import { Session } from './session';
import { Simulator } from './simulator';

const MIB = 1024 * 1024;

/** A shop at the other end of a link, in virtual time; what is stored is up to the test. */
const conversation = async (settings: { faults?: Partial<WireFaults>; commit?: Journal['commit'] } = {}) => {
  const clock = createVirtualClock();
  const simulator = new Simulator({
    clock,
    random: seededRandom(7),
    logger: silentLogger,
    faults: {},
    defaultSpeed: 100,
    timing: { resendMs: 500, idleMs: 600_000, drainMs: 10_000 },
  });
  await simulator.open(async () => ({
    wantsRewrite: false,
    commit: settings.commit ?? (async () => undefined),
    rewrite: async () => undefined,
    close: async () => undefined,
  }));
  const link = { backlogBytes: 0, isDestroyed: false, isPaused: false };
  const reader = new FrameReader();
  const heard: { payload: Uint8Array; at: number }[] = [];
  const session = new Session(amazonProtocol, simulator, {
    get backlogBytes() {
      return link.backlogBytes;
    },
    send: (bytes) =>
      heard.push(...reader.push(bytes).map((payload) => ({ payload, at: clock.monotonicMs() }))),
    pause: () => (link.isPaused = true),
    resume: () => (link.isPaused = false),
    end: () => (link.isDestroyed = true),
    destroy: () => (link.isDestroyed = true),
  } satisfies Link);
  const say = (message: Parameters<typeof aCommands.encode>[0]) =>
    session.receive(frame(aCommands.encode(message)));
  const answers = (): (AResponses & { at: number })[] =>
    heard.splice(0).map(({ payload, at }) => ({ ...aResponses.decode(payload), at }));
  session.receive(frame(aConnect.encode({ initwh: [{ id: 1, x: 0, y: 0 }], isAmazon: true })));
  await clock.advance(0);
  const greetings = heard.splice(0).map(({ payload }) => aConnected.decode(payload));
  simulator.setFaults(settings.faults ?? {});
  return { clock, simulator, link, say, answers, greetings, heard };
};

const queries = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({ packageid: 9n, seqnum: BigInt(from + index) }));
const acksOf = (answers: readonly AResponses[]) => answers.flatMap(({ acks }) => acks);
const errorsOf = (answers: readonly AResponses[]) => answers.flatMap(({ error }) => error);

describe('what is said', () => {
  it('is said only when what it says is stored', async () => {
    const waiting: (() => void)[] = [];
    const { clock, say, answers, greetings, heard } = await conversation({
      commit: () => new Promise((resolve) => waiting.push(resolve)),
    });
    expect([greetings, heard]).toEqual([[], []]);
    say({ queries: queries(1) });
    waiting.shift()?.();
    await clock.advance(0);
    expect(heard.splice(0).map(({ payload }) => aConnected.decode(payload).result)).toEqual(['connected!']);
    waiting.shift()?.();
    await clock.advance(0);
    expect(answers()).toMatchObject([{ acks: [1n] }, { error: [{ originseqnum: 1n }] }]);
  });

  it('waits for a disk that fails, and is said when it works again', async () => {
    const disk = { isBroken: false };
    const { clock, say, answers } = await conversation({
      commit: async () => {
        if (disk.isBroken) throw new Error('no space left');
      },
    });
    disk.isBroken = true;
    say({ queries: queries(1) });
    await clock.advance(60_000);
    expect(answers()).toEqual([]);
    disk.isBroken = false;
    await clock.advance(5000);
    expect(acksOf(answers())).toEqual([1n]);
  });

  it('is said again every half second or so until it is acked', async () => {
    const { clock, say, answers } = await conversation();
    say({ queries: queries(1) });
    await clock.advance(10_000);
    const times = answers()
      .filter(({ error }) => error.length > 0)
      .map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(12);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(375);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(750);
    expect(new Set(gaps).size).toBeGreaterThan(1);
    say({ acks: [1n] });
    await clock.advance(10_000);
    expect(errorsOf(answers())).toEqual([]);
  });

  it('comes in frames of one element or of acks, whose size one byte can tell', async () => {
    const { clock, say, heard } = await conversation();
    const things = [{ id: 2n ** 63n - 1n, description: 'apple', count: 1 }];
    say({ simspeed: 4_000_000_000, buy: [{ whnum: 1, things, seqnum: 1n }] });
    say({ queries: queries(300, 2) });
    await clock.advance(10);
    const frames = heard.map(({ payload }) => aResponses.decode(payload));
    expect(frames.flatMap(({ acks }) => acks)).toHaveLength(301);
    expect(frames.flatMap(({ error, arrived }) => [...error, ...arrived])).toHaveLength(301);
    for (const { acks, error, arrived } of frames)
      expect([acks.length > 0, error.length, arrived.length].map(Number).sort()).toEqual([0, 0, 1]);
    expect(Math.max(...heard.map(({ payload }) => payload.length))).toBeLessThanOrEqual(
      SMALL_FRAME_BYTES_MAX,
    );
  });
});

describe('a client', () => {
  it('that reads slowly gets the rest later', async () => {
    const { clock, say, link, answers } = await conversation();
    link.backlogBytes = MIB + 1;
    say({ queries: queries(3) });
    await clock.advance(2000);
    expect([acksOf(answers()).length, errorsOf(answers()).length]).toEqual([3, 0]);
    link.backlogBytes = 0;
    await clock.advance(200);
    expect(errorsOf(answers())).toHaveLength(3);
  });

  it('that does not read at all is let go', async () => {
    const { clock, say, link, simulator } = await conversation();
    link.backlogBytes = 4 * MIB + 1;
    say({ queries: queries(1) });
    await clock.advance(0);
    expect([link.isDestroyed, simulator.counters.slowReaders]).toEqual([true, 1]);
  });

  it('that talks faster than can be stored is held back meanwhile', async () => {
    const waiting: (() => void)[] = [];
    const { clock, say, link } = await conversation({
      commit: () => new Promise((resolve) => waiting.push(resolve)),
    });
    say({ queries: queries(2001) });
    expect(link.isPaused).toBe(true);
    for (let commit = 0; commit < 2; commit += 1) {
      waiting.shift()?.();
      await clock.advance(0);
    }
    expect(link.isPaused).toBe(false);
  });

  it('that acks nothing is not acked any more either, until it does', async () => {
    const { clock, say, answers } = await conversation();
    say({ queries: queries(10_000) });
    await clock.advance(0);
    const told = errorsOf(answers()).map(({ seqnum }) => seqnum);
    say({ queries: queries(1, 20_000) });
    await clock.advance(0);
    expect(acksOf(answers())).toEqual([]);
    say({ acks: told, queries: queries(1, 20_000) });
    await clock.advance(0);
    expect(acksOf(answers())).toEqual([20_000n]);
  });

  it('that is silent for ten minutes is let go', async () => {
    const { clock, say, link } = await conversation();
    await clock.advance(599_000);
    say({ acks: [] });
    await clock.advance(599_000);
    expect(link.isDestroyed).toBe(false);
    await clock.advance(1001);
    expect(link.isDestroyed).toBe(true);
  });
});

describe('the fault dial', () => {
  it('loses commands, answers and acks, each by its chance', async () => {
    const { clock, say, answers, simulator } = await conversation({ faults: { flakiness: 30 } });
    say({ queries: queries(5000) });
    await clock.advance(0);
    const said = answers();
    const { received } = simulator.counters;
    expect(received / 5000).toBeCloseTo(0.7, 1);
    expect(acksOf(said).length / received).toBeCloseTo(0.7, 1);
    expect(errorsOf(said).length / received).toBeCloseTo(0.7, 1);
  });

  it('loses acks of the client too, so that answers come again', async () => {
    const { clock, say, answers, simulator } = await conversation();
    say({ queries: queries(400) });
    await clock.advance(0);
    simulator.setFaults({ flakiness: 50 });
    say({ acks: errorsOf(answers()).map(({ seqnum }) => seqnum) });
    simulator.setFaults({ flakiness: 0 });
    await clock.advance(1000);
    const unacked = new Set(errorsOf(answers()).map(({ seqnum }) => seqnum)).size;
    expect(unacked / 400).toBeCloseTo(0.5, 1);
  });

  it('doubles elements, which are acted on once', async () => {
    const { clock, say, answers, simulator } = await conversation({ faults: { duplicate: 99 } });
    say({ queries: queries(100) });
    await clock.advance(0);
    const { refused, repeated } = simulator.counters;
    expect(refused).toBe(100);
    expect(repeated).toBeGreaterThan(90);
    const errors = errorsOf(answers());
    expect(errors.length).toBeGreaterThan(190);
    expect(new Set(errors.map(({ seqnum }) => seqnum)).size).toBe(100);
  });

  it('lets later elements overtake earlier ones', async () => {
    const { clock, say, answers } = await conversation({ faults: { reorder: 30 } });
    say({ queries: queries(100) });
    await clock.advance(100);
    const origins = errorsOf(answers()).map(({ originseqnum }) => originseqnum);
    expect(new Set(origins).size).toBe(100);
    expect(origins).not.toEqual([...origins].sort((one, other) => Number(one - other)));
  });

  it('delays elements', async () => {
    const { clock, say, answers } = await conversation({ faults: { delayMsMax: 5000 } });
    say({ queries: queries(1) });
    await clock.advance(1);
    expect(answers()).toEqual([]);
    await clock.advance(10_000);
    expect(acksOf(answers())).toEqual([1n]);
  });

  it('breaks connections', async () => {
    const { say, link } = await conversation({ faults: { disconnect: 99 } });
    for (let tries = 0; tries < 5 && !link.isDestroyed; tries += 1) say({ acks: [] });
    expect(link.isDestroyed).toBe(true);
  });

  it('is turned while the World runs, and never so far that nothing gets through', async () => {
    const { clock, say, answers, simulator } = await conversation({ faults: { flakiness: 1000 } });
    expect(simulator.faults.flakiness).toBe(99);
    simulator.setFaults({ flakiness: -5 });
    say({ queries: queries(3) });
    await clock.advance(0);
    expect(acksOf(answers())).toEqual([1n, 2n, 3n]);
  });
});
