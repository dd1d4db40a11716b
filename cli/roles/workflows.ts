import type { Registry } from 'prom-client';
import type { ErasureDeps } from '../../commands/account';
import type { Numbers } from '../../commands/numbering';
import type { Payments } from '../../commands/payment';
import {
  createExpiry,
  orderReactors,
  removeUnusedPictures,
  retryOrdersOn,
  startPaymentPolls,
} from '../../commands/reactors';
import {
  startIntegration,
  type Integration,
  type IntegrationStatus,
} from '../../gateways/integration-events';
import { webhookDeliveries } from '../../gateways/webhooks';
import { reportAbandonedMessages, type Bus } from '../../platform/bus';
import { waitingSeconds, type EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { FileStore } from '../../platform/files';
import type { LeaderElection } from '../../platform/leader-election';
import { checkpointsIn, parkedReactions } from '../../platform/reactions';
import type { ReadModels } from '../../platform/read-models';
import type { Gauge } from '../../platform/telemetry';
import { openReader } from '../../platform/projections';
import { notifications } from '../../projections/notifications';
import type { LookUps } from '../../projections/look-ups';
import type { Runtime } from '../program/runtime';
import type { Contribution } from './contribution';
import { startInvoices, type InvoiceSettings } from './invoices';
import { startNotifications, type NotificationSettings } from './notifications';
import { countWhere, parkedGauge } from './parked';
import {
  followerHealth,
  reactionsContribution,
  startReactors,
  type FollowerContext,
  type Reactions,
} from './reactions';
import { startWebhookReactors } from './webhooks';
import { restingOrderGauges } from './resting-orders';

/** The reactors of orders, and the integration events where other systems receive them. */
type Workflows = Reactions & { readonly integration: Integration | undefined };

type WorkflowsOptions = {
  readonly leaders: Pick<LeaderElection, 'play'>;
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  /** Whether other systems receive integration events from the bus. */
  readonly publishes: boolean;
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly payments: Payments;
  readonly erasing: Pick<ErasureDeps, 'people' | 'personKeys'>;
  readonly lookUps: Pick<
    LookUps,
    | 'warehouses'
    | 'dueOrders'
    | 'dueAfterSales'
    | 'dueProductPrices'
    | 'dueNotifications'
    | 'duePictures'
    | 'waitingPayments'
  >;
  readonly invoices: InvoiceSettings;
  readonly files: FileStore;
  readonly notifications: NotificationSettings;
  readonly staysInService: boolean;
  readonly metrics: Registry;
  readonly runtime: Runtime;
};

const startWorkflows = async (
  { store, bus, publishes, aggregates, numbers, payments, ...rest }: WorkflowsOptions,
  readModels: ReadModels,
): Promise<Workflows> => {
  const { lookUps, erasing, files, runtime, notifications: settings } = rest;
  const { warehouses, dueNotifications, duePictures, waitingPayments, ...due } = lookUps;
  const reactors = orderReactors({
    ...runtime,
    ...erasing,
    aggregates,
    numbers,
    ...payments,
    warehouses,
  });
  const reactions = await startReactors({
    name: 'orders',
    reactors,
    retryOn: retryOrdersOn,
    store,
    readModels,
    runtime,
  });
  const invoices = await startInvoices({ ...rest.invoices, store, aggregates, runtime }, readModels);
  const notifications = await startNotifications(
    { ...settings, store, aggregates, runtime, dueNotifications },
    readModels,
  );
  const webhooks = await startWebhookReactors(
    { config: settings.config, store, aggregates, runtime },
    readModels,
  );
  const expiry = createExpiry({ ...runtime, ...due, ...payments, aggregates });
  const polls = startPaymentPolls({ ...runtime, ...payments, aggregates, waitingPayments });
  const unusedPictures = removeUnusedPictures({ ...runtime, aggregates, files, duePictures });
  const integration = publishes
    ? startIntegration({ ...runtime, store, bus, checkpoints: checkpointsIn(readModels) })
    : undefined;
  expiry.start();
  return {
    integration,
    status: () => reactions.status(),
    stop: async () => {
      await integration?.stop();
      await unusedPictures.stop();
      await polls.stop();
      await expiry.stop();
      await webhooks.stop();
      await notifications.stop();
      await invoices.stop();
      await reactions.stop();
    },
  };
};

const integrationGauges = (
  status: () => IntegrationStatus | undefined,
  { store, clock }: Pick<FollowerContext, 'store' | 'clock'>,
): readonly Gauge[] => {
  const reading = async (valueOf: (status: IntegrationStatus) => number | Promise<number>) => {
    const found = status();
    return found === undefined ? [] : [{ labels: {}, value: await valueOf(found) }];
  };
  return [
    {
      name: 'waybill_integration_messages_waiting',
      help: 'Messages for other systems that NATS has not taken yet.',
      labelNames: [],
      read: () => reading(({ waiting }) => waiting),
    },
    {
      name: 'waybill_integration_lag_seconds',
      help: 'The age of the oldest event that is not published to NATS yet; 0 if none waits.',
      labelNames: [],
      read: () => reading(({ position }) => waitingSeconds(position, store, clock)),
    },
  ];
};

/** Returns the health of the publishing of integration events. A refusal of NATS is shown at once. */
export const integrationHealth = (
  { position, waiting, refusal }: IntegrationStatus,
  context: FollowerContext,
) =>
  followerHealth(position, context, (waited) =>
    refusal === undefined
      ? undefined
      : `${waiting} messages for other systems wait, for ${Math.round(waited)} s: ${refusal}`,
  );

/** Runs the reactors that move orders and those that notify customers, decides by the clock, and publishes integration events, while this process has the lease. */
export const workflowsRole = async (options: WorkflowsOptions): Promise<Contribution> => {
  const { leaders, store, readModels, bus, staysInService, metrics, runtime } = options;
  const { clock, logger } = runtime;
  const elected = await leaders.play('workflows', (fenced) => startWorkflows(options, fenced));
  const isHere = (): boolean => elected.current() !== undefined;
  await reportAbandonedMessages(bus, isHere, { metrics, logger });
  const context = { store, clock, staysInService };
  const reactions = reactionsContribution('workflows', elected, context);
  const integration = (): IntegrationStatus | undefined => elected.current()?.integration?.status();
  const sent = openReader(readModels, notifications, clock);
  const countParked = (retry: string) => () =>
    countWhere((query) => readModels.aggregate(parkedReactions, query), { retry });
  return {
    health: [
      ...reactions.health,
      {
        name: 'integration',
        check: () => {
          const status = integration();
          return status && integrationHealth(status, context);
        },
      },
    ],
    metrics: [
      ...reactions.metrics,
      parkedGauge(isHere, {
        reactions: countParked('by-hand'),
        'reactions-waiting': countParked('by-itself'),
        notifications: () => countWhere((query) => sent.aggregate(query), { status: 'parked' }),
        'webhooks-failed': () =>
          countWhere((query) => readModels.aggregate(webhookDeliveries, query), { status: 'failed' }),
      }),
      ...restingOrderGauges(readModels, clock, isHere),
      ...integrationGauges(integration, context),
    ],
    stop: reactions.stop,
  };
};
