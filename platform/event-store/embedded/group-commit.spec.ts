import type { Millis } from '../../../domain/kernel';
import { instantOf } from '../../../domain/kernel';
import type { Clock } from '../../clock';
import { Fault } from '../../faults';
import { GroupCommit, WRITES_WAITING_MAX } from './group-commit';
import type { SubmitResult } from './group-commit';
import { packResults, unpackBatch } from './packing';
import { NO_STREAM } from './record';
import type { RawWrite, WriteResult } from './record';
import type { Batch } from './writer';

const MEBIBYTE = 1024 * 1024;

const writeTo = (stream: string): RawWrite => ({ kind: 'append', stream, expected: NO_STREAM, events: [] });
const appended: WriteResult = { kind: 'appended', revision: 0, position: 1, repeated: false };

/** A thread in the hand of the spec: it says when a batch is answered, and how. */
const setUp = () => {
  const batches: { batch: Batch; answer: (results?: WriteResult[]) => void; fail: (error: Error) => void }[] =
    [];
  const timers: (() => void)[] = [];
  const time = { ms: 0 };
  const clock: Clock = {
    now: () => instantOf(7_000),
    monotonicMs: () => time.ms,
    after: (_: Millis, action) => {
      timers.push(action);
      return { cancel: () => void timers.splice(timers.indexOf(action), 1) };
    },
    sleep: () => Promise.resolve(),
  };
  const committed: Batch[] = [];
  let unknowns = 0;
  const commits = new GroupCommit({
    write: (packed) =>
      new Promise((resolve, reject) => {
        const batch = unpackBatch(packed);
        batches.push({
          batch,
          answer: (results) => resolve(packResults(results ?? batch.writes.map(() => appended))),
          fail: reject,
        });
      }),
    clock,
    deadlineMs: 10_000,
    onCommitted: (batch) => committed.push(batch),
    onUnknown: () => (unknowns += 1),
  });
  const kindOf = (result: Promise<SubmitResult>): Promise<string> =>
    result.then(
      ({ kind }) => kind,
      (error: unknown) => (error instanceof Fault ? error.code : String(error)),
    );
  const submit = (stream: string, bytes = 100): Promise<string> =>
    kindOf(commits.submit(writeTo(stream), bytes));
  const sentBatches = async (count: number): Promise<string[][]> => {
    while (batches.length < count) await new Promise((resolve) => setImmediate(resolve));
    return batches.map(({ batch }) => batch.writes.map(({ stream }) => stream));
  };
  return { commits, batches, timers, time, committed, submit, sentBatches, unknowns: () => unknowns };
};

