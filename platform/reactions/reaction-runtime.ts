import { atMost, type Clock, type Random } from '../clock';
import type { EventStore, Position } from '../event-store';
import { supervise } from '../faults';
import type { Logger } from '../telemetry';
import { createFollower } from './follower';
import { createKeyQueues } from './key-queues';
import { reactionLimits, type ReactionLimits } from './limits';
import type { Checkpoints, Parking } from './reaction-state';
import { createRetrier } from './retrier';
import { createSlots } from './slots';
import type { Reactor } from './reactor';

export type ReactionRuntimeDeps = {
  /** The name of its checkpoint, if several runtimes share a store. Default `workflows`. */
  readonly name?: string | undefined;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly checkpoints: Checkpoints;
  readonly parking: Parking;
  readonly reactors: readonly Reactor[];
  readonly limits?: Partial<ReactionLimits> | undefined;
  /** Types of events after which parked reactions are retried at once. */
  readonly retryOn?: readonly string[] | undefined;
};

/**
 * Runs reactions from start to stop: each at least once, those of one order in the order of its events, others in
 * parallel. A reaction that fails is parked, and no other waits for it.
 */
export interface ReactionRuntime {
  start(): void;
  /** Retries a parked reaction. @returns true if it was parked and is done now. */
  replay(id: string): Promise<boolean>;
  /** `position`: up to here all reactions are done or parked. `kept`: the number of events read beyond it. */
  status(): { readonly position: Position | undefined; readonly kept: number };
  /** Accepts no more events, waits for running reactions within a limit, and stores the checkpoint. */
  stop(): Promise<void>;
}

export const createReactionRuntime = (deps: ReactionRuntimeDeps): ReactionRuntime => {
  const { clock, random, logger } = deps;
  const limits: ReactionLimits = { ...reactionLimits, ...deps.limits };
  const retryOn = new Set(deps.retryOn ?? []);
  const stopping = new AbortController();
  const { signal } = stopping;
  const name = deps.name ?? 'workflows';
  const shared = { ...deps, name, limits, signal, queues: createKeyQueues() };
  const retrier = createRetrier({ ...shared, slots: createSlots(limits.concurrentRetriesMax) });
  const follower = createFollower({
    ...shared,
    slots: createSlots(limits.concurrentMax),
    onEvent: ({ type }) => {
      if (retryOn.has(type)) retrier.retryNow();
    },
  });
  const running: Promise<void>[] = [];

  const supervised = (loop: string, run: () => Promise<void>): Promise<void> =>
    supervise(run, {
      clock,
      random,
      signal,
      onFailure: (error, attempt) =>
        logger.error({ error, attempt, loop }, 'A loop of the reactors failed and is restarted'),
    });

  return {
    start: () => {
      running.push(
        supervised('follow', () => follower.follow()),
        supervised('checkpoint', () => follower.keepCheckpoint()),
        supervised('retry', () => retrier.retryRepeatedly()),
      );
    },
    replay: (id) => retrier.replay(id),
    status: () => ({ position: follower.progress().done(), kept: follower.progress().kept() }),
    stop: async () => {
      stopping.abort(new Error('The reactors stop'));
      await atMost(clock, limits.drainMs, Promise.all([follower.drained(), retrier.drained(), ...running]));
      await follower
        .writeCheckpoint()
        .catch((error: unknown) => logger.warn({ error }, 'The checkpoint was not written'));
    },
  };
};
