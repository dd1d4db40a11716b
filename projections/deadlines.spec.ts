import { cancelled, customerId, orderId as id, paid, payBy, placed } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import type { AccountId, SerialNumber } from '../domain/kernel';
import type { OrderHoldReleased } from '../domain/order';
import { deadlines } from './deadlines';
import type { Deadline } from './deadlines';

const sam = 'sam' as AccountId;
const held = {
  type: 'OrderHeld',
  data: { orderId: id, reason: 'FRAUD', tooLateFor: [], heldBy: sam, heldAt: payBy },
} as const;
const released = (unpaid: OrderHoldReleased['data']['unpaid']) =>
  ({
    type: 'OrderHoldReleased',
    data: { orderId: id, reason: 'FRAUD', goesOn: true, unpaid, releasedBy: sam, releasedAt: payBy },
  }) as const;
const waiting: Deadline = { id, orderNumber: 1001, customerId, payBy };

itProjects(deadlines, [
  { on: placed, because: 'waits for its payment', touches: [{ id, after: waiting }] },
  { on: paid, because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: cancelled('payment-overdue'), because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: held, because: 'is held', touches: [{ id, before: waiting }] },
  {
    on: released({ number: 1001 as SerialNumber, customerId, payBy }),
    because: 'waits for its payment again',
    touches: [{ id, after: waiting }],
  },
  { on: released(undefined), because: 'is paid, or is still held', touches: [{ id }] },
  { on: paid, because: 'was paid after it was cancelled', touches: [{ id }] },
]);
