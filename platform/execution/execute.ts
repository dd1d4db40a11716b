import type { AnyFact, AnyRejection, Decider } from '../../domain/kernel';
import { Deferred, type Clock, type Random } from '../clock';
import { createGate, type Gate } from '../concurrency';
import {
  streamName,
  type AppendResult,
  type EventStore,
  type Position,
  type StreamHeads,
  type StreamName,
} from '../event-store';
import { backoffDelay, Fault, isFault } from '../faults';
import { withSpan, type Logger } from '../telemetry';
import type { AggregateHandle, ExecuteOptions, Executed, ExecutingAggregates } from './aggregates';
import type { AnyDecider, CachedStream, StreamRef } from './cached-stream';
import { appendUntilKnown } from './append';
import { traceparentOf, type CommandContext } from './command-context';
import { decideBatch, type BatchDecision, type CommandDecision, type PendingCommand } from './decide-batch';
import { defaultLimits, type ExecutionLimits } from './execution-limits';
import { grown } from './state-weight';
import { readEffect, StreamCache } from './stream-cache';
import { StreamLengths } from './stream-lengths';
import { StreamSnapshots, type SnapshotOptions } from './stream-snapshots';

export type AggregatesDeps = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: Partial<ExecutionLimits> | undefined;
  /**
   * This process is the only writer of the store (the embedded engine in one process), so a cached state is current and a
   * rejection needs no read. If it is set wrongly, a rejection may be stale; a write is never wrong.
   */
  readonly soleWriter?: boolean | undefined;
  /** The store of the states of long streams. Absent: they are read from their first event. */
  readonly snapshots?: SnapshotOptions | undefined;
  /**
   * The subscription of this process. It shows which cached states are as new as all that this process has received, so that
   * `load` needs no read for them.
   */
  readonly heads?: StreamHeads | undefined;
};

type Answer = Executed<AnyFact, AnyRejection>;

type CommandTask = PendingCommand & {
  readonly kind: 'command';
  readonly assumeNew: boolean;
  /** On the clock's monotonic scale. */
  readonly deadlineMs: number;
  readonly answer: Deferred<Answer>;
  /** True after its events have left this process. From then on a timeout means that the outcome is unknown. */
  isSent: boolean;
};

type LoadTask = { readonly kind: 'load'; readonly answer: Deferred<CachedStream> };

type Task = CommandTask | LoadTask;

type Queue = { readonly ref: StreamRef; readonly tasks: Task[] };

/** The basis of a batch. `isCurrent`: no event was written since, so a rejection needs no read. */
type Basis = { readonly cached: CachedStream; readonly isCurrent: boolean };

const isOpen = (task: Task): boolean => !task.answer.isSettled;

/** One queue for each stream: commands of one stream are decided together, those of other streams run beside them. */
class Executor {
  private readonly queues = new Map<StreamName, Queue>();
  private readonly limits: ExecutionLimits;
  readonly cache: StreamCache;
  readonly lengths: StreamLengths;
  private readonly gate: Gate;
  private queued = 0;

  constructor(private readonly deps: AggregatesDeps) {
    this.limits = { ...defaultLimits, ...deps.limits };
    const snapshots = deps.snapshots && new StreamSnapshots(deps.snapshots, { ...deps, ...this.limits });
    this.lengths = new StreamLengths(deps.logger);
    const { heads } = deps;
    this.cache = new StreamCache(deps.store, this.limits, { snapshots, lengths: this.lengths, heads });
    // A queue has at least one task, so there are never more queues than tasks.
    this.gate = createGate('the event store', {
      concurrentMax: this.limits.streamsInFlightMax,
      waitingMax: this.limits.queuedMax,
    });
  }

