import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { hostPort, type Place } from '../../platform/listen';
import { startCarrierSimulator } from '../../simulators/carrier';
import { startWorldSimulator, type WorldSimulator } from '../../simulators/world';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import type { Role } from './role-names';

/** The world that the simulators of one platform share. */
export const SIMULATED_WORLD = 1n;

/** The number of trucks of the simulated carrier. */
const TRUCKS = 20;

/** @param directory - where the World keeps its state; owned by this process. */
export const worldSimulatorRole = async ({
  directory,
  config,
  runtime,
}: {
  readonly directory: string;
  readonly config: Pick<
    Config,
    'host' | 'worldAmazonPort' | 'worldUpsPort' | 'flakiness' | 'simulationSpeed'
  >;
  readonly runtime: Runtime;
}): Promise<Contribution & { readonly world: WorldSimulator }> => {
  const world = await startWorldSimulator({
    directory,
    host: config.host,
    amazonPort: config.worldAmazonPort,
    upsPort: config.worldUpsPort,
    faults: { flakiness: config.flakiness },
    defaultSpeed: config.simulationSpeed,
    ...runtime,
  });
  await world.ensureWorld(SIMULATED_WORLD);
  return {
    world,
    stop: [{ name: 'World simulator', close: () => world.close() }],
  };
};

/**
 * Returns where the carrier simulator sends its webhooks. The URL is read for each of them, because the port is known only once
 * the server listens.
 *
 * @param served - the URL of this process once it listens.
 * @throws Fault `CONFIG_INVALID` where no process is known that receives them.
 */
export const webhookUrlOf = (
  config: Pick<Config, 'shopUrl' | 'host' | 'httpPort'>,
  roles: ReadonlySet<Role>,
  served: () => string | undefined,
): (() => string) => {
  const { shopUrl, host, httpPort: port } = config;
  if (shopUrl !== undefined) return () => shopUrl.replace(/\/$/, '');
  if (roles.has('ups-gateway')) return () => served() ?? `http://${hostPort({ host, port })}`;
  throw new Fault(
    'CONFIG_INVALID',
    'The carrier simulator reports to a process with the role ups-gateway: WAYBILL_SHOP_URL names it (or set WAYBILL_CARRIER=off).',
  );
};

/**
 * @param directory - where the carrier keeps its state; owned by this process.
 * @param world - where the World listens for carriers.
 * @param webhookUrl - of the shop; see `webhookUrlOf`.
 */
export const carrierSimulatorRole = async ({
  directory,
  world,
  secrets,
  webhookUrl,
  config,
  runtime,
}: {
  readonly directory: string;
  readonly world: Place;
  readonly secrets: readonly string[];
  readonly webhookUrl: () => string;
  readonly config: Pick<Config, 'host' | 'carrierPort' | 'carrierName' | 'carrierDialect'>;
  readonly runtime: Runtime;
}): Promise<Contribution & { readonly address: string }> => {
  const { host, carrierPort, carrierName: name, carrierDialect: dialect } = config;
  const carrier = await startCarrierSimulator({
    directory,
    name,
    host,
    port: carrierPort,
    world: { ...world, worldId: SIMULATED_WORLD },
    shopUrl: webhookUrl,
    dialect,
    secrets,
    trucks: TRUCKS,
    ...runtime,
  });
  return {
    address: hostPort({ host, port: carrier.port }),
    stop: [{ name: 'carrier simulator', close: () => carrier.close() }],
  };
};
