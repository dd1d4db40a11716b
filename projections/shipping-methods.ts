import { z } from 'zod';
import type { ShippingMethodId } from '../domain/kernel';
import type { ShippingMethodsEvent } from '../domain/shipping-methods';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, place, uuid } from './fields';

export const ShippingMethod = z
  .strictObject({
    id: uuid<ShippingMethodId>().describe('The unique identifier.'),
    name: z.string().describe('The name, which customers see.'),
    base: money.describe('The charge of every order.'),
    perKilogram: money
      .nullable()
      .describe('The charge for each kilogram, in proportion to the grams; null where there is none.'),
    perDistance: money
      .nullable()
      .describe(
        "The charge for each field of the World's grid from the origin to the destination; null where there is none.",
      ),
    origin: place
      .nullable()
      .describe('The place from which the distance is measured; null where it is not charged.'),
    freeFrom: money
      .nullable()
      .describe('The price of the goods from which the method costs nothing; null where it always costs.'),
    offeredAt: instant.describe('The time from which it was offered.'),
  })
  .describe('A method by which orders are sent, with what it costs.');
export type ShippingMethod = DocumentOf<typeof ShippingMethod>;

export const shippingMethods = readModel<ShippingMethod, ShippingMethodsEvent>('shipping_methods', {
  question: 'By which methods are orders sent, and what do they cost?',
  version: 1,
  document: ShippingMethod,
  indexes: { by_time: ['offeredAt'] },
  key: ({ data }) => data.shippingMethodId,
  on: {
    ShippingMethodOffered: (_, { data: { shippingMethodId: id, name, rates, offeredAt } }) => ({
      id,
      name,
      base: rates.base,
      perKilogram: rates.perKilogram ?? null,
      perDistance: rates.perDistance ?? null,
      origin: rates.origin ?? null,
      freeFrom: rates.freeFrom ?? null,
      offeredAt,
    }),
    ShippingMethodWithdrawn: () => undefined,
  },
});
