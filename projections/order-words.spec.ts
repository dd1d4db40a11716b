import { lines, orderId, placed } from '../tests/support/domain/orders';
import { event } from '../tests/support/domain/shipments';
import { itProjects } from '../tests/support/projections/it-projects';
import { orderWords } from './order-words';

const sku = lines[0]!.sku;
const here = { id: orderId, words: `1001 ${sku}` };
const sent = { id: orderId, words: `1001 ${sku} 1Z999` };
const imported = {
  ...placed,
  data: {
    ...placed.data,
    lines: [lines[0]!, lines[0]!, { ...lines[0]!, sku: 'LAMP-01' }],
    sale: { source: 'old-shop', reference: '536365' },
  },
};

itProjects(orderWords, [
  { on: placed, because: 'has a number and products', touches: [{ id: orderId, after: here }] },
  {
    on: imported,
    because: 'has a name in a list, and names each product once',
    touches: [{ id: orderId, after: { id: orderId, words: `1001 536365 ${sku} LAMP-01` } }],
  },
  {
    on: event.tracking('1Z999'),
    because: 'is on its way',
    touches: [{ id: orderId, before: here, after: sent }],
  },
  {
    on: event.tracking('1Z999'),
    because: 'has that number already',
    touches: [{ id: orderId, before: sent, after: sent }],
  },
  { on: event.tracking('1Z999'), because: 'was never placed', touches: [{ id: orderId }] },
]);
