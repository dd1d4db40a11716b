import { createExpiry, orderReactors, retryOrdersOn } from '../../commands/reactors';
import {
  createReactionRuntime,
  type Reactor,
  type ReactionRuntime,
  checkpointsIn,
  openParking,
} from '../../platform/reactions';
import { startIntegration, type Integration } from '../../gateways/integration-events';
import {
  carrierReactions,
  type CarrierConfig,
  type Shipments,
  type UpsGateway,
} from '../../gateways/carriers';
import { worldReactions, type WorldGateway, type WorldLinkConfig } from '../../gateways/world';
import type { CommandSide } from './command-side';
import { composeWorldGateway, type GatewayDeps } from './gateways';
import type { Role } from './roles';

/** What reacts to events, running. */
export type Reactions = Pick<ReactionRuntime, 'status' | 'stop'>;

/** What reacts to events in this process; each tells none while another process plays its role. */
export type ReactionsByRole = Readonly<Partial<Record<Role, () => Reactions | undefined>>>;

type Reacting = {
  /** Of its checkpoint. Each party has its own, so that one that is turned on later finds all that it has missed. */
  readonly name: 'orders' | 'world_gateway' | 'ups_gateway';
  readonly workflows: readonly Reactor[];
  readonly retryOn?: readonly string[];
};

const startReactions = async (deps: GatewayDeps, reacting: Reacting): Promise<ReactionRuntime> => {
  const { clock, engines } = deps;
  const { store, readModels } = engines;
  const runtime = createReactionRuntime({
    ...{ ...deps, ...reacting, store },
    checkpoints: checkpointsIn(readModels),
    parking: await openParking(readModels, clock),
  });
  runtime.start();
  return runtime;
};

/** What follows from an order's events, and what other systems are told, where there is somebody to tell. */
export type OrdersSide = Reactions & { readonly integration: Integration | undefined };

/** @param publishes - whether other systems listen on the bus, so that they are told what happened. */
export const startOrders = async (
  deps: GatewayDeps,
  side: CommandSide,
  { publishes }: { readonly publishes: boolean },
): Promise<OrdersSide> => {
  const { engines, lookUps } = deps;
  const workflows = orderReactors({ ...deps, ...side, ...lookUps });
  const runtime = await startReactions(deps, { name: 'orders', workflows, retryOn: retryOrdersOn });
  const expiry = createExpiry({ ...deps, dueOrders: lookUps.dueOrders });
  const integration = publishes
    ? startIntegration({ ...deps, ...engines, checkpoints: checkpointsIn(engines.readModels) })
    : undefined;
  expiry.start();
  return {
    integration,
    status: () => runtime.status(),
    stop: async () => {
      await integration?.stop();
      await expiry.stop();
      await runtime.stop();
    },
  };
};

/** The link to the World: what it is asked, and the line. */
export type WorldSide = Reactions & { readonly gateway: WorldGateway };

export const startWorldSide = async (
  deps: GatewayDeps,
  links: readonly WorldLinkConfig[],
): Promise<WorldSide> => {
  const reactions = await startReactions(deps, {
    name: 'world_gateway',
    workflows: [worldReactions({ ...deps, links })],
  });
  const gateway = composeWorldGateway(links, deps);
  return {
    gateway,
    status: () => reactions.status(),
    stop: async () => {
      await reactions.stop();
      await gateway.close();
    },
  };
};

/** @param told - whom the shop has; `gateway` listens to them whether or not it is this process' turn to tell them things. */
export const startCarrierSide = async (
  deps: GatewayDeps,
  told: {
    readonly carriers: readonly CarrierConfig[];
    readonly shipments: Shipments;
    readonly gateway: UpsGateway;
  },
): Promise<Reactions> => {
  const { gateway, ...rest } = told;
  const reactions = await startReactions(deps, {
    name: 'ups_gateway',
    workflows: [carrierReactions({ ...deps, ...rest })],
  });
  gateway.takeOver();
  return {
    status: () => reactions.status(),
    stop: async () => {
      gateway.standBy();
      await reactions.stop();
    },
  };
};
