import { accept, epochMsOf, later, reject } from '../kernel';
import type { Instant, Millis } from '../kernel';
import type { HoldOrder, ReleaseOrder } from './commands';
import { acceptAndRelease, wrongStatus } from './decision';
import type { OrderDecision } from './decision';
import { mayBeGone } from './state';
import type { KnownOrder } from './state';
import { isCalledOff } from './status';

export const holdOrder = ({ reason, comment, by, at }: HoldOrder, order: KnownOrder): OrderDecision => {
  const { orderId, progress, holds, parts } = order;
  if (holds.includes(reason)) return accept();
  // Nothing of a delivered or cancelled order can be stopped.
  if (progress === 'FULFILLED' || progress === 'COMPLETED' || isCalledOff(order)) return wrongStatus(order);
  const gone = parts.filter(mayBeGone);
  // Parts that may be on a truck are not stopped, and there are no others.
  if (parts.length > 0 && gone.length === parts.length)
    return reject({ code: 'ORDER_ALREADY_SHIPPED', orderId });
  const tooLateFor = gone.map(({ shipmentId }) => shipmentId);
  return accept({
    type: 'OrderHeld',
    data: { orderId, reason, comment, tooLateFor, heldBy: by, heldAt: at },
  });
};

/** Returns the time to pay by after a hold: the customer gets back the time for which the order was held. */
const extended = ({ payBy, heldSince }: KnownOrder, now: Instant): Instant =>
  heldSince === undefined
    ? payBy
    : later(payBy, Math.max(0, epochMsOf(now) - epochMsOf(heldSince)) as Millis);

export const releaseOrder = ({ reason, by, at }: ReleaseOrder, order: KnownOrder): OrderDecision => {
  const { orderId, number, customerId, holds } = order;
  if (!holds.includes(reason)) return accept();
  const goesOn = holds.length === 1;
  const unpaid =
    goesOn && order.progress === 'PLACED' ? { number, customerId, payBy: extended(order, at) } : undefined;
  const data = { orderId, reason, goesOn, unpaid, releasedBy: by, releasedAt: at };
  const released = { type: 'OrderHoldReleased', data } as const;
  return isCalledOff(order) ? accept(released) : acceptAndRelease(order, released, at);
};
