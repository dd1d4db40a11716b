import type { Millis } from '../../domain/kernel';
import { carryOut, type CarryOutDeps } from './carry-out';
import { keyOf } from './follower';
import type { KeyLanes } from './key-lanes';
import type { ParkedReaction } from './port';
import type { Workflow } from './workflow';

export type RetrierDeps = CarryOutDeps & {
  readonly workflows: readonly Workflow[];
  readonly lanes: KeyLanes;
};

/** Tries parked reactions again, each in its order's turn. */
export interface Retrier {
  /** Tries what is parked by itself from time to time, until the signal aborts. */
  keepTrying(): Promise<void>;
  /** Does not wait for the time to come. */
  tryNow(): void;
  /** @returns whether it was parked and is done now. */
  replay(id: string): Promise<boolean>;
}

export const createRetrier = (deps: RetrierDeps): Retrier => {
  const { clock, parking, limits, signal, workflows, lanes } = deps;
  const own = workflows.map(({ name }) => name);
  let tryNow: () => void = () => undefined;

  const retry = async (parked: ParkedReaction): Promise<boolean> => {
    const workflow = workflows.find(({ name }) => name === parked.workflow);
    const reaction = workflow?.reactions[parked.event.type];
    if (!workflow || !reaction) return false;
    let done = false;
    await lanes(keyOf(parked.event), async () => {
      done = await carryOut(deps, workflow, reaction, parked.event);
      if (done) await parking.remove(parked.id);
    });
    return done;
  };

  return {
    tryNow: () => tryNow(),
    replay: async (id) => {
      const parked = await parking.find(id);
      return parked ? retry(parked) : false;
    },
    keepTrying: async () => {
      for (;;) {
        const called = new Promise<void>((resolve) => (tryNow = resolve));
        const rest = new AbortController();
        await Promise.race([
          called,
          clock
            .sleep(limits.retryEveryMs as Millis, AbortSignal.any([signal, rest.signal]))
            .catch(() => undefined),
        ]);
        rest.abort();
        signal.throwIfAborted();
        const parked = await parking.list('by-itself', limits.retryMax, own);
        await Promise.all(parked.map(retry));
      }
    },
  };
};
