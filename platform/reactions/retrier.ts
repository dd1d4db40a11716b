import { Wake } from '../clock';
import { carryOut, type CarryOutDeps } from './run-reaction';
import { keyOf } from './follower';
import type { KeyLanes } from './key-queues';
import type { ParkedReaction } from './reaction-state';
import type { Reactor } from './reactor';

export type RetrierDeps = CarryOutDeps & {
  readonly workflows: readonly Reactor[];
  readonly lanes: KeyLanes;
};

/** Retries parked reactions, each in the order of its key. */
export interface Retrier {
  /** Retries automatic ones at intervals, until the signal aborts. A slow retry delays no other. */
  keepTrying(): Promise<void>;
  /** Starts the next round at once. */
  tryNow(): void;
  /** @returns true if it was parked and is done now. */
  replay(id: string): Promise<boolean>;
  /** Settles when all running retries have ended. */
  drained(): Promise<unknown>;
}

export const createRetrier = (deps: RetrierDeps): Retrier => {
  const { clock, logger, parking, limits, signal, workflows, lanes } = deps;
  // A reaction that still fails waits for the next round, and the order's queue is free until then.
  const oneTry = { ...deps, isParked: true, limits: { ...limits, faultTriesMax: 1 } };
  const wake = new Wake();
  const underWay = new Map<string, Promise<boolean>>();

  const carryOutAgain = async (parked: ParkedReaction): Promise<boolean> => {
    const workflow = workflows.find(({ name }) => name === parked.workflow);
    const reaction = workflow?.reactions[parked.event.type];
    if (!workflow || !reaction) return false;
    let done = false;
    await lanes(keyOf(parked.event), async () => {
      done = await carryOut(oneTry, workflow, reaction, parked.event);
      if (done) await parking.remove(parked.id);
    });
    return done;
  };

  const retry = (parked: ParkedReaction): Promise<boolean> => {
    const trying = carryOutAgain(parked).finally(() => underWay.delete(parked.id));
    underWay.set(parked.id, trying);
    return trying;
  };

  const beginRound = async (): Promise<void> => {
    for (const { name } of workflows) {
      for (const parked of await parking.list('by-itself', limits.retryMax, [name])) {
        if (underWay.has(parked.id)) continue;
        retry(parked).catch((error: unknown) => {
          if (!signal.aborted) logger.error({ error, id: parked.id }, 'A parked reaction could not be tried');
        });
      }
    }
  };

  return {
    tryNow: () => wake.call(),
    replay: async (id) => {
      const parked = await parking.find(id);
      return parked ? (underWay.get(id) ?? retry(parked)) : false;
    },
    drained: () => Promise.allSettled(underWay.values()),
    keepTrying: async () => {
      for (;;) {
        await wake.sleepAtMost(clock, limits.retryEveryMs, signal);
        await beginRound();
      }
    },
  };
};
