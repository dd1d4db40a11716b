import { z } from 'zod';
import type { AccountId, OrderId, ShipmentId } from '../domain/kernel';
import {
  holdReasons,
  type OrderCancelled,
  type OrderHeld,
  type OrderHoldReleased,
  type OrderRefunded,
} from '../domain/order';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, uuid } from './fields';

export const OrderHold = z
  .strictObject({
    reason: z.enum(holdReasons).describe('The reason.'),
    comment: z.string().nullable().describe('The comment for other staff; null where there is none.'),
    tooLateFor: z
      .array(uuid<ShipmentId>().describe('A shipment.'))
      .describe('The shipments that were perhaps on a truck already. The hold does not stop them.'),
    heldBy: uuid<AccountId>().describe('The account that holds the order.'),
    heldAt: instant.describe('The time since when the order is held for this reason.'),
  })
  .describe('A reason why staff hold an order.');
export type OrderHold = DocumentOf<typeof OrderHold>;

export const HeldOrder = z
  .strictObject({
    id: uuid<OrderId>().describe('The order.'),
    heldSince: instant.describe('The time since when it is held.'),
    holds: z.array(OrderHold).describe('The holds, the oldest first; at least one.'),
  })
  .describe('An order that staff hold. For staff only.');
export type HeldOrder = DocumentOf<typeof HeldOrder>;

type Event = OrderHeld | OrderHoldReleased | OrderCancelled | OrderRefunded;

/**
 * Apart from `order_details`, which customers read. An order that is not held has no document, nor has one that was
 * cancelled or refunded in full: a hold has nothing left to stop.
 */
export const orderHolds = readModel<HeldOrder, Event>('order_holds', {
  question: 'Which orders are held, since when and why?',
  version: 2,
  document: HeldOrder,
  indexes: { by_held_since: ['heldSince'] },
  key: ({ data }) => data.orderId,
  on: {
    OrderHeld: (found, { data: { orderId: id, reason, comment = null, tooLateFor, heldBy, heldAt } }) => ({
      id,
      heldSince: found?.heldSince ?? heldAt,
      holds: [...(found?.holds ?? []), { reason, comment, tooLateFor: [...tooLateFor], heldBy, heldAt }],
    }),
    OrderHoldReleased: (found, { data: { reason, goesOn } }) =>
      found && !goesOn
        ? { ...found, holds: found.holds.filter((hold) => hold.reason !== reason) }
        : undefined,
    OrderCancelled: () => undefined,
    OrderRefunded: (found, { data: { inFull } }) => (inFull ? undefined : found),
  },
});