  execute(
    ref: StreamRef,
    command: unknown,
    context: CommandContext,
    { assumeNew = false }: ExecuteOptions = {},
  ): Promise<Answer> {
    const { clock } = this.deps;
    const timeoutMs = context.timeoutMs ?? this.limits.timeoutMs;
    const onTimeout = (): Answer => {
      if (task.isSent) return { kind: 'unknown', commandId: context.commandId };
      throw new Fault('DEADLINE_EXCEEDED', `${ref.stream} was not free in time; nothing was recorded`);
    };
    const task: CommandTask = {
      kind: 'command',
      command,
      context,
      traceparent: traceparentOf(context),
      assumeNew,
      deadlineMs: clock.monotonicMs() + timeoutMs,
      answer: new Deferred<Answer>({ clock, afterMs: timeoutMs, onTimeout }),
      isSent: false,
    };
    this.enqueue(ref, task);
    return task.answer.promise;
  }

  load(ref: StreamRef): Promise<CachedStream> {
    const cached = this.queues.has(ref.stream) ? undefined : this.cache.get(ref.stream);
    if (cached && this.isFresh(ref, cached)) return Promise.resolve(cached);
    const onTimeout = (): never => {
      throw new Fault('DEADLINE_EXCEEDED', `${ref.stream} could not be read in time`);
    };
    const deadline = { clock: this.deps.clock, afterMs: this.limits.timeoutMs, onTimeout };
    const task: LoadTask = { kind: 'load', answer: new Deferred<CachedStream>(deadline) };
    this.enqueue(ref, task);
    return task.answer.promise;
  }

  private enqueue(ref: StreamRef, task: Task): void {
    const { queuedMax, queuedPerStreamMax } = this.limits;
    const queue = this.queues.get(ref.stream) ?? { ref, tasks: [] };
    if (this.queued >= queuedMax || queue.tasks.length >= queuedPerStreamMax) {
      const what = this.queued >= queuedMax ? `(${queuedMax})` : `for ${ref.stream}`;
      task.answer.reject(new Fault('OVERLOADED', `Too many commands wait ${what}; try again later`));
      return;
    }
    queue.tasks.push(task);
    this.queued += 1;
    if (this.queues.has(ref.stream)) return;
    this.queues.set(ref.stream, queue);
    // After the microtasks of this turn, so that commands sent together are decided together.
    queueMicrotask(() => void this.drain(queue));
  }

  private async drain(queue: Queue): Promise<void> {
    while (queue.tasks.length > 0) await this.gate.run(() => this.runBatch(queue.ref, this.takeBatch(queue)));
    this.queues.delete(queue.ref.stream);
  }

  /** Called when the gate is open, so that the batch contains the commands that arrived while it was closed. */
  private takeBatch({ tasks }: Queue): readonly Task[] {
    const batch = tasks.splice(0, this.limits.batchMax);
    this.queued -= batch.length;
    return batch.filter(isOpen);
  }

  /** Settles every task of a batch. Commands first, so that loads return their result. */
  private async runBatch(ref: StreamRef, tasks: readonly Task[]): Promise<void> {
    const commands = tasks.filter((task) => task.kind === 'command');
    const loads = tasks.filter((task) => task.kind === 'load');
    try {
      if (commands.some(isOpen)) await this.runCommands(ref, commands);
      if (loads.some(isOpen)) {
        const current = await this.current(ref);
        for (const { answer } of loads) answer.resolve(current);
      }
    } catch (error) {
      // A read that failed half-way may have left some of its events in the cached effects.
      this.cache.drop(ref.stream);
      if (isFault(error, 'EVENT_TOO_LARGE') && commands.length > 1) {
        // Only the command that is too large fails.
        for (const task of tasks) await this.runBatch(ref, [task]);
        return;
      }
      for (const { answer } of tasks) answer.reject(error);
    }
  }

  private async runCommands(ref: StreamRef, tasks: readonly CommandTask[]): Promise<void> {
    const { clock, random } = this.deps;
    const { conflictAttemptsMax, conflictBackoff } = this.limits;
    if (this.mayAssumeNew(ref, tasks)) {
      const basis = { cached: this.cache.begin(ref.decider), isCurrent: false };
      if (await this.tryCommands(ref, tasks, basis)) return;
    }
    for (let attempt = 0; attempt < conflictAttemptsMax; attempt += 1) {
      if (attempt > 0) await clock.sleep(backoffDelay(attempt - 1, conflictBackoff, random));
      if (await this.tryCommands(ref, tasks, await this.basis(ref, attempt))) return;
    }
    this.cache.drop(ref.stream);
    const fault = new Fault('REVISION_CONFLICT', `Other writers kept appending to ${ref.stream}; try again`);
    for (const { answer } of tasks) answer.reject(fault);
  }

