import { z } from 'zod';
import type { ProductId } from '../domain/kernel';
import type { ProductPriceChanged, ProductRegistered } from '../domain/product';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const PricePoint = z
  .strictObject({
    id: uuid().describe('The unique identifier: that of the event.'),
    productId: uuid<ProductId>().describe('The product.'),
    price: money.describe('The price of one piece from then on.'),
    previous: money.nullable().describe('The price until then; null for the first one.'),
    since: instant.describe('The time from which it was the price.'),
  })
  .describe('A price that a product has, or had.');
export type PricePoint = DocumentOf<typeof PricePoint>;

export const priceHistory = readModel<PricePoint, ProductRegistered | ProductPriceChanged>('price_history', {
  question: 'Which prices did a product have, and since when?',
  version: 1,
  document: PricePoint,
  indexes: { by_product: ['productId', 'since'] },
  key: ({ id }) => id,
  on: {
    ProductRegistered: (_, { id, data: { productId, price, registeredAt: since } }) => ({
      ...{ id, productId, price, previous: null, since },
    }),
    ProductPriceChanged: (_, { id, data: { productId, price, previous, changedAt: since } }) => ({
      ...{ id, productId, price, previous, since },
    }),
  },
});
