import type { Millis } from '../../domain/kernel';
import { Wake } from '../clock';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { runReaction, type RunReactionDeps } from './run-reaction';
import type { KeyQueues } from './key-queues';
import type { Checkpoints } from './reaction-state';
import { createProgress, type Progress } from './progress';
import type { Reactor } from './reactor';

export type FollowerDeps = RunReactionDeps & {
  readonly store: EventStore;
  readonly checkpoints: Checkpoints;
  /** The name of its checkpoint. */
  readonly name: string;
  readonly reactors: readonly Reactor[];
  readonly queues: KeyQueues;
  /** Called for every event, before its reactions. */
  readonly onEvent: (event: RecordedEvent) => void;
};

/** Reads the events, runs their reactions, and records the progress. */
export interface Follower {
  /** Runs until the signal aborts or the subscription fails; each run starts at the checkpoint. */
  follow(): Promise<void>;
  /** Stores the checkpoint at intervals while there is progress, until the signal aborts. */
  keepCheckpoint(): Promise<void>;
  writeCheckpoint(): Promise<void>;
  progress(): Progress;
  /** Settles when all running reactions have ended. */
  drained(): Promise<unknown>;
}

/** Returns the key of an event: reactions with the same key run in order, others in parallel. */
export const keyOf = ({ data, stream }: RecordedEvent): string =>
  'orderId' in data && typeof data.orderId === 'string' ? data.orderId : stream;

export const createFollower = (deps: FollowerDeps): Follower => {
  const { store, checkpoints, name, reactors, queues, logger, limits, clock, signal } = deps;
  const inFlight = new Set<Promise<void>>();
  let progress = createProgress(undefined);
  let written: Position | undefined;
  const progressed = new Wake();

  const react = async (event: RecordedEvent): Promise<void> => {
    for (const reactor of reactors) {
      const reaction = reactor.reactions[event.type];
      if (reaction) await runReaction(deps, reactor, reaction, event);
    }
  };

  const handle = (event: RecordedEvent): void => {
    deps.onEvent(event);
    if (!reactors.some(({ reactions }) => event.type in reactions)) {
      progress.pass(event.position);
      progressed.call();
      return;
    }
    const done = progress.begin(event.position);
    const onDone = (): void => {
      done();
      progressed.call();
    };
    const work = queues(keyOf(event), () => react(event)).then(onDone, (error: unknown) => {
      // The checkpoint stays before an interrupted reaction, so the next start repeats it.
      if (!signal.aborted) logger.error({ error, eventId: event.id }, 'A reaction was interrupted');
    });
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work));
  };

  const writeCheckpoint = async (): Promise<void> => {
    const position = progress.done();
    if (position === undefined || position === written) return;
    await checkpoints.write(name, position);
    written = position;
  };

  return {
    writeCheckpoint,
    progress: () => progress,
    drained: () => Promise.allSettled(inFlight),
    follow: async () => {
      const after = await checkpoints.read(name);
      progress = createProgress(after);
      written = after;
      for await (const { events } of store.subscribe(after === undefined ? { signal } : { after, signal })) {
        for (const event of events) {
          await progress.room(limits.keptMax);
          if (signal.aborted) return;
          handle(event);
        }
      }
    },
    keepCheckpoint: async () => {
      for (;;) {
        await clock.sleep(limits.checkpointEveryMs as Millis, signal);
        await writeCheckpoint();
        await progressed.sleep(signal);
      }
    },
  };
};
