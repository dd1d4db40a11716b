import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import { Fault } from '../faults';
import type { CommandContext } from './command-context';
import { traceparentOf } from './trace';
import type { CachedStream } from './cached-stream';
import { createLanes } from './stream-queue';
import type { BatchDeps, StreamRef } from './execute-batch';
import type { Answer, CommandTask, LookTask, Task } from './task';

export type SentCommand = { readonly command: unknown; readonly assumeNew: boolean };

/** Where callers wait until their stream's turn has come and gone, at the latest until their time is up. */
export interface WaitingRoom {
  command(target: StreamRef, sent: SentCommand, context: CommandContext): Promise<Answer>;
  look(target: StreamRef): Promise<CachedStream>;
}

/** Gives `start` a task that is settled once, at the latest when its time is up. */
const awaitTask = <Result>(
  clock: Clock,
  timeoutMs: number,
  start: (handle: {
    readonly deadlineMs: number;
    readonly settle: (result: Result) => void;
    readonly fail: (error: unknown) => void;
  }) => Task,
  onTimeout: (task: Task) => Result,
): Promise<Result> =>
  new Promise((resolve, reject) => {
    const once = <Value>(act: (value: Value) => void) => {
      return (value: Value): void => {
        if (task.phase === 'settled') return;
        task.phase = 'settled';
        timer.cancel();
        act(value);
      };
    };
    const fail = once<unknown>((error) => reject(error instanceof Error ? error : new Error(String(error))));
    const settle = once<Result>(resolve);
    const timer = clock.after(timeoutMs as Millis, () => {
      try {
        settle(onTimeout(task));
      } catch (error) {
        fail(error);
      }
    });
    const task = start({ deadlineMs: clock.monotonicMs() + timeoutMs, settle, fail });
  });

export const createCommandQueue = (deps: BatchDeps): WaitingRoom => {
  const { clock, limits, cache } = deps;
  const lanes = createLanes(deps);

  const enqueue = <Waiter extends Task>(target: StreamRef, task: Waiter): Waiter => {
    try {
      lanes.enqueue(target, task);
    } catch (error) {
      queueMicrotask(() => task.fail(error));
    }
    return task;
  };

  const timedOut = (target: StreamRef, task: Task): Answer => {
    if (task.kind === 'command' && task.phase === 'sent')
      return { kind: 'unknown', commandId: task.context.commandId };
    throw new Fault(
      'DEADLINE_EXCEEDED',
      `${target.stream} did not get its turn in time; nothing was recorded`,
    );
  };

  return {
    command: (target, { command, assumeNew }, context) =>
      awaitTask<Answer>(
        clock,
        context.timeoutMs ?? limits.timeoutMs,
        (handle) =>
          enqueue<CommandTask>(target, {
            kind: 'command',
            phase: 'waiting',
            command,
            assumeNew: assumeNew || target.decider.begins?.(command) === true,
            context,
            traceparent: traceparentOf(context),
            ...handle,
          }),
        (task) => timedOut(target, task),
      ),
    look: async (target) => {
      const cached = deps.soleWriter && lanes.isIdle(target.stream) ? cache.get(target.stream) : undefined;
      if (cached?.isSeen) return cached;
      return awaitTask<CachedStream>(
        clock,
        limits.timeoutMs,
        (handle) => enqueue<LookTask>(target, { kind: 'look', phase: 'waiting', ...handle }),
        () => {
          throw new Fault('DEADLINE_EXCEEDED', `${target.stream} could not be read in time`);
        },
      );
    },
  };
};