  /** Only for a command that is alone: the success of its own append is the proof of the assumption. */
  private mayAssumeNew({ stream }: StreamRef, [task, ...others]: readonly CommandTask[]): boolean {
    return others.length === 0 && task?.assumeNew === true && this.cache.get(stream) === undefined;
  }

  /** @returns false if other writers appended first: the commands must be decided again. */
  private async tryCommands(ref: StreamRef, tasks: readonly CommandTask[], basis: Basis): Promise<boolean> {
    let batch = decideBatch(ref, basis.cached, tasks.filter(isOpen));
    const onlyRepeats = batch.decisions.every(({ decision }) => decision.kind === 'repeat');
    if (batch.events.length === 0 && !basis.isCurrent && !onlyRepeats) {
      // No append will prove that the state was current, so a rejection is checked against the store.
      batch = decideBatch(ref, await this.cache.refresh(ref, basis.cached), tasks.filter(isOpen));
    }
    if (batch.events.length === 0) {
      await this.settle(ref, batch, undefined);
      return true;
    }
    const result = await this.append(ref, batch);
    if (result.kind === 'conflict') {
      for (const task of tasks) task.isSent = false;
      return false;
    }
    if (result.kind === 'unknown') await this.settleUnknown(ref, batch, result.reason);
    else await this.settleAppended(ref, batch, result);
    return true;
  }

  private append({ stream }: StreamRef, batch: BatchDecision<CommandTask>): Promise<AppendResult> {
    const { store, clock, random } = this.deps;
    const { appendAttemptsMax: attemptsMax, appendBackoff: backoff } = this.limits;
    const { basis, events, decisions } = batch;
    let deadlineMs = 0;
    for (const { task } of decisions) {
      task.isSent = true;
      deadlineMs = Math.max(deadlineMs, task.deadlineMs);
    }
    const [parent, ...links] = decisions.map(({ task }) => task.traceparent);
    const attributes = { 'waybill.stream': stream, 'waybill.events': events.length };
    return withSpan('append', { kind: 'client', parent, links, attributes }, () =>
      appendUntilKnown(
        { store, clock, random, attemptsMax, backoff },
        { stream, expected: basis.revision, events, deadlineMs },
      ),
    );
  }

  private settleAppended(
    ref: StreamRef,
    batch: BatchDecision<CommandTask>,
    { revision, position }: Extract<AppendResult, { kind: 'appended' }>,
  ): Promise<void> {
    const { basis, state, events, characters } = batch;
    const { effects, isLoaded } = basis;
    for (const { commandId, ...effect } of batch.effects) effects.add(commandId, effect);
    const weight = grown(basis.weight, state, characters);
    const lastEventId = events.at(-1)?.id;
    const cached = { state, revision, lastEventId, weight, effects, isLoaded, asOf: position };
    this.cache.put(ref, cached, basis, position);
    return this.settle(ref, batch, position);
  }

  private async settleUnknown(
    ref: StreamRef,
    { decisions }: BatchDecision<CommandTask>,
    reason: string,
  ): Promise<void> {
    this.deps.logger.warn({ stream: ref.stream, reason }, 'The outcome of an append is unknown');
    this.cache.drop(ref.stream);
    for (const { task, decision } of decisions) {
      // A decision on events that may not exist is as unknown as they are.
      if (decision.kind === 'repeat' || decision.kind === 'broken')
        await this.settleOne(ref, task, decision, undefined);
      else task.answer.resolve({ kind: 'unknown', commandId: task.context.commandId });
    }
  }

  private async settle(
    ref: StreamRef,
    { decisions }: BatchDecision<CommandTask>,
    position: Position | undefined,
  ): Promise<void> {
    for (const { task, decision } of decisions) {
      const reading = this.settleOne(ref, task, decision, position);
      if (reading) await reading;
    }
  }

