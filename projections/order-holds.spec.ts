import type { AccountId, RefundId, ShipmentId } from '../domain/kernel';
import { at, gbp, orderId as id } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { orderHolds, type HeldOrder } from './order-holds';

const sam = 'sam' as AccountId;
const parcel = 'parcel-1' as ShipmentId;
const held = {
  type: 'OrderHeld',
  data: { orderId: id, reason: 'FRAUD', tooLateFor: [parcel], heldBy: sam, heldAt: at },
} as const;
const heldMore = { ...held, data: { ...held.data, reason: 'ADDRESS', comment: 'No such street.' } } as const;
const released = (goesOn: boolean) =>
  ({
    type: 'OrderHoldReleased',
    data: { orderId: id, reason: 'FRAUD', goesOn, releasedBy: sam, releasedAt: at },
  }) as const;

const fraud = { reason: 'FRAUD', comment: null, tooLateFor: [parcel], heldBy: sam, heldAt: at } as const;
const address = { ...fraud, reason: 'ADDRESS', comment: 'No such street.' } as const;
const order = (...holds: HeldOrder['holds']): HeldOrder => ({ id, heldSince: at, holds });

const refunded = (inFull: boolean) =>
  ({
    type: 'OrderRefunded',
    data: { orderId: id, refundId: 'refund-1' as RefundId, amount: gbp(500), inFull, refundedAt: at },
  }) as const;
const cancelled = {
  type: 'OrderCancelled',
  data: { orderId: id, reason: 'requested-by-customer', cancelledAt: at },
} as const;

itProjects(orderHolds, [
  { on: held, because: 'is held', touches: [{ id, after: order(fraud) }] },
  {
    on: heldMore,
    because: 'is held for another reason',
    touches: [{ id, before: order(fraud), after: order(fraud, address) }],
  },
  {
    on: released(false),
    because: 'is still held',
    touches: [{ id, before: order(fraud, address), after: order(address) }],
  },
  { on: released(true), because: 'goes on', touches: [{ id, before: order(fraud) }] },
  { on: cancelled, because: 'is cancelled', touches: [{ id, before: order(fraud) }] },
  { on: refunded(true), because: 'is refunded in full', touches: [{ id, before: order(fraud) }] },
  {
    on: refunded(false),
    because: 'is refunded in part',
    touches: [{ id, before: order(fraud), after: order(fraud) }],
  },
]);
