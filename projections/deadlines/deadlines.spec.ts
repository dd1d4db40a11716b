import { cancelled, customerId, orderId as id, paid, payBy, placed } from '../../tests/support/orders';
import { itProjects } from '../../tests/support/projections';
import { deadlines } from './index';
import type { Deadline } from './index';

const waiting: Deadline = { id, orderNumber: 1001, customerId, payBy };

itProjects(deadlines, [
  { on: placed, because: 'waits for its payment', touches: [{ id, after: waiting }] },
  { on: paid, because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: cancelled('payment-overdue'), because: 'waits no more', touches: [{ id, before: waiting }] },
  { on: paid, because: 'was paid after it was cancelled', touches: [{ id }] },
]);
