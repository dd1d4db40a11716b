import type { Millis } from '../../domain/kernel';
import { Deferred, type Clock, type Random, type Timer } from '../clock';
import { backoffDelay, Fault } from '../faults';
import type { Backoff, FaultCode } from '../faults';
import type { AnswerOf, Calls, Question, Reply, RequestOf } from './calls';
import { errorOf } from './failure';
import type { Link, StartLink } from './link';
import { startProcess } from './process';
import { startThread } from './thread';

export type WorkerOptions = {
  /** Absolute path, without extension, of a module that calls `serveCalls`: `join(__dirname, 'writer-thread')`. */
  readonly entry: string;
  /** Plain data for `serveCalls`, the same at each start. */
  readonly data: unknown;
  /** The worker's name in messages and in process listings. */
  readonly name: string;
  /** `process`: with memory of its own, so that what it maps and unmaps delays no thread of this process. Default: `thread`. */
  readonly runsAs?: 'thread' | 'process' | undefined;
  /** The limit of calls that run or wait for the worker's restart; one more is rejected with `OVERLOADED`. */
  readonly pendingMax: number;
  /** The time limit of a call. Absent: the caller has a time limit of its own. */
  readonly callDeadlineMs?: number | undefined;
  /** Whether a worker that has answered no call for as long as `callDeadlineMs` is ended by force, and restarted. */
  readonly endsSilent?: boolean | undefined;
  /** The time for which closing waits before it ends the worker by force. */
  readonly closeDeadlineMs: number;
  /** The fault of a call that was not begun, because the worker is down or closed. */
  readonly unavailable: FaultCode;
  /** The fault of a call that was begun and gets no answer. Default: `OUTCOME_UNKNOWN`. */
  readonly unanswered?: FaultCode | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Called after each crash of the worker, before it is restarted. */
  readonly onCrash?: ((error: Error, attempt: number) => void) | undefined;
  /** Called when the worker is up again after a crash. */
  readonly onRestart?: (() => void) | undefined;
};

export interface WorkerClient<Protocol extends Calls> {
  /**
   * Sends a call to the worker; calls are answered in order.
   *
   * @throws the call's error (faults keep their code); `options.unanswered` if the worker died or was silent until
   * the deadline with the call begun; `OVERLOADED` if too many wait; `options.unavailable` if it was not begun.
   */
  call<Name extends keyof Protocol & string>(
    name: Name,
    request: RequestOf<Protocol, Name>,
  ): Promise<AnswerOf<Protocol, Name>>;
  /** Waits for the running calls, then ends the worker; by force at the deadline. */
  close(): Promise<void>;
}

type Pending = {
  readonly question: Question & { readonly kind: 'call' };
  readonly result: Deferred<unknown>;
  begun: boolean;
};

const links: Readonly<Record<'thread' | 'process', StartLink>> = {
  thread: startThread,
  process: startProcess,
};

/** A timer may fire up to a millisecond before its time. */
const TIMER_EARLY_MS = 1;

const restartBackoff: Backoff = { baseMs: 50, factor: 2, maxMs: 5_000 };

