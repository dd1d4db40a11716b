import { z } from 'zod';
import { shippingMethods, shippingMethodsId } from '../../domain/shipping-methods';
import { shippingMethodId as shippingMethodIdOf } from '../../platform/ids';
import { moneySchema, nameSchema, placeSchema, shippingMethodIdSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';

export const shippingUseCases = {
  offerShippingMethod: useCase({
    summary:
      'Offers a method by which orders in the currency of its sums are sent. From the first method on, customers have to choose one. Its rates do not change any more.',
    allow: 'shipping:change',
    input: z.object({
      name: nameSchema.describe('The name, which customers see.'),
      base: moneySchema.describe('The charge of every order. May be 0.'),
      perKilogram: moneySchema
        .describe(
          'The charge for each kilogram, in proportion to the grams. A product without a weight weighs nothing.',
        )
        .exactOptional(),
      perDistance: moneySchema
        .describe("The charge for each field of the World's grid between `origin` and the destination.")
        .exactOptional(),
      origin: placeSchema
        .describe('The place from which the distance is measured. Only together with `perDistance`.')
        .exactOptional(),
      freeFrom: moneySchema
        .describe('The price of the goods, after discounts, from which the method costs nothing.')
        .exactOptional(),
    }),
    success: z.object({ shippingMethodId: shippingMethodIdSchema }),
    rejections: ['SHIPPING_METHOD_INVALID', 'SHIPPING_METHODS_FULL'],
    handle: async ({ name, ...rates }, context, { aggregates, clock }) => {
      const shippingMethodId = shippingMethodIdOf(context.commandId);
      const at = clock.now();
      const command = { type: 'OfferShippingMethod', shippingMethodId, name, rates, at } as const;
      const executed = await aggregates.of(shippingMethods).execute(shippingMethodsId, command, context);
      return outcomeOf(executed, { shippingMethodId });
    },
  }),

  withdrawShippingMethod: useCase({
    summary:
      'Offers a shipping method no longer. Orders that were placed with it keep their charge. Nothing happens where it is not offered.',
    allow: 'shipping:change',
    input: z.object({ shippingMethodId: shippingMethodIdSchema }),
    success: z.object({}),
    rejections: [],
    handle: async ({ shippingMethodId }, context, { aggregates, clock }) => {
      const command = { type: 'WithdrawShippingMethod', shippingMethodId, at: clock.now() } as const;
      const executed = await aggregates.of(shippingMethods).execute(shippingMethodsId, command, context);
      return outcomeOf(executed, nothing);
    },
  }),
};
