import type { WorldId } from '../../domain/kernel';
import { WORLD_LINK } from '../../domain/world-link';
import type { Config } from '../../platform/config';
import type { WorldLinkConfig } from './settings';

/**
 * Returns the links of the configuration: one, or none when `WAYBILL_WORLD` is off.
 *
 * @param simulated - the world and the address of the simulator; `address` is undefined if it runs in another process.
 */
export const worldLinksOf = (
  config: Pick<Config, 'world' | 'worldAmazonPort' | 'host' | 'simulationSpeed'>,
  simulated: {
    readonly worldId: bigint;
    readonly address: { readonly host: string; readonly port: number } | undefined;
  },
): readonly WorldLinkConfig[] => {
  const { world, simulationSpeed } = config;
  if (world === 'off') return [];
  if (world === 'simulated') {
    const { host, port } = simulated.address ?? { host: config.host, port: config.worldAmazonPort };
    const worldId = simulated.worldId.toString() as WorldId;
    return [{ name: WORLD_LINK, host, port, worldId, simulationSpeed }];
  }
  const { hostname, port, searchParams } = new URL(world);
  const worldId = (searchParams.get('worldid') ?? undefined) as WorldId | undefined;
  return [{ name: WORLD_LINK, host: hostname, port: Number(port), worldId }];
};
