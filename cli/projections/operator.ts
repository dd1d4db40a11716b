import type { Config } from '../../platform/config';
import { openDataDirectory, readAddresses } from '../../platform/data-directory';
import type { EventStore } from '../../platform/event-store';
import { isFault } from '../../platform/faults';
import { LeaderElection } from '../../platform/leader-election';
import {
  requestedOperations,
  startProjectionDaemon,
  writtenStatus,
  type AnyProjection,
  type OperatedCopy,
  type Operation,
  type Operations,
  type ProjectionDaemon,
  type ProjectionStatus,
} from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import { allProjections } from '../../projections/read-models';
import { limitHeapGrowth } from '../composition/heap-growth';
import { openEngines, openHistory, openReadModelsToRead } from '../composition/engines';
import { readModelFingerprints } from '../fingerprints/read-model-fingerprints';
import type { Runtime } from '../program/runtime';
import { refusedBy } from './refused';
import { performRemotely } from './remote-operations';

/** The events and the read models, to be read alone. */
export type Reading = {
  readonly store: Pick<EventStore, 'head' | 'read' | 'readAll'>;
  readonly readModels: ReadModels;
};

/** The read models, with the process that maintains them. */
export type Operator = {
  /** @throws Refused */
  readonly perform: (operation: Operation) => Promise<readonly OperatedCopy[]>;
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  /** Whether this process maintains the read models for as long as the command runs. */
  readonly isOwn: boolean;
};

type Surroundings = { readonly config: Config; readonly runtime: Runtime };

/** Opens the engines for reading, also beside a running platform. */
export const withReading = async <Result>(
  { config, runtime }: Surroundings,
  use: (reading: Reading) => Promise<Result>,
): Promise<Result> => {
  const store = await openHistory(config, runtime);
  try {
    const readModels = await openReadModelsToRead(config, runtime);
    try {
      return await use({ store, readModels });
    } finally {
      await readModels.close();
    }
  } finally {
    await store.close();
  }
};

export const writtenStatuses = (
  { store, readModels }: Reading,
  { clock }: Runtime,
): Promise<readonly ProjectionStatus[]> =>
  writtenStatus({
    store,
    readModels,
    projections: allProjections,
    fingerprints: readModelFingerprints(allProjections),
    clock,
  });

const performedBy =
  (operations: Operations): Operator['perform'] =>
  async (operation) => {
    const outcome = await operations.perform(operation);
    if (outcome.kind === 'rejected') throw refusedBy(outcome.rejection);
    return outcome.copies;
  };

const operatorOf = (daemon: ProjectionDaemon): Operator => ({
  perform: performedBy({ perform: (operation) => daemon.perform(operation) }),
  statuses: () => daemon.status(),
  isOwn: true,
});

/** Maintains the read models in this process, unless another one has their lease: then it requests operations. */
const withElected = async <Result>(
  { store, readModels }: { readonly store: EventStore; readonly readModels: ReadModels },
  projections: readonly AnyProjection[],
  { config, runtime }: Surroundings,
  use: (operator: Operator) => Promise<Result>,
): Promise<Result> => {
  limitHeapGrowth();
  const leaders = new LeaderElection({ readModels, ttlMs: config.leaseSeconds * 1_000, ...runtime });
  const elected = await leaders.play('projections', (fenced) =>
    startProjectionDaemon({
      store,
      readModels: fenced,
      projections,
      fingerprints: readModelFingerprints(projections),
      ...runtime,
    }),
  );
  try {
    const daemon = elected.current();
    if (daemon !== undefined) return await use(operatorOf(daemon));
    return await use({
      perform: performedBy(requestedOperations({ readModels, ...runtime })),
      statuses: () => writtenStatuses({ store, readModels }, runtime),
      isOwn: false,
    });
  } finally {
    await elected.stop();
  }
};

/** Uses the platform that owns the data directory. */
const withRunning = <Result>(
  url: string,
  surroundings: Surroundings,
  use: (operator: Operator) => Promise<Result>,
): Promise<Result> =>
  withReading(surroundings, (reading) =>
    use({
      perform: (operation) => performRemotely(operation, url, surroundings),
      statuses: () => writtenStatuses(reading, surroundings.runtime),
      isOwn: false,
    }),
  );

/**
 * Uses the read models with the process that maintains them: a running platform, or this process where none runs.
 *
 * @param names - the read models that are concerned; all where it is empty.
 * @throws Fault `DATA_DIRECTORY_IN_USE` if a process owns the data directory that serves no HTTP.
 */
export const withOperator = async <Result>(
  names: readonly string[],
  surroundings: Surroundings,
  use: (operator: Operator) => Promise<Result>,
): Promise<Result> => {
  const { config, runtime } = surroundings;
  const isEmbedded = config.eventStore === 'embedded' || config.readModels === 'embedded';
  // A platform that starts meanwhile stands by for this process, which then has to maintain every read model.
  if (!isEmbedded) {
    const engines = await openEngines({ ...config, bus: 'embedded' }, config.dataDir, runtime);
    return withElected(engines, allProjections, surroundings, use).finally(() => engines.close());
  }
  let data;
  try {
    data = await openDataDirectory(config.dataDir, runtime);
  } catch (error) {
    const url = isFault(error, 'DATA_DIRECTORY_IN_USE') ? readAddresses(config.dataDir).http : undefined;
    if (url === undefined) throw error;
    return withRunning(url, surroundings, use);
  }
  try {
    const engines = await openEngines({ ...config, bus: 'embedded' }, data.path, runtime);
    const concerned = allProjections.filter(
      ({ collection }) => names.length === 0 || names.includes(collection.name),
    );
    return await withElected(engines, concerned, surroundings, use).finally(() => engines.close());
  } finally {
    await data.release();
  }
};
