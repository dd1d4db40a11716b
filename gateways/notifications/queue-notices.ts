import { epochMsOf, type NotificationId } from '../../domain/kernel';
import { notification, type Notice } from '../../domain/notification';
import { order, type OrderFulfilled, type OrderPaid, type OrderShipped } from '../../domain/order';
import { notifyWithinMs, orderTemplates } from '../../commands/notification';
import type { Clock } from '../../platform/clock';
import type { Aggregates } from '../../platform/execution';
import { contextFrom, reactor, requireAccepted, type EventOf, type Reactor } from '../../platform/reactions';

export type QueueDeps = { readonly aggregates: Aggregates; readonly clock: Clock };

type Cause = OrderPaid | OrderShipped | OrderFulfilled;

/** Tests whether an event is so old that its notification would surprise. */
const isOld = ({ recordedAt }: EventOf<Cause>, clock: Clock): boolean =>
  epochMsOf(clock.now()) - epochMsOf(recordedAt) > notifyWithinMs;

/** The reactor that queues the notifications of customers. An event queues one, even if it is handled again. */
export const queueNotices = ({ aggregates, clock }: QueueDeps): Reactor => {
  const queue = async (event: EventOf<Cause>): Promise<void> => {
    if (isOld(event, clock)) return;
    const { orderId } = event.data;
    const state = await aggregates.of(order).load(orderId);
    // The customers of imported orders bought elsewhere, long ago.
    if (state.progress === 'NONE' || state.sale !== undefined) return;
    const ofOrder = { orderId, orderNumber: state.number };
    const notice: Notice =
      event.type === 'OrderPaid'
        ? { template: orderTemplates[event.type], ...ofOrder, paid: event.data.paid }
        : { template: orderTemplates[event.type], ...ofOrder };
    const context = contextFrom(event, 'notify');
    const notificationId = context.commandId as NotificationId;
    const command = {
      type: 'QueueNotification',
      notificationId,
      accountId: state.customerId,
      notice,
      at: clock.now(),
    } as const;
    requireAccepted(
      await aggregates.of(notification).execute(notificationId, command, context, { assumeNew: true }),
    );
  };
  return reactor<Cause>('notices', { OrderPaid: queue, OrderShipped: queue, OrderFulfilled: queue });
};
