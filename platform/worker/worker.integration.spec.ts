import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '../../tests/support/time/eventually';
import type { EchoCalls } from '../../tests/support/worker/echo-worker';
import { realClock, realRandom } from '../clock';
import { Fault } from '../faults';
import { startWorker } from './index';
import type { WorkerClient, WorkerOptions } from './index';

const open: WorkerClient<EchoCalls>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((worker) => worker.close()));
});

const startEcho = async (options: Partial<WorkerOptions>): Promise<WorkerClient<EchoCalls>> => {
  const worker = await startWorker<EchoCalls>({
    entry: join(__dirname, '../../tests/support/worker/echo-worker'),
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

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe.each(['thread', 'process'] as const)('a supervised %s', (runsAs) => {
  const start = (options: Partial<WorkerOptions> = {}) => startEcho({ runsAs, ...options });

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

  it('answers as unknown at the deadline, and holds the place until the worker is done', async () => {
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

  it('ends a stuck worker by force at the deadline', async () => {
    const worker = await start({ closeDeadlineMs: 20 });
    const stuck = codeOf(worker.call('stall', { ms: 60_000 }));
    await worker.close();
    expect(await stuck).toBe('OUTCOME_UNKNOWN');
  });
});

describe('a supervised process', () => {
  const start = (options: Partial<WorkerOptions> = {}) => startEcho({ runsAs: 'process', ...options });

  it('is another process, without the environment and the data of its owner in sight', async () => {
    process.env['WAYBILL_TEST_SECRET'] = 'not for others';
    try {
      const worker = await start({ data: { greeting: 'a secret' } });
      const { pid, args, environment } = await worker.call('about', {});
      expect(pid).not.toBe(process.pid);
      expect(args.join(' ')).not.toContain('a secret');
      expect(environment.filter((name) => name.startsWith('WAYBILL'))).toEqual([]);
    } finally {
      delete process.env['WAYBILL_TEST_SECRET'];
    }
  });

  it('goes on when a terminal or a supervisor signals all processes of a program', async () => {
    const worker = await start();
    const { pid } = await worker.call('about', {});
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
    expect((await worker.call('about', {})).pid).toBe(pid);
  });

  it('ends with an owner that is killed', async () => {
    const owner = fork(join(__dirname, '../../tests/support/worker/echo-owner.ts'), {
      execArgv: ['-r', join(__dirname, '../../tests/support/typescript-hook.js')],
    });
    const [{ pid }] = (await once(owner, 'message')) as [{ readonly pid: number }];
    expect(isRunning(pid)).toBe(true);
    owner.kill('SIGKILL');
    await eventually(() => Promise.resolve(!isRunning(pid)));
  });

  it('is replaced when it is silent', async () => {
    const falls: number[] = [];
    const worker = await start({
      callDeadlineMs: 300,
      endsSilent: true,
      unanswered: 'COMMANDS_UNAVAILABLE',
      onCrash: (_, attempt) => falls.push(attempt),
    });
    const { pid } = await worker.call('about', {});
    process.kill(pid, 'SIGSTOP');
    const calls = [worker.call('about', {}), worker.call('echo', { text: 'behind it' })];
    expect(await Promise.all(calls.map(codeOf))).toEqual(['COMMANDS_UNAVAILABLE', 'COMMANDS_UNAVAILABLE']);
    await eventually(() => Promise.resolve(falls.length > 0));
    await eventually(async () => (await codeOf(worker.call('echo', { text: 'again' }))) === 'answered');
    expect(falls).toEqual([0]);
  });
});
