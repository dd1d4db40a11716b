import { createGate } from '../concurrency';
import type { StreamName } from '../event-store';
import { Fault } from '../faults';
import { executeBatch, type BatchDeps, type StreamRef } from './execute-batch';
import type { Task } from './task';

/** One queue a stream: what waits for the same stream is decided together, what waits for others goes on beside it. */
export interface Lanes {
  /** @throws Fault `OVERLOADED` when the stream's queue or all of them together are full. */
  enqueue(target: StreamRef, task: Task): void;
  /** Whether nothing waits for the stream or works on it. */
  isIdle(stream: StreamName): boolean;
}

type Lane = { readonly target: StreamRef; readonly queue: Task[] };

const isOpen = (task: Task): boolean => task.phase !== 'settled';

export const createLanes = (deps: BatchDeps): Lanes => {
  const { limits } = deps;
  const lanes = new Map<StreamName, Lane>();
  // A lane has at least one task, so there are never more lanes than tasks.
  const gate = createGate('the event store', {
    concurrentMax: limits.streamsInFlightMax,
    waitingMax: limits.queuedMax,
  });
  let queued = 0;

  const nextBatch = (lane: Lane): readonly Task[] => {
    const batch = lane.queue.splice(0, limits.batchMax);
    queued -= batch.length;
    return batch.filter(isOpen);
  };

  const drain = async (lane: Lane): Promise<void> => {
    while (lane.queue.length > 0) {
      // The batch is taken when its turn has come, so that it holds all that came meanwhile.
      await gate.run(() => executeBatch(deps, lane.target, nextBatch(lane)));
    }
    lanes.delete(lane.target.stream);
  };

  return {
    isIdle: (stream) => !lanes.has(stream),
    enqueue: (target, task) => {
      if (queued >= limits.queuedMax) {
        throw new Fault('OVERLOADED', `Too many commands wait (${limits.queuedMax}); try again later`);
      }
      const lane = lanes.get(target.stream) ?? { target, queue: [] };
      if (lane.queue.length >= limits.queuedPerStreamMax) {
        throw new Fault('OVERLOADED', `Too many commands wait for ${target.stream}; try again later`);
      }
      lane.queue.push(task);
      queued += 1;
      if (lanes.has(target.stream)) return;
      lanes.set(target.stream, lane);
      // After this turn of the event loop's microtasks, so that commands sent together are decided together.
      queueMicrotask(() => void drain(lane));
    },
  };
};
