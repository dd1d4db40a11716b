import { z } from 'zod';
import {
  automaticPromotions,
  automaticPromotionsId,
  type AutomaticPromotionsCommand,
} from '../../domain/automatic-promotions';
import type { PromotionId } from '../../domain/kernel';
import { promotion } from '../../domain/promotion';
import type { CommandContext } from '../../platform/execution';
import { promotionId as promotionIdOf, promotionIdOfCoupon } from '../../platform/ids';
import { ofKind } from '../use-case/fields';
import {
  couponSchema,
  instantSchema,
  moneySchema,
  nameSchema,
  productIdSchema,
  promotionIdSchema,
  textSchema,
} from '../use-case/input';
import { notAccepted, nothing, outcomeOf, stepOf } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const count = (text: string) => ofKind('quantity', z.number().describe(text)).exactOptional();

/** The list of automatic promotions is in a stream of its own, beside those of the promotions. */
const executeOnList = (
  { aggregates, clock }: UseCaseDeps,
  type: AutomaticPromotionsCommand['type'],
  promotionId: PromotionId,
  context: CommandContext,
) =>
  aggregates
    .of(automaticPromotions)
    .execute(automaticPromotionsId, { type, promotionId, at: clock.now() }, stepOf(context, type));

export const promotionUseCases = {
  createPromotion: useCase({
    summary:
      'Creates a promotion: a coupon if it has a code, otherwise one that applies by itself. Its rule does not change any more.',
    allow: 'promotion:change',
    input: z.object({
      name: nameSchema.describe('The name, which customers see.'),
      coupon: couponSchema.exactOptional(),
      percent: count(
        'The percentage of the price of its goods that it takes off: 1 to 100. Either this or `amount`.',
      ),
      discountMax: moneySchema.describe('The highest discount of `percent`.').exactOptional(),
      amount: moneySchema
        .describe('The amount that it takes off the price of its goods. Either this or `percent`.')
        .exactOptional(),
      minimum: moneySchema.describe('The lowest price of all its goods at which it applies.').exactOptional(),
      productIds: z
        .array(productIdSchema)
        .max(1_000)
        .readonly()
        .describe(
          'The products that are its goods. All goods where neither products nor categories are given.',
        )
        .exactOptional(),
      categories: z
        .array(textSchema(100))
        .max(1_000)
        .readonly()
        .describe('The categories whose products are its goods.')
        .exactOptional(),
      startsAt: instantSchema.describe('The time from which it applies.').exactOptional(),
      endsAt: instantSchema.describe('The time from which it does not apply any more.').exactOptional(),
      usesMax: count('The number of orders that may use it. Cancelled and expired orders do not count.'),
      usesOfCustomerMax: count('The number of orders of one customer that may use it.'),
    }),
    success: z.object({ promotionId: promotionIdSchema }),
    rejections: ['PROMOTION_INVALID', 'COUPON_TAKEN', 'AUTOMATIC_PROMOTIONS_FULL'],
    handle: async (rule, context, deps) => {
      const { aggregates, clock } = deps;
      const { coupon } = rule;
      const promotionId =
        coupon === undefined ? promotionIdOf(context.commandId) : promotionIdOfCoupon(coupon);
      const command = { type: 'CreatePromotion', promotionId, rule, at: clock.now() } as const;
      if (coupon === undefined) {
        // A wrong rule must not take one of the few places.
        const checked = promotion.decide(command, promotion.initial);
        if (!checked.ok) return notAccepted({ kind: 'rejected', rejection: checked.rejection });
        // Listed first: orders pass over a listed promotion that does not exist, and a repeat creates it.
        const listed = await executeOnList(deps, 'AddAutomaticPromotion', promotionId, context);
        if (listed.kind !== 'accepted') return notAccepted(listed);
      }
      const executed = await aggregates.of(promotion).execute(promotionId, command, context);
      return outcomeOf(executed, { promotionId });
    },
  }),

  stopPromotion: useCase({
    summary: 'Stops a promotion for good. Orders that have used it keep their discounts.',
    allow: 'promotion:change',
    input: z.object({ promotionId: promotionIdSchema }),
    success: z.object({}),
    rejections: ['PROMOTION_NOT_FOUND'],
    handle: async ({ promotionId }, context, deps) => {
      const { aggregates, clock } = deps;
      const command = { type: 'StopPromotion', promotionId, at: clock.now() } as const;
      const executed = await aggregates.of(promotion).execute(promotionId, command, context);
      // Also where it does not exist: its creation can have stopped after it was listed.
      if (executed.kind !== 'unknown') {
        const removed = await executeOnList(deps, 'RemoveAutomaticPromotion', promotionId, context);
        if (removed.kind !== 'accepted') return notAccepted(removed);
      }
      return outcomeOf(executed, nothing);
    },
  }),
};
