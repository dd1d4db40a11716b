import { z } from 'zod';
import { product } from '../../domain/product';
import { priceScheduleId as priceScheduleIdOf } from '../../platform/ids';
import { demandKeeper } from './catalogue';
import { instantSchema, moneySchema, priceScheduleIdSchema, productIdSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';

export const priceUseCases = {
  schedulePrice: useCase({
    summary:
      'Schedules a price of a product: for good from a time on, or as a sale, after which the regular price comes back.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({
      productId: productIdSchema,
      price: moneySchema.describe('The price of one piece. That of a sale is lower than the regular price.'),
      from: instantSchema
        .describe('The time at which it begins, within 366 days. A sale without it begins at once.')
        .exactOptional(),
      until: instantSchema
        .describe('The time at which the sale ends, within 366 days. The price is for good where absent.')
        .exactOptional(),
    }),
    success: z.object({ scheduleId: priceScheduleIdSchema }),
    rejections: [
      ...(['PRODUCT_NOT_FOUND', 'PRICE_NOT_POSITIVE', 'CURRENCY_CHANGED'] as const),
      ...(['PRICE_SCHEDULE_TIME_INVALID', 'PRICE_SCHEDULE_OVERLAPS'] as const),
      ...(['SALE_PRICE_NOT_LOWER', 'PRICE_SCHEDULES_FULL'] as const),
    ],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      const scheduleId = priceScheduleIdOf(context.commandId);
      const { productId } = input;
      const command = { type: 'SchedulePrice', ...input, scheduleId, at: deps.clock.now() } as const;
      const executed = await deps.aggregates.of(product).execute(productId, command, context);
      return outcomeOf(executed, { scheduleId });
    },
  }),

  cancelScheduledPrice: useCase({
    summary:
      'Cancels a scheduled price. A sale that has begun ends, and the regular price comes back. Nothing happens where it has ended.',
    allow: { by: 'seller', or: 'product:change' },
    input: z.object({ productId: productIdSchema, scheduleId: priceScheduleIdSchema }),
    success: z.object({}),
    rejections: ['PRODUCT_NOT_FOUND'],
    handle: async (input, context, deps) => {
      await demandKeeper(input, context, deps);
      const command = { type: 'CancelScheduledPrice', ...input, at: deps.clock.now() } as const;
      return outcomeOf(await deps.aggregates.of(product).execute(input.productId, command, context), nothing);
    },
  }),
};
