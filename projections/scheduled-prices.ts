import { z } from 'zod';
import type { PriceScheduleId, ProductId } from '../domain/kernel';
import type { ProductPriceScheduled, ProductPriceScheduleEnded, ProductSaleStarted } from '../domain/product';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const ScheduledPrice = z
  .strictObject({
    id: uuid<PriceScheduleId>().describe('The unique identifier.'),
    price: money.describe('The price of one piece from then on.'),
    from: instant.describe('The time at which it begins.'),
    until: instant
      .nullable()
      .describe('The time at which the regular price comes back; null where it stays until it is changed.'),
    isRunning: z.boolean().describe('Whether it has begun, and has not ended.'),
  })
  .describe('A price of a product that begins at a time.');
export type ScheduledPrice = DocumentOf<typeof ScheduledPrice>;

export const ScheduledPrices = z
  .strictObject({
    id: uuid<ProductId>().describe('The product.'),
    nextAt: instant.describe('The time at which the next of them begins or ends.'),
    schedules: z.array(ScheduledPrice).readonly().describe('The prices, the next one first.'),
  })
  .describe('The scheduled prices of a product. A product without any has no document.');
export type ScheduledPrices = DocumentOf<typeof ScheduledPrices>;

const withSchedules = (id: ProductId, schedules: readonly ScheduledPrice[]): ScheduledPrices | undefined => {
  const [nextAt] = schedules.map(({ from, until, isRunning }) => (isRunning && until) || from).sort();
  const inOrder = schedules.toSorted((one, other) => one.from.localeCompare(other.from));
  return nextAt && { id, nextAt, schedules: inOrder };
};

type Event = ProductPriceScheduled | ProductSaleStarted | ProductPriceScheduleEnded;

export const scheduledPrices = readModel<ScheduledPrices, Event>('scheduled_prices', {
  question: 'Which products get another price at a time, and when is the next change due?',
  version: 1,
  document: ScheduledPrices,
  indexes: { by_next: ['nextAt'] },
  key: ({ data }) => data.productId,
  on: {
    ProductPriceScheduled: (found, { data: { productId, scheduleId: id, price, from, until = null } }) =>
      withSchedules(productId, [...(found?.schedules ?? []), { id, price, from, until, isRunning: false }]),
    ProductSaleStarted: (found, { data: { productId, scheduleId } }) =>
      withSchedules(
        productId,
        (found?.schedules ?? []).map((one) => (one.id === scheduleId ? { ...one, isRunning: true } : one)),
      ),
    ProductPriceScheduleEnded: (found, { data: { productId, scheduleId } }) =>
      withSchedules(
        productId,
        (found?.schedules ?? []).filter(({ id }) => id !== scheduleId),
      ),
  },
});
