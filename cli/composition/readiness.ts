import type { CommandClient } from '../../commands/port';
import type { Millis } from '../../domain/kernel';
import type { Readiness } from '../../gateways/edge';
import type { WorldGateway } from '../../gateways/world';
import type { ProjectionRuntime } from '../../projections/runtime';
import { accounts } from '../../projections/accounts';
import type { Engines, Surroundings } from './engines';
import { within } from './within';

type Part = Readiness['parts'][string];

export type ReadinessParts = {
  readonly engines: Engines;
  readonly commands: CommandClient;
  readonly runtime: ProjectionRuntime | undefined;
  readonly worldGateway: WorldGateway | undefined;
};

const PART_WITHIN_MS = 2_000 as Millis;
/** A read model that is further behind than this is not fit to be read from. */
const LAG_SECONDS_MAX = 10;

const ok: Part = { ready: true };

/** What a part says of itself; one that fails to, or takes too long, is not ready, and readiness is told all the same. */
const asked = async (ask: () => Promise<Part>, { clock }: Surroundings): Promise<Part> => {
  try {
    return await within(PART_WITHIN_MS, ask, clock);
  } catch (error) {
    return { ready: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

const answers = (ask: () => Promise<unknown>, surroundings: Surroundings): Promise<Part> =>
  asked(async () => {
    await ask();
    return ok;
  }, surroundings);

/** Whether each of the three engines answers. */
export const enginesParts = async (
  { store, readModels, bus }: Pick<Engines, 'store' | 'readModels' | 'bus'>,
  surroundings: Surroundings,
): Promise<Readiness['parts']> => {
  const [eventStoreAnswers, readModelsAnswer] = await Promise.all([
    answers(() => store.head(), surroundings),
    answers(() => readModels.checkpoint(accounts.collection), surroundings),
  ]);
  return {
    eventStore: eventStoreAnswers,
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

/** What this process waits for, part by part. */
export const readinessOf =
  (parts: ReadinessParts, surroundings: Surroundings) => async (): Promise<Readiness> => {
    const { engines, commands, runtime, worldGateway } = parts;
    const [itsEngines, projections] = await Promise.all([
      enginesParts(engines, surroundings),
      runtime === undefined ? undefined : asked(() => projectionsPart(runtime), surroundings),
    ]);
    const all: Readiness['parts'] = {
      ...itsEngines,
      commands: commands.healthy() ? ok : { ready: false, detail: 'No command server answers.' },
      ...(projections && { projections }),
      ...(worldGateway && { world: worldPart(worldGateway) }),
    };
    return { ready: Object.values(all).every(({ ready }) => ready), parts: all };
  };
