import type { Clock, Random } from '../clock';
import type { AppendResult, EventStore, Position, StreamName } from '../event-store';
import { backoffDelay, Fault, isFault } from '../faults';
import { withSpan, type Logger } from '../telemetry';
import { appendSurely } from './append';
import { decideAll, type Decisions, type CommandDecision } from './decisions';
import {
  catchUp,
  readEffect,
  remember,
  unwritten,
  type AnyDecider,
  type CommandEffect,
  type CachedStream,
} from './cached-stream';
import type { KnownStreams } from './stream-cache';
import type { ExecutionLimits } from './limits';
import type { CommandTask, Task } from './task';

export type BatchDeps = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: ExecutionLimits;
  readonly cache: KnownStreams;
  /** Nobody else writes to the store, so what is cached is current. */
  readonly soleWriter: boolean;
};

/** The stream that a batch is for. */
export type StreamRef = { readonly stream: StreamName; readonly decider: AnyDecider };

const isOpen = (task: Task): boolean => task.phase !== 'settled';

const readWhole = (deps: BatchDeps, { stream, decider }: StreamRef): Promise<CachedStream> =>
  refresh(deps, { stream, decider }, unwritten(decider));

const refresh = async (deps: BatchDeps, target: StreamRef, known: CachedStream): Promise<CachedStream> => {
  const rememberedMax = deps.limits.commandsRememberedMax;
  const current = await catchUp(deps.store, target.stream, target.decider, { known, rememberedMax });
  deps.cache.put(target.stream, current);
  return current;
};

/** What to decide on. `current`: nothing was written since, so that a refusal needs no look at the store. */
type StartingPoint = { readonly known: CachedStream; readonly current: boolean };

/** After a conflict the cache is caught up with; after a second one it is not trusted any more. */
const startingPoint = async (deps: BatchDeps, target: StreamRef, attempt: number): Promise<StartingPoint> => {
  const cached = deps.cache.get(target.stream);
  if (!cached || attempt > 1) return { known: await readWhole(deps, target), current: true };
  if (attempt === 1) return { known: await refresh(deps, target, cached), current: true };
  return { known: cached, current: isCurrent(deps, cached) };
};

const isCurrent = ({ soleWriter }: BatchDeps, { isSeen }: CachedStream): boolean => soleWriter && isSeen;

/**
 * Whether a command comes alone to begin a stream that is not known here. It is decided without a look, for the store lets
 * nobody begin a stream twice. Alone, because only its own append is proof of what was assumed.
 */
const isBeginning = (deps: BatchDeps, { stream }: StreamRef, tasks: readonly CommandTask[]): boolean => {
  const [task] = tasks;
  if (task === undefined || tasks.length > 1) return false;
  return task.assumeNew && deps.cache.get(stream) === undefined;
};

const answerWithEffect = async (
  deps: BatchDeps,
  { stream }: StreamRef,
  task: CommandTask,
  effect: CommandEffect,
): Promise<void> => {
  try {
    const events = await readEffect(deps.store, stream, effect);
    task.settle({ kind: 'accepted', events, position: effect.position });
  } catch (error) {
    task.fail(error);
  }
};

const settleAll = async (
  deps: BatchDeps,
  target: StreamRef,
  verdicts: ReadonlyMap<CommandTask, CommandDecision>,
  position: Position | undefined,
): Promise<void> => {
  for (const [task, verdict] of verdicts) {
    switch (verdict.kind) {
      case 'repeat':
        await answerWithEffect(deps, target, task, verdict.effect);
        break;
      case 'rejected':
        task.settle(verdict);
        break;
      case 'broken':
        task.fail(verdict.error);
        break;
      case 'decided': {
        const { facts } = verdict;
        const wrote = facts.length > 0 && position !== undefined;
        task.settle({ kind: 'accepted', events: facts, ...(wrote ? { position } : {}) });
        break;
      }
    }
  }
};

const settleUnknown = async (deps: BatchDeps, target: StreamRef, draft: Decisions): Promise<void> => {
  deps.cache.drop(target.stream);
  for (const [task, verdict] of draft.verdicts) {
    // What was decided on events that may not exist is as unknown as they are.
    if (verdict.kind === 'repeat') await answerWithEffect(deps, target, task, verdict.effect);
    else if (verdict.kind === 'broken') task.fail(verdict.error);
    else task.settle({ kind: 'unknown', commandId: task.context.commandId });
  }
};