  /** @returns a promise only where events must be read. */
  private settleOne(
    { stream }: StreamRef,
    { answer }: CommandTask,
    decision: CommandDecision,
    position: Position | undefined,
  ): Promise<void> | undefined {
    switch (decision.kind) {
      case 'rejected':
        answer.resolve(decision);
        return undefined;
      case 'broken':
        answer.reject(decision.error);
        return undefined;
      case 'decided': {
        const { facts: events } = decision;
        answer.resolve({ kind: 'accepted', events, position: events.length > 0 ? position : undefined });
        return undefined;
      }
      case 'repeat': {
        return readEffect(this.deps.store, stream, decision.effect).then(
          (effect) => answer.resolve({ kind: 'accepted', ...effect }),
          (error: unknown) => answer.reject(error),
        );
      }
    }
  }

  /** After a conflict the cached stream is refreshed; after a second one it is read whole, without its snapshot. */
  private async basis(ref: StreamRef, attempt: number): Promise<Basis> {
    const cached = this.cache.get(ref.stream);
    if (cached && attempt === 0) return { cached, isCurrent: this.isCurrent(cached) };
    if (attempt > 1) return { cached: await this.cache.reload(ref), isCurrent: true };
    return { cached: await this.refreshed(ref, cached), isCurrent: true };
  }

  private async current(ref: StreamRef): Promise<CachedStream> {
    const cached = this.cache.get(ref.stream);
    if (cached && this.isFresh(ref, cached)) return cached;
    return this.refreshed(ref, cached);
  }

  private refreshed(ref: StreamRef, cached: CachedStream | undefined): Promise<CachedStream> {
    return cached === undefined ? this.cache.load(ref) : this.cache.refresh(ref, cached);
  }

  /** Returns true for a state with all events of its stream that this process has written or received. */
  private isFresh({ stream }: StreamRef, cached: CachedStream): boolean {
    return this.isCurrent(cached) || this.cache.isLast(stream, cached);
  }

  private isCurrent({ isLoaded }: CachedStream): boolean {
    return this.deps.soleWriter === true && isLoaded;
  }
}

const typeOf = (command: unknown): string =>
  typeof command === 'object' && command !== null && 'type' in command ? String(command.type) : 'command';

const handleOf = <State, Command, Event extends AnyFact, Rejection extends AnyRejection>(
  executor: Executor,
  store: EventStore,
  decider: Decider<State, Command, Event, Rejection>,
): AggregateHandle<State, Command, Event, Rejection> => {
  // All streams share one executor; a decider's types hold again for what comes back.
  const anyDecider = decider as unknown as AnyDecider;
  const refOf = (id: string | number): StreamRef => ({
    stream: streamName(decider.category, id),
    decider: anyDecider,
  });
  return {
    execute: (id, command, context, options) => {
      const ref = refOf(id);
      const attributes = { 'waybill.stream': ref.stream, 'waybill.command_id': context.commandId };
      const spanOptions = { attributes, parent: traceparentOf(context) };
      return withSpan(`execute ${decider.category}.${typeOf(command)}`, spanOptions, async (span) => {
        const answer = await executor.execute(ref, command, context, options);
        span.setAttribute('waybill.outcome', answer.kind);
        return answer as Executed<Event, Rejection>;
      });
    },
    load: async (id) => (await executor.load(refOf(id))).state as State,
    effectOf: async (id, commandId) => {
      const ref = refOf(id);
      const effect = (await executor.load(ref)).effects.get(commandId);
      if (!effect) return undefined;
      const { events, position } = await readEffect(store, ref.stream, effect);
      return position === undefined ? undefined : { events: events as readonly Event[], position };
    },
  };
};

/**
 * The one place that appends to the streams of aggregates: loads, folds, decides, and appends at the revision that was read.
 * Commands for one stream are queued in this process and decided in batches on a cached state; each batch is one append. A
 * command id that the stream contains is answered with its first result.
 */
export const createAggregates = (deps: AggregatesDeps): ExecutingAggregates => {
  const executor = new Executor(deps);
  return {
    of: (decider) => handleOf(executor, deps.store, decider),
    cacheSize: () => executor.cache.size,
    longestStreams: () => executor.lengths.longest,
  };
};
