import { join } from 'node:path';
import type { EchoCalls } from '../../tests/support/event-store/echo-thread';
import { realClock, realRandom } from '../clock';
import { Fault } from '../faults';
import { startWorker } from './index';
import type { WorkerClient, WorkerOptions } from './index';

const open: WorkerClient<EchoCalls>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((worker) => worker.close()));
});

const start = async (options: Partial<WorkerOptions> = {}): Promise<WorkerClient<EchoCalls>> => {
  const worker = await startWorker<EchoCalls>({
    entry: join(__dirname, '../../tests/support/event-store/echo-thread'),
    data: { greeting: 'hello' },
    name: 'echo',
    pendingMax: 100,
    callDeadlineMs: 10_000,
    closeDeadlineMs: 10_000,
    unavailable: 'STORE_UNAVAILABLE',
    clock: realClock,
    random: realRandom,
    ...options,
  });
  open.push(worker);
  return worker;
};

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

describe('a supervised thread', () => {
  it('answers each call with its own answer', async () => {
    const worker = await start();
    const texts = Array.from({ length: 50 }, (_, index) => String(index));
    const answers = await Promise.all(texts.map((text) => worker.call('echo', { text })));
    expect(answers).toEqual(texts.map((text) => `hello ${text}`));
  });

  it('keeps a fault a fault, and a bug an error', async () => {
    const worker = await start();
    expect(await codeOf(worker.call('full', {}))).toBe('STORE_FULL');
    expect(await codeOf(worker.call('crash', {}))).toBe('Error: a bug');
    expect(await worker.call('echo', { text: 'still here' })).toBe('hello still here');
  });

  it('says why it could not be opened, and is not started again', async () => {
    const falls: Error[] = [];
    const opening = start({ data: { greeting: '', refuse: true }, onCrash: (error) => falls.push(error) });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_CORRUPT', message: 'cannot be opened' });
    expect(falls).toEqual([]);
  });

  it('answers what it had begun as unknown when it dies, and comes back', async () => {
    const falls: number[] = [];
    let rises = 0;
    const worker = await start({
      onCrash: (_, attempt) => falls.push(attempt),
      onRestart: () => (rises += 1),
    });
    const begun = [worker.call('die', {}), worker.call('echo', { text: 'behind it' })];
    expect(await Promise.all(begun.map(codeOf))).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
    // Asked while it is down: waits for it.
    expect(await worker.call('echo', { text: 'again' })).toBe('hello again');
    expect([falls, rises]).toEqual([[0], 1]);
  });

  it('refuses the call too many, and only that one', async () => {
    const worker = await start({ pendingMax: 2 });
    const calls = ['one', 'two', 'three'].map((text) => codeOf(worker.call('echo', { text })));
    expect(await Promise.all(calls)).toEqual(['answered', 'answered', 'OVERLOADED']);
    expect(await codeOf(worker.call('echo', { text: 'four' }))).toBe('answered');
  });

  it('answers as unknown at the deadline, and holds the place until the thread is done', async () => {
    const worker = await start({ callDeadlineMs: 20, pendingMax: 1 });
    expect(await codeOf(worker.call('stall', { ms: 300 }))).toBe('OUTCOME_UNKNOWN');
    expect(await codeOf(worker.call('echo', { text: 'too many' }))).toBe('OVERLOADED');
  });

  it('finishes what is under way when it closes, and refuses what comes later', async () => {
    const worker = await start();
    const last = worker.call('stall', { ms: 50 });
    await worker.close();
    expect(await last).toBe('at last');
    expect(await codeOf(worker.call('echo', { text: 'late' }))).toBe('STORE_UNAVAILABLE');
  });

  it('ends a stuck thread by force at the deadline', async () => {
    const worker = await start({ closeDeadlineMs: 20 });
    const stuck = codeOf(worker.call('stall', { ms: 60_000 }));
    await worker.close();
    expect(await stuck).toBe('OUTCOME_UNKNOWN');
  });
});
