import { Wake } from '../clock';
import { runReaction, type RunReactionDeps } from './run-reaction';
import { keyOf } from './follower';
import type { KeyQueues } from './key-queues';
import type { ParkedReaction } from './reaction-state';
import type { Reactor } from './reactor';

export type RetrierDeps = RunReactionDeps & {
  readonly reactors: readonly Reactor[];
  readonly queues: KeyQueues;
};

/** Retries parked reactions, each in the order of its key. */
export interface Retrier {
  /** Retries automatic ones at intervals, until the signal aborts. A slow retry delays no other. */
  retryRepeatedly(): Promise<void>;
  /** Starts the next round at once. */
  retryNow(): void;
  /** @returns true if it was parked and is done now. */
  replay(id: string): Promise<boolean>;
  /** Settles when all running retries have ended. */
  drained(): Promise<unknown>;
}

export const createRetrier = (deps: RetrierDeps): Retrier => {
  const { clock, logger, parking, limits, signal, reactors, queues } = deps;
  // One attempt a round, so that the queue of the order is free until the next round.
  const retryDeps = { ...deps, isParked: true, limits: { ...limits, faultTriesMax: 1 } };
  const wake = new Wake();
  const inProgress = new Map<string, Promise<boolean>>();

  const runAgain = async (parked: ParkedReaction): Promise<boolean> => {
    const reactor = reactors.find(({ name }) => name === parked.workflow);
    const reaction = reactor?.reactions[parked.event.type];
    if (!reactor || !reaction) return false;
    let done = false;
    await queues(keyOf(parked.event), async () => {
      done = await runReaction(retryDeps, reactor, reaction, parked.event);
      if (done) await parking.remove(parked.id);
    });
    return done;
  };

  const retry = (parked: ParkedReaction): Promise<boolean> => {
    const running = runAgain(parked).finally(() => inProgress.delete(parked.id));
    inProgress.set(parked.id, running);
    return running;
  };

  const startRound = async (): Promise<void> => {
    for (const { name } of reactors) {
      for (const parked of await parking.list('by-itself', limits.retryMax, [name])) {
        if (inProgress.has(parked.id)) continue;
        retry(parked).catch((error: unknown) => {
          if (!signal.aborted)
            logger.error({ error, id: parked.id }, 'A parked reaction could not be retried');
        });
      }
    }
  };

  return {
    retryNow: () => wake.call(),
    replay: async (id) => {
      const parked = await parking.find(id);
      return parked ? (inProgress.get(id) ?? retry(parked)) : false;
    },
    drained: () => Promise.allSettled(inProgress.values()),
    retryRepeatedly: async () => {
      for (;;) {
        await wake.sleepAtMost(clock, limits.retryEveryMs, signal);
        await startRound();
      }
    },
  };
};
