import { customerId as id, placed } from '../../support/domain/orders';
import { itProjects } from '../../support/projections/it-projects';
import { orderCounts, type OrderCount } from './order-counts';

const pieces = placed.data.lines.reduce((sum, { quantity }) => sum + quantity, 0);
const once: OrderCount = { id, placed: 1, pieces };

itProjects(orderCounts, [
  { on: placed, because: 'is the first', touches: [{ id, after: once }] },
  {
    on: placed,
    because: 'is one more',
    touches: [{ id, before: once, after: { id, placed: 2, pieces: 2 * pieces } }],
  },
]);
