import type { AccountRegistered, SessionOpened } from '../../domain/account';
import type { AfterSalesEvent } from '../../domain/after-sales';
import { epochMsOf, type AccountId, type NotificationId } from '../../domain/kernel';
import { notification, staffDesk, type Notice } from '../../domain/notification';
import {
  order,
  type KnownOrder,
  type OrderCaptureRefused,
  type OrderFulfilled,
  type OrderPaid,
  type OrderRefundRefused,
  type OrderShipped,
} from '../../domain/order';
import type { ShipmentParked } from '../../domain/shipment';
import {
  endpointOf,
  platformOwner,
  webhookEndpoints,
  type WebhookEndpointDisabled,
} from '../../domain/webhook-endpoints';
import { afterSalesSteps, alertSubjects, notifyWithinMs, orderTemplates } from '../../commands/notification';
import type { Clock } from '../../platform/clock';
import type { Aggregates, CommandContext } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import { contextFrom, reactor, requireAccepted, type EventOf, type Reactor } from '../../platform/reactions';

export type QueueDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

type Cause = OrderPaid | OrderShipped | OrderFulfilled | ShipmentParked;
type AfterSalesEscalated = Extract<AfterSalesEvent, { readonly type: 'AfterSalesEscalated' }>;
type NeedsHands = ShipmentParked | OrderRefundRefused | OrderCaptureRefused | AfterSalesEscalated;
type Answer = Extract<AfterSalesEvent, { readonly type: keyof typeof afterSalesSteps }>;

/** The beginning of the actor of what people do themselves. */
const CUSTOMER = 'customer:';

/** Tests whether an event is so old that its notification would surprise. */
export const isOld = ({ recordedAt }: Pick<EventOf<Cause>, 'recordedAt'>, clock: Clock): boolean =>
  epochMsOf(clock.now()) - epochMsOf(recordedAt) > notifyWithinMs;

/** Returns the notice to a customer about an order. */
const orderNotice = (
  event: EventOf<Cause>,
  { number, shipping, tax }: Pick<KnownOrder, 'number' | 'shipping' | 'tax'>,
): Notice => {
  const about = { orderId: event.data.orderId, orderNumber: number };
  return event.type === 'OrderPaid'
    ? {
        template: orderTemplates[event.type],
        ...about,
        paid: event.data.paid,
        ...(event.data.authorisedUntil !== undefined && { isHeld: true }),
        shipping: shipping?.charge,
        taxes: tax?.entries.map((entry) => ({ rateHundredths: entry.rateHundredths, tax: entry.tax })),
      }
    : { template: orderTemplates[event.type], ...about };
};

type Queued = { readonly accountId: AccountId; readonly notice: Notice };

/** Stores a notification of an event. @param id - default: of the event, so it has one. */
export const queueIn =
  ({ aggregates, clock }: QueueDeps) =>
  async (context: CommandContext, { accountId, notice }: Queued, id = context.commandId): Promise<void> => {
    const notificationId = id as NotificationId;
    const command = {
      type: 'QueueNotification',
      notificationId,
      accountId,
      notice,
      at: clock.now(),
    } as const;
    const notifications = aggregates.of(notification);
    requireAccepted(await notifications.execute(notificationId, command, context, { assumeNew: true }));
  };

/** The reactor that queues alerts for staff. */
export const queueAlerts = (deps: QueueDeps): Reactor => {
  const { aggregates, clock } = deps;
  const queue = queueIn(deps);
  const alert = async (event: EventOf<NeedsHands>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { orderId } = event.data;
    const state = await aggregates.of(order).load(orderId);
    if (state.progress === 'NONE') return;
    const about = alertSubjects[event.type];
    const notice = { template: 'alert', about, orderId, orderNumber: state.number } as const;
    await queue(contextFrom(event, 'alert'), { accountId: staffDesk, notice });
  };
  return reactor<NeedsHands>('alerts', {
    ShipmentParked: alert,
    OrderRefundRefused: alert,
    OrderCaptureRefused: alert,
    AfterSalesEscalated: alert,
  });
};

/** The reactor that queues the notifications of customers. An event queues one, even if it is handled again. */
export const queueNotices = (deps: QueueDeps): Reactor => {
  const { aggregates, clock } = deps;
  const store = queueIn(deps);
  const queue = (
    event: EventOf<Cause | Answer | AccountRegistered | SessionOpened | WebhookEndpointDisabled>,
    queued: Queued,
  ): Promise<void> =>
    // A shipment that is parked again after a retry is the same delay to its customer.
    event.type === 'ShipmentParked'
      ? store(contextFrom(event, 'notify'), queued, commandId(event.data.shipmentId, 'delayed'))
      : store(contextFrom(event, 'notify'), queued);

  const ofOrder = async (event: EventOf<Cause>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { orderId } = event.data;
    const state = await aggregates.of(order).load(orderId);
    // The customers of imported orders bought elsewhere, long ago.
    if (state.progress === 'NONE' || state.sale !== undefined) return;
    const notice = orderNotice(event, state);
    await queue(event, { accountId: state.customerId, notice });
  };

  const ofRequest = async (event: EventOf<Answer>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { orderId } = event.data;
    const state = await aggregates.of(order).load(orderId);
    if (state.progress === 'NONE') return;
    const notice = { template: 'after-sales', orderId, orderNumber: state.number } as const;
    const step = afterSalesSteps[event.type];
    await queue(event, { accountId: state.customerId, notice: { ...notice, step } });
  };

  const ofAccount = async (event: EventOf<AccountRegistered>): Promise<void> => {
    // An account that an operator or an import has made belongs to a person who knows nothing of it yet.
    if (isOld(event, clock) || !event.metadata.actor.startsWith(CUSTOMER)) return;
    await queue(event, { accountId: event.data.accountId, notice: { template: 'verify-email' } });
  };

  const ofSession = async (event: EventOf<SessionOpened>): Promise<void> => {
    const { accountId, isNewDevice, openedAt: loggedInAt } = event.data;
    if (isOld(event, clock) || isNewDevice !== true) return;
    await queue(event, { accountId, notice: { template: 'new-device', loggedInAt } });
  };

  const ofEndpoint = async (event: EventOf<WebhookEndpointDisabled>): Promise<void> => {
    const { ownerId, endpointId, because } = event.data;
    if (isOld(event, clock) || because === 'owner') return;
    const endpoint = endpointOf(await aggregates.of(webhookEndpoints).load(ownerId), endpointId);
    const isOfPlatform = ownerId === platformOwner;
    const accountId = isOfPlatform ? endpoint?.addedBy : ownerId;
    // It was removed meanwhile, or the system itself added it.
    if (endpoint === undefined || accountId === undefined) return;
    const { host } = new URL(endpoint.url);
    const notice = { template: 'webhook-disabled', endpointId, host, because, isOfPlatform } as const;
    await queue(event, { accountId, notice });
  };

  return reactor<Cause | Answer | AccountRegistered | SessionOpened | WebhookEndpointDisabled>('notices', {
    WebhookEndpointDisabled: ofEndpoint,
    OrderPaid: ofOrder,
    OrderShipped: ofOrder,
    OrderFulfilled: ofOrder,
    ShipmentParked: ofOrder,
    AfterSalesApproved: ofRequest,
    AfterSalesRefused: ofRequest,
    AfterSalesRefunded: ofRequest,
    AfterSalesReplacementSent: ofRequest,
    AfterSalesClosed: ofRequest,
    AccountRegistered: ofAccount,
    SessionOpened: ofSession,
  });
};
