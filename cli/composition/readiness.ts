import type { CommandClient } from '../../commands/port';
import type { Millis } from '../../domain/kernel';
import type { Readiness } from '../../gateways/edge';
import type { WorldGateway } from '../../gateways/world';
import type { ProjectionRuntime } from '../../projections/runtime';
import { accounts } from '../../projections/accounts';
import { freeBytes } from '../../platform/data-directory';
import type { Engines, Surroundings } from './engines';
import type { Role } from './roles';
import type { Turns } from './turns';
import { answeredWithin } from './answered-within';

type Part = Readiness['parts'][string];

export type ReadinessParts = {
  readonly engines: Engines;
  readonly commands: CommandClient;
  readonly roles: ReadonlySet<Role>;
  readonly turns: Pick<Turns, 'status'>;
  /** Both tell none while another process plays the role. */
  readonly projections: () => ProjectionRuntime | undefined;
  readonly worldGateway: () => WorldGateway | undefined;
};

const MIB = 1024 * 1024;
/** With less, the next commit may not fit. */
const DISK_BYTES_MIN = 8 * MIB;
const PART_WITHIN_MS = 2_000 as Millis;
/** A read model that is further behind than this is not fit to be read from. */
const LAG_SECONDS_MAX = 10;

const ok: Part = { ready: true };

/** What a part says of itself; one that fails to, or takes too long, is not ready, and readiness is told all the same. */
const asked = async (ask: () => Promise<Part>, { clock }: Surroundings): Promise<Part> => {
  try {
    return await answeredWithin(PART_WITHIN_MS, ask, clock);
  } catch (error) {
    return { ready: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

const answers = (ask: () => Promise<unknown>, surroundings: Surroundings): Promise<Part> =>
  asked(async () => {
    await ask();
    return ok;
  }, surroundings);

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

/** Whether each of the three engines answers, and has room. */
export const enginesParts = async (
  engines: Pick<Engines, 'store' | 'remoteStore' | 'readModels' | 'bus' | 'directory'>,
  surroundings: Surroundings,
): Promise<Readiness['parts']> => {
  const { readModels, bus, directory } = engines;
  const [eventStore, readModelsAnswer, disk] = await Promise.all([
    asked(() => eventStorePart(engines), surroundings),
    answers(() => readModels.checkpoint(accounts.collection), surroundings),
    directory === undefined ? undefined : asked(() => diskPart(directory), surroundings),
  ]);
  return {
    ...(disk && { disk }),
    eventStore,
    readModels: readModelsAnswer,
    bus: bus.healthy()
      ? ok
      : { ready: false, detail: 'NATS (WAYBILL_BUS) cannot be reached; the log says why.' },
  };
};

const projectionsPart = async (runtime: ProjectionRuntime): Promise<Part> => {
  const behind = (await runtime.status()).filter(({ lagSeconds }) => lagSeconds > LAG_SECONDS_MAX);
  if (behind.length === 0) return ok;
  const detail = behind
    .map(({ name, lagSeconds }) => `${name} is ${Math.round(lagSeconds)} s behind`)
    .join(', ');
  return { ready: false, detail };
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
      .map(({ lease, holder }) => [lease, { ready: true, detail: `standby: ${holder ?? 'nobody'} has it` }]),
  );

/** What this process waits for, part by part. */
export const readinessOf =
  (parts: ReadinessParts, surroundings: Surroundings) => async (): Promise<Readiness> => {
    const { engines, commands, roles, turns } = parts;
    const runtime = parts.projections();
    const worldGateway = parts.worldGateway();
    const [itsEngines, projections] = await Promise.all([
      enginesParts(engines, surroundings),
      runtime === undefined ? undefined : asked(() => projectionsPart(runtime), surroundings),
    ]);
    const standby = standbyParts(turns);
    const all: Readiness['parts'] = {
      ...itsEngines,
      commands: commands.healthy() ? ok : { ready: false, detail: 'No command server answers.' },
      ...(projections && { projections }),
      ...(worldGateway && { world: worldPart(worldGateway) }),
      ...standby,
    };
    return {
      ready: Object.values(all).every(({ ready }) => ready),
      // It plays no role but those.
      standby: [...roles].every((role) => role in standby),
      parts: all,
    };
  };
