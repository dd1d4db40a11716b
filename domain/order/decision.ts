import { accept, reject } from '../kernel';
import type { Decision, Instant } from '../kernel';
import type { OrderRejection } from './commands';
import type { OrderEvent } from './events';
import { releasesOf } from './parts';
import { evolve } from './state';
import type { KnownOrder } from './state';
import { statusOf } from './status';

export type OrderDecision = Decision<OrderEvent, OrderRejection>;

export const wrongStatus = (order: KnownOrder): OrderDecision =>
  reject({ code: 'ORDER_WRONG_STATUS', orderId: order.orderId, status: statusOf(order) });

/** Accepts `event` and the release of every part that it makes ready. */
export const acceptAndRelease = (order: KnownOrder, event: OrderEvent, at: Instant): OrderDecision => {
  const after = evolve(order, event);
  return accept(event, ...(after.progress === 'NONE' ? [] : releasesOf(after, at)));
};