/** The owner's side of a worker. One that dies is restarted; its begun calls are rejected. */
class SupervisedWorker<Protocol extends Calls> implements WorkerClient<Protocol> {
  private readonly pending = new Map<number, Pending>();
  private link: Link | undefined;
  private ended = new Deferred<void>();
  private heardMs = 0;
  private opened = false;
  private ready = false;
  private closing = false;
  private nextId = 0;
  private crashes = 0;
  private readonly runsAs: 'thread' | 'process';
  private readonly title: string;
  private restart: Timer | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: WorkerOptions) {
    this.runsAs = options.runsAs ?? 'thread';
    this.title = `${options.name} ${this.runsAs}`;
  }

  /** Starts the worker. @param settle - called once with the result of the first start. */
  start(settle: (error?: Error) => void = () => undefined): void {
    let failure: Error | undefined;
    const onReply = (reply: Reply): void => {
      this.heardMs = this.options.clock.monotonicMs();
      if (reply.kind === 'failed') failure = errorOf(reply.failure);
      else if (reply.kind === 'ready') {
        this.begin();
        settle();
      } else if (reply.kind !== 'closed') this.settle(reply);
    };
    const onEnd = (code: string, reason?: Error): void => {
      const error = failure ?? reason ?? new Error(`The ${this.title} ended with code ${code}`);
      this.fell(error);
      settle(error);
    };
    this.ended = new Deferred();
    this.link = links[this.runsAs](this.options, { onReply, onEnd });
  }

  async call<Name extends keyof Protocol & string>(
    name: Name,
    request: RequestOf<Protocol, Name>,
  ): Promise<AnswerOf<Protocol, Name>> {
    if (this.closing) throw this.unavailable('is closed');
    if (this.pending.size >= this.options.pendingMax)
      throw new Fault('OVERLOADED', `Too many calls wait for the ${this.title}`);
    const id = this.nextId++;
    const { clock, callDeadlineMs: afterMs } = this.options;
    const onTimeout = (): never => this.expire(id);
    const result = new Deferred<unknown>(afterMs === undefined ? undefined : { clock, afterMs, onTimeout });
    const pending: Pending = { question: { kind: 'call', id, name, request }, result, begun: false };
    this.pending.set(id, pending);
    // A worker that has calls keeps the process alive; an idle one does not.
    if (this.ready) this.send(pending);
    this.link?.ref();
    return (await result.promise) as AnswerOf<Protocol, Name>;
  }

  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.restart?.cancel();
    for (const [id, pending] of this.pending) {
      if (!pending.begun) this.take(id)?.result.reject(this.unavailable('is closing'));
    }
    const { link, ended } = this;
    if (link === undefined) return;
    const deadline = this.options.clock.after(this.options.closeDeadlineMs as Millis, () => link.kill());
    if (this.pending.size > 0)
      await Promise.race([new Promise<void>((resolve) => (this.whenIdle = resolve)), ended.promise]);
    link.ref();
    link.post({ kind: 'close' });
    await ended.promise;
    deadline.cancel();
  }

  private begin(): void {
    if (this.opened) this.options.onRestart?.();
    this.opened = true;
    this.ready = true;
    if (this.pending.size === 0) this.link?.unref();
    for (const pending of this.pending.values()) this.send(pending);
  }

  private send(pending: Pending): void {
    pending.begun = true;
    this.link?.post(pending.question);
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
      if (this.ready) this.link?.unref();
    }
    return pending;
  }

  /** A call that was begun keeps its place until the worker answers, so that a stuck worker gets no endless queue. */
  private expire(id: number): never {
    if (this.pending.get(id)?.begun === true) {
      const { clock, endsSilent = false, callDeadlineMs = 0 } = this.options;
      const silentMs = clock.monotonicMs() - this.heardMs + TIMER_EARLY_MS;
      if (endsSilent && silentMs >= callDeadlineMs) this.link?.kill();
      throw this.unanswered('gave no answer in time');
    }
    this.take(id);
    throw this.unavailable('did not start in time');
  }

  private fell(error: Error): void {
    this.link = undefined;
    this.ready = false;
    for (const [id, pending] of this.pending) {
      if (pending.begun) this.take(id)?.result.reject(this.unanswered('died at work', error));
    }
    this.ended.resolve();
    // The opener gets the error of a first start that failed; it is not retried here.
    if (this.closing || !this.opened) return;
    this.options.onCrash?.(error, this.crashes);
    const delay = backoffDelay(this.crashes++, restartBackoff, this.options.random);
    this.restart = this.options.clock.after(delay, () => this.start());
  }

  private unavailable(why: string): Fault {
    return new Fault(this.options.unavailable, `The ${this.title} ${why}`);
  }

  private unanswered(why: string, cause?: Error): Fault {
    return new Fault(this.options.unanswered ?? 'OUTCOME_UNKNOWN', `The ${this.title} ${why}`, { cause });
  }
}

/**
 * Starts a supervised worker that answers the calls of `Protocol`.
 *
 * @throws the error of the worker's `open`, if the first start fails.
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
