import { memoryEventStore, shareSubscription, type EventStore } from '../../../platform/event-store';
import {
  memoryReadModels,
  type CollectionSpec,
  type ReadModels,
  type WriteBatch,
} from '../../../platform/read-models';
import {
  startProjectionDaemon,
  type AnyProjection,
  type ProjectionDaemon,
} from '../../../platform/projections';
import { counters, createRecorder, type Counter } from './counting';
import { silentLogger } from '../../../platform/telemetry';
import { seededRandom } from '../time/seeded-random';
import { createVirtualClock, type VirtualClock } from '../time/virtual-clock';

type Options = Partial<Parameters<typeof startProjectionDaemon>[0]>;

/** Read models that report each write before it is done; an error of the listener is thrown to the writer. */
export const overheard = (
  readModels: ReadModels,
  ear: (batch: WriteBatch) => Promise<void> | void,
): ReadModels =>
  new Proxy(readModels, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      if (property !== 'write') return member.bind(target) as unknown;
      return async (batch: WriteBatch) => {
        await ear(batch);
        await target.write(batch);
      };
    },
  });

/** A store, read models and a recorder of events, with projections to run over them in virtual time. */
export interface Workplace {
  readonly clock: VirtualClock;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly record: ReturnType<typeof createRecorder>;
  readonly start: (projections: readonly AnyProjection[], options?: Options) => Promise<ProjectionDaemon>;
  /** Lets everything that is due now happen. */
  readonly settle: () => Promise<void>;
  /** The counters of one collection and version, by id. */
  readonly totals: (name: string, version?: number) => Promise<Readonly<Record<string, number>>>;
}

export const createWorkplace = (): Workplace => {
  const clock = createVirtualClock();
  const store = shareSubscription(memoryEventStore(clock), {
    clock,
    random: seededRandom(3),
    logger: silentLogger,
    limits: { wakeEveryMs: 0 },
  });
  const readModels = memoryReadModels();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  };
  return {
    clock,
    store,
    readModels,
    settle,
    record: createRecorder(store),
    start: async (projections, options = {}) => {
      const surroundings = { store, readModels, clock, random: seededRandom(7) };
      const runtime = await startProjectionDaemon({ ...surroundings, projections, ...options });
      await settle();
      return runtime;
    },
    totals: async (name, version = 1) => {
      const collection: CollectionSpec = { ...counters(name).collection, version };
      const page = await readModels.list<Counter>(collection, { index: 'id', first: 1_000 });
      return Object.fromEntries(page.items.map(({ document }) => [document.id, document.total]));
    },
  };
};
