import type { Numbers } from '../../commands/numbering';
import type { CommandClient } from '../../commands';
import {
  retryLoadingOn,
  startWorldGateway,
  worldReactions,
  type WorldGateway,
  type WorldLinkConfig,
  type WorldLinkStatus,
} from '../../gateways/world';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { HealthPart } from '../../platform/health';
import type { LeaderElection } from '../../platform/leader-election';
import type { ReadModels } from '../../platform/read-models';
import type { Gauge } from '../../platform/telemetry';
import type { LookUps } from '../../projections/look-ups';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import { reactionsContribution, startReactors, type Reactions } from './reactions';

type WorldGatewayOptions = {
  readonly links: readonly WorldLinkConfig[];
  readonly leaders: Pick<LeaderElection, 'play'>;
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly lookUps: Pick<LookUps, 'warehouses' | 'productByNumber'>;
  readonly staysInService: boolean;
  readonly runtime: Runtime;
};

const start = async (
  { links, store, aggregates, numbers, commands, lookUps, runtime }: WorldGatewayOptions,
  readModels: ReadModels,
): Promise<Reactions & { readonly gateway: WorldGateway }> => {
  const { warehouses, productByNumber } = lookUps;
  const reactor = worldReactions({ aggregates, numbers, clock: runtime.clock, links });
  const reactions = await startReactors({
    name: 'world_gateway',
    reactors: [reactor],
    retryOn: retryLoadingOn,
    store,
    readModels,
    runtime,
  });
  const gateway = startWorldGateway({
    links,
    store,
    readModels,
    aggregates,
    numbers,
    commands,
    warehouses,
    productByNumber,
    ...runtime,
  });
  return {
    gateway,
    status: () => reactions.status(),
    stop: async () => {
      await reactions.stop();
      await gateway.close();
    },
  };
};

/** Always ready: an order waits for its World, a shopper need not. */
const connectionHealth = (links: readonly WorldLinkStatus[]): HealthPart => {
  const away = links.filter(({ worldId }) => worldId === undefined);
  return away.length === 0
    ? { ready: true }
    : { ready: true, detail: `not connected: ${away.map(({ link }) => link).join(', ')}` };
};

const linkGauges = (status: () => readonly WorldLinkStatus[]): readonly Gauge[] => {
  const gauge = (name: Gauge['name'], help: string, valueOf: (status: WorldLinkStatus) => number): Gauge => ({
    name,
    help,
    labelNames: ['link'],
    read: () => status().map((link) => ({ labels: { link: link.link }, value: valueOf(link) })),
  });
  return [
    gauge('waybill_world_link_connected', 'Whether a link has its World: 1 or 0.', ({ worldId }) =>
      worldId === undefined ? 0 : 1,
    ),
    gauge(
      'waybill_world_link_unacked',
      'Commands that the World has not acknowledged.',
      ({ unacked }) => unacked,
    ),
    gauge(
      'waybill_world_link_refused',
      'Commands that the World has refused at least five times and that are still sent again.',
      ({ refused }) => refused,
    ),
    gauge(
      'waybill_world_link_open',
      'Commands that the World has not answered for good.',
      ({ open }) => open,
    ),
  ];
};

/** Connects to the World and sends it requests, while this process has the lease. */
export const worldGatewayRole = async (options: WorldGatewayOptions): Promise<Contribution> => {
  const { leaders, store, staysInService, runtime } = options;
  const elected = await leaders.play('world-gateway', (readModels) => start(options, readModels));
  const gateway = (): WorldGateway | undefined => elected.current()?.gateway;
  const reactions = reactionsContribution('world-gateway', elected, {
    store,
    clock: runtime.clock,
    staysInService,
  });
  const health = (): HealthPart | undefined => {
    const links = gateway()?.status();
    return links && connectionHealth(links);
  };
  return {
    health: [...reactions.health, { name: 'world', check: health }],
    metrics: [...reactions.metrics, ...linkGauges(() => gateway()?.status() ?? [])],
    stop: reactions.stop,
  };
};
