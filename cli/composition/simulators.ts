import type { Config } from '../../platform/config';
import { startCarrierSimulator, type CarrierSimulator } from '../../simulators/carrier';
import { startWorldSimulator, type WorldSimulator } from '../../simulators/world';
import type { Surroundings } from './engines';
import { SIMULATED_WORLD } from './gateways';

/** How many trucks the simulated carrier has. */
const TRUCKS = 20;

export const startWorld = async (
  config: Pick<Config, 'host' | 'worldAmazonPort' | 'worldUpsPort' | 'flakiness' | 'simulationSpeed'>,
  directory: string,
  surroundings: Surroundings,
): Promise<WorldSimulator> => {
  const world = await startWorldSimulator({
    directory,
    host: config.host,
    amazonPort: config.worldAmazonPort,
    upsPort: config.worldUpsPort,
    faults: { flakiness: config.flakiness },
    defaultSpeed: config.simulationSpeed,
    ...surroundings,
  });
  await world.ensureWorld(SIMULATED_WORLD);
  return world;
};

export type CarrierPlace = {
  readonly directory: string;
  readonly world: { readonly host: string; readonly port: number };
  readonly secrets: readonly string[];
  /** Of the shop's webhooks; asked anew for each report. */
  readonly shopUrl: () => string;
};

export const startCarrier = (
  config: Pick<Config, 'host' | 'carrierPort' | 'carrierName' | 'carrierDialect'>,
  { directory, world, secrets, shopUrl }: CarrierPlace,
  surroundings: Surroundings,
): Promise<CarrierSimulator> =>
  startCarrierSimulator({
    directory,
    name: config.carrierName,
    host: config.host,
    port: config.carrierPort,
    world: { ...world, worldId: SIMULATED_WORLD },
    shopUrl,
    dialect: config.carrierDialect,
    secrets,
    trucks: TRUCKS,
    ...surroundings,
  });
