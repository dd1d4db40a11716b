import type { CommandClient } from '../../commands/port';
import type { Millis } from '../../domain/kernel';
import type { Readiness } from '../../gateways/graphql';
import type { IntegrationStatus } from '../../gateways/integration-events';
import type { WorldGateway } from '../../gateways/world';
import type { ProjectionDaemon } from '../../platform/projections';
import { accounts } from '../../projections/accounts';
import { singleFlight } from '../../platform/concurrency';
import { freeBytes } from '../../platform/data-directory';
import { waitingSeconds } from '../../platform/event-store';
import type { Engines, Surroundings } from './engines';
import type { Role } from './roles';
import { createReadModelsPart } from './read-models-part';
import type { LeaderElection } from './leader-election';
import type { OrdersSide, Reactions, ReactionsByRole } from './workflows';
import { answeredWithin } from './answered-within';

type Part = Readiness['parts'][string];

export type ReadinessParts = {
  readonly engines: Engines;
  readonly commands: CommandClient;
  readonly roles: ReadonlySet<Role>;
  readonly turns: Pick<LeaderElection, 'status'>;
  /** These tell none while another process plays the role. */
  readonly projections: () => ProjectionDaemon | undefined;
  readonly worldGateway: () => WorldGateway | undefined;
  readonly orders: () => OrdersSide | undefined;
  /** All that reacts to events, by role, `orders` included. */
  readonly reactions: ReactionsByRole;
};

const MIB = 1024 * 1024;
/** With less, the next commit may not fit. */
const DISK_BYTES_MIN = 8 * MIB;
const PART_WITHIN_MS = 2_000 as Millis;
/** Only then is a part asked anew that has not answered at all. */
const ASKED_AGAIN_AFTER_MS = 10_000 as Millis;
/** A workflow or a gateway that lets an event wait for longer is stuck: what can't be done is parked sooner. */
const WAITING_SECONDS_MAX = 60;

const ok: Part = { ready: true };

/** What a part says of itself; one that fails to, or takes too long, is not ready, and readiness is told all the same. */
type Asking = (name: string, ask: () => Promise<Part>) => Promise<Part>;