describe('group commit', () => {
  it('sends together what comes together, and what comes meanwhile in the next batch', async () => {
    const { submit, sentBatches, batches, committed } = setUp();
    const first = [submit('a'), submit('b')];
    expect(await sentBatches(1)).toEqual([['a', 'b']]);
    const second = [submit('c'), submit('d'), submit('e')];
    batches[0]!.answer();
    expect(await Promise.all(first)).toEqual(['appended', 'appended']);
    expect(await sentBatches(2)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    batches[1]!.answer();
    expect(await Promise.all(second)).toEqual(['appended', 'appended', 'appended']);
    expect(committed.map(({ recordedAtMs }) => recordedAtMs)).toEqual([7_000, 7_000]);
  });

  /** Commits four writes whose callers send the next four. @returns the streams of the next batch, and all results. */
  const afterCommit = async (
    { submit, sentBatches, batches, time }: ReturnType<typeof setUp>,
    { commitMs, callersMs }: { readonly commitMs: number; readonly callersMs: number },
  ): Promise<{ readonly streams: readonly string[]; readonly results: readonly Promise<string>[] }> => {
    const before = batches.length;
    const callers = ['a', 'b', 'c', 'd'].map((stream) => submit(stream));
    await sentBatches(before + 1);
    time.ms += commitMs;
    batches[before]!.answer();
    await Promise.all(callers);
    time.ms += callersMs;
    const results = ['e', 'f', 'g', 'h'].map((stream) => submit(stream));
    return { streams: (await sentBatches(before + 2))[before + 1] ?? [], results };
  };

  it.each([
    { disk: 'slow', commitMs: 20, callersMs: 10, next: ['e', 'f', 'g', 'h'] },
    { disk: 'fast', commitMs: 19, callersMs: 10, next: ['e', 'f'] },
  ])('sends on a $disk disk $next next', async ({ next, ...durations }) => {
    expect((await afterCommit(setUp(), durations)).streams).toEqual(next);
  });

  it('alternates two halves on a fast disk: one is written while the callers of the other go on', async () => {
    const bench = setUp();
    await afterCommit(bench, { commitMs: 1, callersMs: 10 });
    const { submit, sentBatches, batches, committed } = bench;
    const late = submit('late');
    batches[1]!.answer();
    expect((await sentBatches(3))[2]).toEqual(['g', 'h', 'late']);
    expect(committed).toHaveLength(2);
    batches[2]!.answer();
    expect(await late).toBe('appended');
    await bench.commits.settled();
  });

  it('lets other work of the event loop in between two halves', async () => {
    const bench = setUp();
    const { results } = await afterCommit(bench, { commitMs: 1, callersMs: 10 });
    const log: string[] = [];
    setImmediate(() => log.push('other work'));
    bench.batches[1]!.answer();
    log.push(await results[0]!);
    expect(log).toEqual(['other work', 'appended']);
    // The other half has been sent before.
    expect(bench.batches).toHaveLength(3);
    bench.batches[2]!.answer();
    await bench.commits.settled();
  });

  it('gives each write its own answer', async () => {
    const { submit, sentBatches, batches } = setUp();
    const answers = [submit('a'), submit('b')];
    await sentBatches(1);
    batches[0]!.answer([{ kind: 'conflict', actual: 3 }, appended]);
    expect(await Promise.all(answers)).toEqual(['conflict', 'appended']);
  });

  it('keeps a batch small enough to be quick', async () => {
    const { submit, sentBatches, batches } = setUp();
    const answers = ['a', 'b', 'c'].map((stream) => submit(stream, 3 * MEBIBYTE));
    for (let sent = 1; sent <= 3; sent += 1) {
      await sentBatches(sent);
      batches[sent - 1]!.answer();
    }
    await Promise.all(answers);
    expect(await sentBatches(3)).toEqual([['a'], ['b'], ['c']]);
  });

  it('refuses what is too many or too much, and nothing else', async () => {
    const { submit, sentBatches, batches } = setUp();
    const first = submit('first');
    await sentBatches(1);
    const waiting = Array.from({ length: WRITES_WAITING_MAX }, () => submit('a', 1));
    expect(await submit('one too many')).toBe('OVERLOADED');
    batches[0]!.answer();
    expect(await first).toBe('appended');
    for (let sent = 2; sent <= 9; sent += 1) {
      await sentBatches(sent);
      batches[sent - 1]!.answer();
    }
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['appended']));
    const big = Array.from({ length: 65 }, () => submit('big', MEBIBYTE));
    expect(await big[64]).toBe('OVERLOADED');
  });

  it('passes on that the disk is full: nothing was written', async () => {
    const { submit, sentBatches, batches, unknowns } = setUp();
    const answers = [submit('a'), submit('b')];
    await sentBatches(1);
    batches[0]!.fail(new Fault('STORE_FULL', 'full'));
    expect(await Promise.all(answers)).toEqual(['STORE_FULL', 'STORE_FULL']);
    expect(unknowns()).toBe(0);
  });

  it.each([new Fault('OUTCOME_UNKNOWN', 'the thread died'), new Error('disk I/O error')])(
    'returns "unknown" if the outcome is unknown, and continues (%s)',
    async (error) => {
      const { submit, sentBatches, batches, unknowns } = setUp();
      const lost = submit('a');
      await sentBatches(1);
      const next = submit('b');
      batches[0]!.fail(error);
      expect(await lost).toBe('unknown');
      expect(unknowns()).toBe(1);
      await sentBatches(2);
      batches[1]!.answer();
      expect(await next).toBe('appended');
    },
  );

  it('rejects all callers while the thread hangs, and continues afterwards', async () => {
    const { submit, sentBatches, batches, timers, committed } = setUp();
    const hanging = submit('a');
    await sentBatches(1);
    const waiting = submit('b');
    timers[0]!();
    expect([await hanging, await waiting]).toEqual(['unknown', 'STORE_UNAVAILABLE']);
    expect(await submit('c')).toBe('STORE_UNAVAILABLE');
    batches[0]!.answer();
    await new Promise((resolve) => setImmediate(resolve));
    // Subscribers also get events that were written late.
    expect(committed).toHaveLength(1);
    const after = submit('d');
    expect(await sentBatches(2)).toEqual([['a'], ['d']]);
    batches[1]!.answer();
    expect(await after).toBe('appended');
    expect(timers).toEqual([]);
  });

  it('is settled when all is answered', async () => {
    const { commits, submit, sentBatches, batches } = setUp();
    await commits.settled();
    const answers = [submit('a')];
    let isSettled = false;
    const settled = commits.settled().then(() => (isSettled = true));
    await sentBatches(1);
    answers.push(submit('b'));
    batches[0]!.answer();
    await sentBatches(2);
    expect(isSettled).toBe(false);
    batches[1]!.answer();
    await settled;
    expect(await Promise.all(answers)).toEqual(['appended', 'appended']);
  });
});
