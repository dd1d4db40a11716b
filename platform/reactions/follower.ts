import type { Millis } from '../../domain/kernel';
import type { EventStore, Position, RecordedEvent } from '../event-store';
import { carryOut, type CarryOutDeps } from './run-reaction';
import type { KeyLanes } from './key-queues';
import type { Checkpoints } from './reaction-state';
import { createProgress, type Progress } from './progress';
import type { Reactor } from './reactor';

export type FollowerDeps = CarryOutDeps & {
  readonly store: EventStore;
  readonly checkpoints: Checkpoints;
  /** Under which the checkpoint is kept. */
  readonly name: string;
  readonly workflows: readonly Reactor[];
  readonly lanes: KeyLanes;
  /** Told of every event, before it is reacted to. */
  readonly onEvent: (event: RecordedEvent) => void;
};

/** Reads the events and hands them to the workflows; knows how far that is done. */
export interface Follower {
  /** Runs until the signal aborts or the subscription falls; each run begins at the checkpoint. */
  follow(): Promise<void>;
  /** Writes the checkpoint now and then, until the signal aborts. */
  keepCheckpoint(): Promise<void>;
  writeCheckpoint(): Promise<void>;
  progress(): Progress;
  /** Settles when everything that is at work now is done, or has given up. */
  drained(): Promise<unknown>;
}

/** Events about one order are reacted to in their order; others go on beside them. */
export const keyOf = ({ data, stream }: RecordedEvent): string =>
  'orderId' in data && typeof data.orderId === 'string' ? data.orderId : stream;

export const createFollower = (deps: FollowerDeps): Follower => {
  const { store, checkpoints, name, workflows, lanes, logger, limits, clock, signal } = deps;
  const inFlight = new Set<Promise<void>>();
  let progress = createProgress(undefined);
  let written: Position | undefined;

  const react = async (event: RecordedEvent): Promise<void> => {
    for (const workflow of workflows) {
      const reaction = workflow.reactions[event.type];
      if (reaction) await carryOut(deps, workflow, reaction, event);
    }
  };

  const take = (event: RecordedEvent): void => {
    deps.onEvent(event);
    if (!workflows.some(({ reactions }) => event.type in reactions)) {
      progress.pass(event.position);
      return;
    }
    const done = progress.begin(event.position);
    const work = lanes(keyOf(event), () => react(event)).then(done, (error: unknown) => {
      // Stopped half-way: not done, so the next start begins before it.
      if (!signal.aborted) logger.error({ error, eventId: event.id }, 'A reaction was left undone');
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
          take(event);
        }
      }
    },
    keepCheckpoint: async () => {
      for (;;) {
        await clock.sleep(limits.checkpointEveryMs as Millis, signal);
        await writeCheckpoint();
      }
    },
  };
};