/** A part that has not answered the last probe is not asked anew: probes must not pile up on an engine that is slow. */
export const createAsking = ({ clock }: Pick<Surroundings, 'clock'>): Asking => {
  const once = singleFlight<Part>();
  return async (name, ask) => {
    try {
      const asking = (): Promise<Part> => once(name, () => answeredWithin(ASKED_AGAIN_AFTER_MS, ask, clock));
      return await answeredWithin(PART_WITHIN_MS, asking, clock);
    } catch (error) {
      return { ready: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
};

/** Reads go on without room, but every command is refused. */
const diskPart = async (directory: string): Promise<Part> =>
  (await freeBytes(directory)) >= DISK_BYTES_MIN
    ? ok
    : {
        ready: false,
        detail: `The disk of WAYBILL_DATA_DIR is full, or nearly: commands may be refused until ${DISK_BYTES_MIN / MIB} MiB are free.`,
      };

/** A server tells that it has no room only when it is given something to keep. */
const eventStorePart = async ({
  store,
  remoteStore,
}: Pick<Engines, 'store' | 'remoteStore'>): Promise<Part> => {
  await store.head();
  const health = remoteStore?.health();
  return health === undefined || health.isUp ? ok : { ready: false, detail: health.reason };
};

const readModelsPart = async ({ readModels }: Pick<Engines, 'readModels'>): Promise<Part> => {
  await readModels.checkpoint(accounts.collection);
  return ok;
};

/** Whether each of the three engines answers, and has room. */
export const enginesParts = async (
  engines: Pick<Engines, 'store' | 'remoteStore' | 'readModels' | 'bus' | 'directory'>,
  asked: Asking,
): Promise<Readiness['parts']> => {
  const { bus, directory } = engines;
  const [eventStore, readModels, disk] = await Promise.all([
    asked('eventStore', () => eventStorePart(engines)),
    asked('readModels', () => readModelsPart(engines)),
    directory === undefined ? undefined : asked('disk', () => diskPart(directory)),
  ]);
  return {
    ...(disk && { disk }),
    eventStore,
    readModels,
    bus: bus.healthy()
      ? ok
      : { ready: false, detail: 'NATS (WAYBILL_BUS) cannot be reached; the log says why.' },
  };
};

/** Where others ask something of the process, it stays in service: an order may wait for a workflow, a shopper need not. */
const waitingPart = (waitedSeconds: number, roles: ReadonlySet<Role>, why?: string): Part => {
  const isLate = waitedSeconds > WAITING_SECONDS_MAX;
  if (!isLate && why === undefined) return ok;
  const isAsked = roles.has('edge') || roles.has('ups-gateway');
  return {
    ready: !isLate || isAsked,
    detail: why ?? `${Math.round(waitedSeconds)} s behind: its oldest event waits for so long`,
  };
};

const reactionsPart = async (
  { position }: ReturnType<Reactions['status']>,
  { engines, roles }: ReadinessParts,
  { clock }: Surroundings,
): Promise<Part> => waitingPart(await waitingSeconds(position, engines.store, clock), roles);

const integrationPart = async (
  { position, waiting, refusal }: IntegrationStatus,
  { engines, roles }: ReadinessParts,
  { clock }: Surroundings,
): Promise<Part> => {
  const waited = await waitingSeconds(position, engines.store, clock);
  const why =
    refusal && `${waiting} messages for other systems wait, for ${Math.round(waited)} s: ${refusal}`;
  return waitingPart(waited, roles, why);
};

/** What reacts to events here, each under its role's name, and what other systems are told. */
const reactionParts = async (
  parts: ReadinessParts,
  asked: Asking,
  surroundings: Surroundings,
): Promise<Readiness['parts']> => {
  const running = Object.entries(parts.reactions).flatMap(([role, running]) => {
    const reactions = running();
    return reactions ? [[role, () => reactionsPart(reactions.status(), parts, surroundings)] as const] : [];
  });
  const integration = parts.orders()?.integration;
  const asking = [
    ...running,
    ...(integration
      ? [['integration', () => integrationPart(integration.status(), parts, surroundings)] as const]
      : []),
  ];
  return Object.fromEntries(
    await Promise.all(asking.map(async ([name, ask]) => [name, await asked(name, ask)] as const)),
  );
};

/** Shown, but it does not take the process out of service: an order waits for its World, a shopper need not. */
const worldPart = (gateway: WorldGateway): Part => {
  const away = gateway.status().filter(({ worldId }) => worldId === undefined);
  return away.length === 0
    ? ok
    : { ready: true, detail: `not connected: ${away.map(({ link }) => link).join(', ')}` };
};

/** Roles that another process plays. This one could take over as long as the engines answer. */
const standbyParts = (turns: ReadinessParts['turns']): Readiness['parts'] =>
  Object.fromEntries(
    turns
      .status()
      .filter(({ state }) => state === 'standby')
      .map(({ lease, holder }) => {
        const by = holder === undefined ? 'no process is known to have it' : `${holder} has it`;
        return [lease, { ready: true, detail: `standby: ${by}` }];
      }),
  );

/** What a process says of the read models that it shows while another process is to keep them. */
const standingBy = (standby: Part, shown: Part): Part =>
  shown.ready ? standby : { ready: false, detail: `${standby.detail}; ${shown.detail}` };

/** What this process waits for, part by part. */
export const readinessOf = (
  parts: ReadinessParts,
  surroundings: Surroundings,
): (() => Promise<Readiness>) => {
  const asked = createAsking(surroundings);
  const { engines, commands, roles, turns } = parts;
  const readModelsPart = createReadModelsPart(engines, parts.projections, surroundings);
  return async () => {
    const worldGateway = parts.worldGateway();
    const needsReadModels = roles.has('edge') || parts.projections() !== undefined;
    const [itsEngines, projections, reactions] = await Promise.all([
      enginesParts(engines, asked),
      needsReadModels ? asked('projections', readModelsPart) : undefined,
      reactionParts(parts, asked, surroundings),
    ]);
    const standby = standbyParts(turns);
    const all: Readiness['parts'] = {
      ...itsEngines,
      commands: commands.healthy() ? ok : { ready: false, detail: 'No command server answers.' },
      ...(projections && { projections }),
      ...reactions,
      ...(worldGateway && { world: worldPart(worldGateway) }),
      ...standby,
      ...(projections &&
        standby['projections'] && { projections: standingBy(standby['projections'], projections) }),
    };
    return {
      ready: Object.values(all).every(({ ready }) => ready),
      // It plays no role but those.
      standby: [...roles].every((role) => role in standby),
      parts: all,
    };
  };
};