const settleAppended = async (
  deps: BatchDeps,
  target: StreamRef,
  { known, draft }: { readonly known: CachedStream; readonly draft: Decisions },
  result: Extract<AppendResult, { kind: 'appended' }>,
): Promise<void> => {
  for (const [commandId, place] of draft.places) {
    const effect = { ...place, position: result.position };
    remember(known.effects, commandId, effect, deps.limits.commandsRememberedMax);
  }
  deps.cache.put(target.stream, {
    state: draft.state,
    revision: result.revision,
    effects: known.effects,
    isSeen: known.isSeen,
  });
  return settleAll(deps, target, draft.verdicts, result.position);
};

const appendDraft = (
  deps: BatchDeps,
  { stream }: StreamRef,
  known: CachedStream,
  { events, verdicts }: Decisions,
): Promise<AppendResult> => {
  const tasks = [...verdicts.keys()];
  for (const task of tasks) if (isOpen(task)) task.phase = 'sent';
  const deadlineMs = Math.max(...tasks.map((task) => task.deadlineMs));
  const [first, ...others] = tasks.map((task) => task.traceparent);
  const attributes = { 'waybill.stream': stream, 'waybill.events': events.length };
  return withSpan('append', { kind: 'client', parent: first, links: others, attributes }, () =>
    appendSurely(deps, { stream, expected: known.revision, events, deadlineMs }),
  );
};

/** @returns false when other writers came first and the batch is to be decided anew. */
const tryBatch = async (
  deps: BatchDeps,
  target: StreamRef,
  tasks: readonly CommandTask[],
  start: StartingPoint,
): Promise<boolean> => {
  let { known } = start;
  let draft = decideAll(target.decider, known, tasks.filter(isOpen));
  const onlyRepeats = [...draft.verdicts.values()].every(({ kind }) => kind === 'repeat');
  if (draft.events.length === 0 && !start.current && !onlyRepeats) {
    // No append will prove that the state was current, so a refusal has to be checked against the store.
    known = await refresh(deps, target, known);
    draft = decideAll(target.decider, known, tasks.filter(isOpen));
  }
  if (draft.events.length === 0) {
    await settleAll(deps, target, draft.verdicts, undefined);
    return true;
  }
  const result = await appendDraft(deps, target, known, draft);
  switch (result.kind) {
    case 'appended':
      await settleAppended(deps, target, { known, draft }, result);
      return true;
    case 'unknown':
      deps.logger.warn(
        { stream: target.stream, reason: result.reason },
        'The outcome of an append is unknown',
      );
      await settleUnknown(deps, target, draft);
      return true;
    case 'conflict':
      for (const task of tasks) if (isOpen(task)) task.phase = 'waiting';
      return false;
  }
};

const settleCommands = async (
  deps: BatchDeps,
  target: StreamRef,
  tasks: readonly CommandTask[],
): Promise<void> => {
  const { limits, clock, random } = deps;
  if (isBeginning(deps, target, tasks)) {
    const start = { known: unwritten(target.decider), current: false };
    if (await tryBatch(deps, target, tasks, start)) return;
  }
  for (let attempt = 0; attempt < limits.conflictAttemptsMax; attempt += 1) {
    if (attempt > 0) await clock.sleep(backoffDelay(attempt - 1, limits.conflictBackoff, random));
    if (await tryBatch(deps, target, tasks, await startingPoint(deps, target, attempt))) return;
  }
  deps.cache.drop(target.stream);
  const fault = new Fault(
    'REVISION_CONFLICT',
    `Other writers kept coming first on ${target.stream}; try again`,
  );
  for (const task of tasks) task.fail(fault);
};

/** Settles every task of a batch, whatever happens. Commands first, so that looks see what they wrote. */
export const executeBatch = async (
  deps: BatchDeps,
  target: StreamRef,
  tasks: readonly Task[],
): Promise<void> => {
  const commands = tasks.filter((task) => task.kind === 'command');
  const looks = tasks.filter((task) => task.kind === 'look');
  try {
    if (commands.some(isOpen)) await settleCommands(deps, target, commands);
    if (looks.some(isOpen)) {
      const cached = deps.cache.get(target.stream);
      const known = cached
        ? isCurrent(deps, cached)
          ? cached
          : await refresh(deps, target, cached)
        : await readWhole(deps, target);
      for (const look of looks) look.settle(known);
    }
  } catch (error) {
    // A read that broke off may have left half of what it read in the cached stream.
    deps.cache.drop(target.stream);
    if (isFault(error, 'EVENT_TOO_LARGE') && commands.length > 1) {
      // Only the one that is too large is to suffer.
      for (const task of tasks) await executeBatch(deps, target, [task]);
      return;
    }
    for (const task of tasks) task.fail(error);
  }
};
