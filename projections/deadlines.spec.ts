import { cancelled, customerId, orderId as id, paid, payBy, placed } from '../tests/support/domain/orders';
import { itProjects } from '../tests/support/projections/it-projects';
import { deadlines } from './deadlines';
import type { Deadline } from './deadlines';

const waiting: Deadline = { id, orderNumber: 1001, customerId, payBy };

itProjects(deadlines, [
  { on: placed, because: 'waits for its payment', touches: [{ id, after: waiting }] },
  { on: paid, because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: cancelled('payment-overdue'), because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: paid, because: 'was paid after it was cancelled', touches: [{ id }] },
]);
