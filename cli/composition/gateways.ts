import type { Aggregates } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import type { CommandClient } from '../../commands/port';
import type { WorldId } from '../../domain/kernel';
import {
  createShipments,
  startUpsGateway,
  type CarrierConfig,
  type Shipments,
  type UpsGateway,
} from '../../gateways/carriers';
import { startWorldGateway, type WorldGateway, type WorldLinkConfig } from '../../gateways/world';
import type { Config } from '../../platform/config';
import type { Engines, Surroundings } from './engines';
import type { LookUps } from './read-side';

/** The one link of a platform that has one World. */
export const WORLD_LINK = 'world';
/** The world that the simulators of one platform share. */
export const SIMULATED_WORLD = 1n;

export type GatewayDeps = Surroundings & {
  readonly engines: Engines;
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly lookUps: LookUps;
};

/** @param simulated - where the World simulator of this process listens; undefined when it is not here. */
export const worldLinksOf = (
  config: Pick<Config, 'world' | 'worldAmazonPort' | 'host' | 'simulationSpeed'>,
  simulated: { readonly host: string; readonly port: number } | undefined,
): readonly WorldLinkConfig[] => {
  if (config.world === 'off') return [];
  if (config.world === 'simulated') {
    const { host, port } = simulated ?? { host: config.host, port: config.worldAmazonPort };
    const worldId = SIMULATED_WORLD.toString() as WorldId;
    return [{ name: WORLD_LINK, host, port, worldId, simulationSpeed: config.simulationSpeed }];
  }
  const { hostname, port, searchParams } = new URL(config.world);
  const worldId = searchParams.get('worldid') as WorldId | null;
  return [{ name: WORLD_LINK, host: hostname, port: Number(port), ...(worldId === null ? {} : { worldId }) }];
};

export const composeWorldGateway = (links: readonly WorldLinkConfig[], deps: GatewayDeps): WorldGateway => {
  const { engines, lookUps, ...rest } = deps;
  return startWorldGateway({ ...rest, ...engines, ...lookUps, links });
};

export const composeShipments = ({ engines, aggregates, clock }: GatewayDeps): Shipments =>
  createShipments({ store: engines.store, readModels: engines.readModels, aggregates, clock });

/** It listens to carriers, and tells them nothing until it is its turn. */
export const composeUpsGateway = (
  carriers: readonly CarrierConfig[],
  shipments: Shipments,
  deps: GatewayDeps,
): UpsGateway => {
  const { engines, lookUps, ...rest } = deps;
  const ours = { carriers, shipments, worldLink: WORLD_LINK, standsBy: true };
  return startUpsGateway({ ...rest, ...engines, ...lookUps, ...ours });
};
