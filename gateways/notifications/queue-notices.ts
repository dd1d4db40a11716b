import type { AccountRegistered } from '../../domain/account';
import { epochMsOf, type AccountId, type NotificationId } from '../../domain/kernel';
import { notification, type Notice } from '../../domain/notification';
import { order, type OrderFulfilled, type OrderPaid, type OrderShipped } from '../../domain/order';
import type { ShipmentParked } from '../../domain/shipment';
import { notifyWithinMs, orderTemplates } from '../../commands/notification';
import type { Clock } from '../../platform/clock';
import type { Aggregates } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import { contextFrom, reactor, requireAccepted, type EventOf, type Reactor } from '../../platform/reactions';

export type QueueDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

type Cause = OrderPaid | OrderShipped | OrderFulfilled | ShipmentParked;

/** The beginning of the actor of what people do themselves. */
const CUSTOMER = 'customer:';

/** Tests whether an event is so old that its notification would surprise. */
const isOld = ({ recordedAt }: Pick<EventOf<Cause>, 'recordedAt'>, clock: Clock): boolean =>
  epochMsOf(clock.now()) - epochMsOf(recordedAt) > notifyWithinMs;

/** The reactor that queues the notifications of customers. An event queues one, even if it is handled again. */
export const queueNotices = ({ aggregates, clock }: QueueDeps): Reactor => {
  const queue = async (
    event: EventOf<Cause | AccountRegistered>,
    { accountId, notice }: { readonly accountId: AccountId; readonly notice: Notice },
  ): Promise<void> => {
    const context = contextFrom(event, 'notify');
    // A shipment that is parked again after a retry is the same delay to its customer.
    const id =
      event.type === 'ShipmentParked' ? commandId(event.data.shipmentId, 'delayed') : context.commandId;
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

  const ofOrder = async (event: EventOf<Cause>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { orderId } = event.data;
    const state = await aggregates.of(order).load(orderId);
    // The customers of imported orders bought elsewhere, long ago.
    if (state.progress === 'NONE' || state.sale !== undefined) return;
    const about = { orderId, orderNumber: state.number };
    const notice: Notice =
      event.type === 'OrderPaid'
        ? { template: orderTemplates[event.type], ...about, paid: event.data.paid }
        : { template: orderTemplates[event.type], ...about };
    await queue(event, { accountId: state.customerId, notice });
  };

  const ofAccount = async (event: EventOf<AccountRegistered>): Promise<void> => {
    // An account that an operator or an import has made belongs to a person who knows nothing of it yet.
    if (isOld(event, clock) || !event.metadata.actor.startsWith(CUSTOMER)) return;
    await queue(event, { accountId: event.data.accountId, notice: { template: 'verify-email' } });
  };

  return reactor<Cause | AccountRegistered>('notices', {
    OrderPaid: ofOrder,
    OrderShipped: ofOrder,
    OrderFulfilled: ofOrder,
    ShipmentParked: ofOrder,
    AccountRegistered: ofAccount,
  });
};
