import type { Instant, ProductId, SerialNumber } from '../domain/kernel';
import { gbp } from '../tests/support/domain/order-vocabulary';
import { itProjects, recorded } from '../tests/support/projections/it-projects';
import { priceHistory } from './price-history';

const productId = 'mug' as ProductId;
const since = '2026-11-02T09:00:00.000Z' as Instant;
const registered = {
  type: 'ProductRegistered',
  data: {
    ...{ productId, number: 12 as SerialNumber, sku: 'MUG-01', name: 'Mug', description: '' },
    ...{ category: 'kitchen', price: gbp(890), registeredAt: since },
  },
} as const;
const changed = {
  type: 'ProductPriceChanged',
  data: { productId, price: gbp(790), previous: gbp(890), changedAt: since },
} as const;
const { id } = recorded(registered);

itProjects(priceHistory, [
  {
    on: registered,
    because: 'has its first price',
    touches: [{ id, after: { id, productId, price: gbp(890), previous: null, since } }],
  },
  {
    on: changed,
    because: 'has another price',
    touches: [{ id, after: { id, productId, price: gbp(790), previous: gbp(890), since } }],
  },
]);
