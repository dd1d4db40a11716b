import type { FastifyPluginAsync } from 'fastify';
import type { Numbers } from '../../commands/numbering';
import type { CommandClient } from '../../commands';
import {
  carrierReactions,
  createShipments,
  startUpsGateway,
  type CarrierConfig,
  type UpsGateway,
} from '../../gateways/carriers';
import { WORLD_LINK } from '../../domain/world-link';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { ElectedRole, LeaderElection } from '../../platform/leader-election';
import { openReader } from '../../platform/projections';
import type { ReadModels } from '../../platform/read-models';
import type { Gauge } from '../../platform/telemetry';
import { carrierInbox } from '../../projections/carrier-inbox';
import { carrierMessages } from '../../projections/carrier-messages';
import type { LookUps } from '../../projections/look-ups';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import { countWhere, parkedGauge } from './parked';
import { reactionsContribution, startReactors, type Reactions } from './reactions';

type UpsGatewayOptions = {
  readonly carriers: readonly CarrierConfig[];
  readonly leaders: Pick<LeaderElection, 'play'>;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly lookUps: Pick<LookUps, 'emailOf' | 'productByNumber'>;
  readonly staysInService: boolean;
  readonly runtime: Runtime;
};

/** Plays the half of the role that sends messages to carriers. */
const electSender = (
  { carriers, leaders, store, aggregates, numbers, runtime }: UpsGatewayOptions,
  shipments: ReturnType<typeof createShipments>,
  gateway: UpsGateway,
): Promise<ElectedRole<Reactions>> =>
  leaders.play('ups-gateway', async (readModels) => {
    const reactor = carrierReactions({ carriers, aggregates, numbers, clock: runtime.clock, shipments });
    const reactions = await startReactors({
      name: 'ups_gateway',
      reactors: [reactor],
      store,
      readModels,
      runtime,
    });
    gateway.takeOver();
    return {
      status: () => reactions.status(),
      stop: async () => {
        gateway.standBy();
        await reactions.stop();
      },
    };
  });

const messageGauges = (gateway: UpsGateway): readonly Gauge[] => [
  {
    name: 'waybill_carrier_unacked',
    help: 'Messages that carriers have not acknowledged.',
    labelNames: [],
    read: () => [{ labels: {}, value: gateway.status().unacked }],
  },
  {
    name: 'waybill_carrier_receiving',
    help: "Carriers' messages that are being applied.",
    labelNames: [],
    read: () => [{ labels: {}, value: gateway.status().receiving }],
  },
];

/** Receives messages of carriers in every process of the role, and sends messages to them in the one that has the lease. */
export const upsGatewayRole = async (
  options: UpsGatewayOptions,
): Promise<Contribution & { readonly routes: FastifyPluginAsync }> => {
  const { carriers, store, readModels, aggregates, numbers, commands, lookUps, ...rest } = options;
  const { staysInService, runtime } = rest;
  const { clock } = runtime;
  const { emailOf, productByNumber } = lookUps;
  const shipments = createShipments({ store, readModels, aggregates, clock });
  const gateway = startUpsGateway({
    carriers,
    store,
    readModels,
    aggregates,
    numbers,
    commands,
    shipments,
    emailOf,
    productByNumber,
    worldLink: WORLD_LINK,
    standsBy: true,
    ...runtime,
  });
  const elected = await electSender(options, shipments, gateway).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  const reactions = reactionsContribution('ups-gateway', elected, { store, clock, staysInService });
  const inbox = openReader(readModels, carrierInbox, clock);
  const notices = openReader(readModels, carrierMessages, clock);
  const parked = parkedGauge(() => true, {
    'carrier-reports': () => countWhere((query) => inbox.aggregate(query), { status: 'parked' }),
    'carrier-notices': () => countWhere((query) => notices.aggregate(query), { status: 'alarmed' }),
  });
  return {
    routes: async (app) => {
      await app.register(gateway.routes);
    },
    health: reactions.health,
    metrics: [...reactions.metrics, ...messageGauges(gateway), parked],
    stop: [{ name: 'UPS gateway', close: () => gateway.close() }, ...reactions.stop],
  };
};
