import type { Bus } from '../../platform/bus';
import type { EventStore } from '../../platform/event-store';
import type { LeaderElection } from '../../platform/leader-election';
import {
  checkpointWait,
  createReadModelsCheck,
  diffCopies,
  OperationRejected,
  parkedEvents,
  requestedOperations,
  startProjectionDaemon,
  writtenStatus,
  type CopyComparison,
  type Operations,
  type ProjectionDaemon,
  type ProjectionStatus,
  type ReadModelWait,
} from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import type { Gauge } from '../../platform/telemetry';
import { allProjections } from '../../projections/read-models';
import { readModelFingerprints } from '../fingerprints/read-model-fingerprints';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import { parkedGauge } from './parked';
import type { Role } from './role-names';

/** Readers in other processes see the position of a read model only when it is written. */
const CHECKPOINT_FOR_OTHERS_MS = 100;

/** A comparison for a page must end before the request does. */
const DIFF_WITHIN_MS = 4_000;

const undefinedIfRejected = (error: unknown): undefined => {
  if (!(error instanceof OperationRejected)) throw error;
};

const diffsIn =
  (readModels: ReadModels, { clock }: Pick<Runtime, 'clock'>): ProjectionsRole['diff'] =>
  async (name) => {
    const projection = allProjections.find(({ collection }) => collection.name === name);
    if (projection === undefined) return undefined;
    return diffCopies({ readModels, clock }, projection, DIFF_WITHIN_MS).catch(undefinedIfRejected);
  };

/** The read models, as this process keeps or shows them. */
export type ProjectionsRole = Required<Contribution> & {
  /** Returns the daemon; undefined while another process keeps the read models. */
  readonly daemon: () => ProjectionDaemon | undefined;
  /** Returns the status of every read model, whichever process keeps them. */
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  /** The operations on the read models, whichever process keeps them. */
  readonly operations: Operations;
  /** Compares the two copies of a read model, for some seconds; undefined where there is no other copy. */
  readonly diff: (name: string) => Promise<CopyComparison | undefined>;
  /** Waits for read models, whichever process keeps them. */
  readonly waitFor: ReadModelWait;
};

const lagGauge = (
  unit: 'events' | 'seconds',
  help: string,
  statuses: () => Promise<readonly ProjectionStatus[]>,
): Gauge => ({
  name: `waybill_projection_lag_${unit}`,
  help,
  labelNames: ['projection'],
  read: async () =>
    (await statuses()).map(({ name, lagEvents, lagSeconds }) => ({
      labels: { projection: name },
      value: unit === 'events' ? lagEvents : lagSeconds,
    })),
});

/** Keeps the read models while this process has the lease, and watches how current they are where this process shows them. */
export const projectionsRole = async ({
  roles,
  readElsewhere,
  leaders,
  store,
  readModels,
  bus,
  runtime,
}: {
  readonly roles: ReadonlySet<Role>;
  /** Whether other processes read the read models. */
  readonly readElsewhere: boolean;
  readonly leaders: Pick<LeaderElection, 'play'>;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  readonly runtime: Runtime;
}): Promise<ProjectionsRole> => {
  const elected = roles.has('projections')
    ? await leaders.play('projections', (fenced) =>
        startProjectionDaemon({
          store,
          readModels: fenced,
          bus,
          projections: allProjections,
          fingerprints: readModelFingerprints(allProjections),
          servesRequests: readElsewhere,
          limits: readElsewhere ? { checkpointEveryMs: CHECKPOINT_FOR_OTHERS_MS } : {},
          ...runtime,
        }),
      )
    : undefined;
  const daemon = (): ProjectionDaemon | undefined => elected?.current();
  const statuses = (): Promise<readonly ProjectionStatus[]> =>
    daemon()?.status() ??
    writtenStatus({ store, readModels, projections: allProjections, clock: runtime.clock });
  const requested = requestedOperations({ readModels, ...runtime });
  const waitForOther = checkpointWait(readModels, allProjections, runtime.clock);
  const waitFor: ReadModelWait = async (names, position, withinMs) => {
    const here = daemon();
    if (here === undefined) return waitForOther(names, position, withinMs);
    const reached = await Promise.all(names.map((name) => here.waitFor(name, position, withinMs)));
    return reached.every(Boolean);
  };
  const check = createReadModelsCheck(store, statuses);
  const isShown = roles.has('edge');
  const kept = async (): Promise<readonly ProjectionStatus[]> => (await daemon()?.status()) ?? [];
  return {
    daemon,
    statuses,
    operations: { perform: (operation) => (daemon() ?? requested).perform(operation) },
    diff: diffsIn(readModels, runtime),
    waitFor,
    health: [
      {
        name: 'projections',
        check: () => (isShown || daemon() !== undefined ? check() : undefined),
        standby: elected?.standby,
      },
    ],
    metrics: [
      ...(elected?.metrics ?? []),
      lagGauge('events', 'Events that a read model has not seen. Estimated while it catches up.', kept),
      lagGauge('seconds', 'The age of the oldest event that a read model has not seen; 0 when none.', kept),
      parkedGauge(() => daemon() !== undefined, {
        'projection-events': () => readModels.count(parkedEvents),
      }),
    ],
    stop: elected === undefined ? [] : [{ name: 'projections', close: elected.stop }],
  };
};
