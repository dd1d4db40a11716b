import type { Worker } from 'node:worker_threads';
import type { Millis } from '../../domain/kernel';
import { Deferred, type Clock, type Random, type Timer } from '../clock';
import { backoffDelay, Fault } from '../faults';
import type { Backoff, FaultCode } from '../faults';
import type { AnswerOf, Calls, Question, Reply, RequestOf } from './calls';
import { errorOf } from './failure';
import { startThread } from './thread';

export type WorkerOptions = {
  /** Absolute path, without extension, of a module that calls `serveCalls`: `join(__dirname, 'writer-thread')`. */
  readonly entry: string;
  /** Plain data for `serveCalls`, the same at each start. */
  readonly data: unknown;
  /** The thread's name in messages and in process listings. */
  readonly name: string;
  /** The limit of calls that run or wait for the thread's restart; one more is rejected with `OVERLOADED`. */
  readonly pendingMax: number;
  /** The time limit of a call. Absent: the caller has a time limit of its own. */
  readonly callDeadlineMs?: number | undefined;
  /** The time for which closing waits before it ends the thread by force. */
  readonly closeDeadlineMs: number;
  /** The fault of a call that was not begun, because the thread is down or closed. */
  readonly unavailable: FaultCode;
  readonly clock: Clock;
  readonly random: Random;
  /** Called after each crash of the thread, before it is restarted. */
  readonly onCrash?: ((error: Error, attempt: number) => void) | undefined;
  /** Called when the thread is up again after a crash. */
  readonly onRestart?: (() => void) | undefined;
};

export interface WorkerClient<Protocol extends Calls> {
  /**
   * Sends a call to the thread; calls are answered in order.
   *
   * @throws the call's error (faults keep their code); Fault `OUTCOME_UNKNOWN` if the thread died or was silent until
   * the deadline with the call begun; `OVERLOADED` if too many wait; `options.unavailable` if it was not begun.
   */
  call<Name extends keyof Protocol & string>(
    name: Name,
    request: RequestOf<Protocol, Name>,
  ): Promise<AnswerOf<Protocol, Name>>;
  /** Waits for the running calls, then ends the thread; by force at the deadline. */
  close(): Promise<void>;
}

type Pending = {
  readonly question: Question & { readonly kind: 'call' };
  readonly result: Deferred<unknown>;
  begun: boolean;
};

const restartBackoff: Backoff = { baseMs: 50, factor: 2, maxMs: 5_000 };

/** The owner's side of a thread. A thread that dies is restarted; its begun calls are answered as unknown. */
class SupervisedWorker<Protocol extends Calls> implements WorkerClient<Protocol> {
  private readonly pending = new Map<number, Pending>();
  private thread: Worker | undefined;
  private opened = false;
  private ready = false;
  private closing = false;
  private nextId = 0;
  private crashes = 0;
  private restart: Timer | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: WorkerOptions) {}

  /** Starts the thread. @param settle - called once with the result of the first start. */
  start(settle: (error?: Error) => void = () => undefined): void {
    const thread = startThread(this.options.entry, this.options.data, this.options.name);
    let last: Error | undefined;
    this.thread = thread;
    thread.on('message', (reply: Reply) => {
      if (reply.kind === 'failed') last = errorOf(reply.failure);
      else if (reply.kind === 'ready') {
        this.begin();
        settle();
      } else if (reply.kind !== 'closed') this.settle(reply);
    });
    thread.on('error', (error) => (last = error));
    thread.on('exit', (code) => {
      const error = last ?? new Error(`The ${this.options.name} thread ended with code ${code}`);
      this.fell(error);
      settle(error);
    });
  }

  async call<Name extends keyof Protocol & string>(
    name: Name,
    request: RequestOf<Protocol, Name>,
  ): Promise<AnswerOf<Protocol, Name>> {
    if (this.closing) throw this.unavailable('is closed');
    if (this.pending.size >= this.options.pendingMax)
      throw new Fault('OVERLOADED', `Too many calls wait for the ${this.options.name} thread`);
    const id = this.nextId++;
    const { clock, callDeadlineMs: afterMs } = this.options;
    const onTimeout = (): never => this.expire(id);
    const result = new Deferred<unknown>(afterMs === undefined ? undefined : { clock, afterMs, onTimeout });
    const pending: Pending = { question: { kind: 'call', id, name, request }, result, begun: false };
    this.pending.set(id, pending);
    // A thread at work keeps the process alive; an idle one does not.
    if (this.ready) this.send(pending);
    this.thread?.ref();
    return (await result.promise) as AnswerOf<Protocol, Name>;
  }

  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.restart?.cancel();
    for (const [id, pending] of this.pending) {
      if (!pending.begun) this.take(id)?.result.reject(this.unavailable('is closing'));
    }
    const { thread } = this;
    if (thread === undefined) return;
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    const deadline = this.options.clock.after(
      this.options.closeDeadlineMs as Millis,
      () => void thread.terminate(),
    );
    if (this.pending.size > 0)
      await Promise.race([new Promise<void>((resolve) => (this.whenIdle = resolve)), ended]);
    thread.ref();
    thread.postMessage({ kind: 'close' } satisfies Question);
    await ended;
    deadline.cancel();
  }

  private begin(): void {
    if (this.opened) this.options.onRestart?.();
    this.opened = true;
    this.ready = true;
    if (this.pending.size === 0) this.thread?.unref();
    for (const pending of this.pending.values()) this.send(pending);
  }

  private send(pending: Pending): void {
    pending.begun = true;
    this.thread?.postMessage(pending.question);
  }

  private settle(reply: Extract<Reply, { id: number }>): void {
    this.crashes = 0;
    const pending = this.take(reply.id);
    if (reply.kind === 'answer') pending?.result.resolve(reply.answer);
    else pending?.result.reject(errorOf(reply.failure));
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (this.pending.size === 0) {
      this.whenIdle?.();
      if (this.ready) this.thread?.unref();
    }
    return pending;
  }

  /** A call that was begun keeps its place until the thread answers, so that a stuck thread gets no endless queue. */
  private expire(id: number): never {
    if (this.pending.get(id)?.begun === true)
      throw new Fault('OUTCOME_UNKNOWN', `The ${this.options.name} thread gave no answer in time`);
    this.take(id);
    throw this.unavailable('did not start in time');
  }

  private fell(error: Error): void {
    this.thread = undefined;
    this.ready = false;
    for (const [id, pending] of this.pending) {
      if (pending.begun)
        this.take(id)?.result.reject(
          new Fault('OUTCOME_UNKNOWN', `The ${this.options.name} thread died at work`, { cause: error }),
        );
    }
    // The opener gets the error of a first start that failed; it is not retried here.
    if (this.closing || !this.opened) return;
    this.options.onCrash?.(error, this.crashes);
    const delay = backoffDelay(this.crashes++, restartBackoff, this.options.random);
    this.restart = this.options.clock.after(delay, () => this.start());
  }

  private unavailable(why: string): Fault {
    return new Fault(this.options.unavailable, `The ${this.options.name} thread ${why}`);
  }
}

/**
 * Starts a supervised thread that answers the calls of `Protocol`.
 *
 * @throws the error of the thread's `open`, if the first start fails.
 */
export const startWorker = async <Protocol extends Calls>(
  options: WorkerOptions,
): Promise<WorkerClient<Protocol>> => {
  const worker = new SupervisedWorker<Protocol>(options);
  const started = new Deferred<void>();
  worker.start((error) => (error === undefined ? started.resolve() : started.reject(error)));
  await started.promise;
  return worker;
};
