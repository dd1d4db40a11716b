import { z } from 'zod';
import type { ProductId, PromotionId } from '../domain/kernel';
import type {
  PromotionCreated,
  PromotionStopped,
  PromotionUseReleased,
  PromotionUseReserved,
} from '../domain/promotion';
import { readModel, type DocumentOf } from '../platform/projections';
import { instant, money, uuid } from './fields';

export const Promotion = z
  .strictObject({
    id: uuid<PromotionId>().describe('The unique identifier.'),
    name: z.string().describe('The name, which customers see.'),
    coupon: z.string().nullable().describe('The code; null for a promotion that applies by itself.'),
    percent: z
      .int32()
      .nullable()
      .describe('The percentage that it takes off; null where it takes off an amount.'),
    discountMax: money
      .nullable()
      .describe('The highest discount of the percentage; null where there is none.'),
    amount: money.nullable().describe('The amount that it takes off; null where it takes off a percentage.'),
    minimum: money
      .nullable()
      .describe('The lowest price of all its goods at which it applies; null where there is no minimum.'),
    productIds: z
      .array(uuid<ProductId>().describe('A product.'))
      .describe(
        'The products that are its goods. All goods where there are neither products nor categories.',
      ),
    categories: z
      .array(z.string().describe('A category.'))
      .describe('The categories whose products are its goods.'),
    startsAt: instant.nullable().describe('The time from which it applies; null where it applied at once.'),
    endsAt: instant
      .nullable()
      .describe('The time from which it does not apply any more; null where it has no end.'),
    usesMax: z.int32().nullable().describe('The number of orders that may use it; null for any number.'),
    usesOfCustomerMax: z
      .int32()
      .nullable()
      .describe('The number of orders of one customer that may use it; null for any number.'),
    uses: z
      .int32()
      .describe(
        'The number of orders that use it, with those that are being placed. Counted only where there is a limit.',
      ),
    createdAt: instant.describe('The time when it was created.'),
    stoppedAt: instant.nullable().describe('The time when staff stopped it; null where they did not.'),
  })
  .describe('A promotion: its rule, and how often it was used.');
export type Promotion = DocumentOf<typeof Promotion>;

const created = ({ promotionId: id, rule, createdAt }: PromotionCreated['data']): Promotion => ({
  id,
  name: rule.name,
  coupon: rule.coupon ?? null,
  percent: rule.percent ?? null,
  discountMax: rule.discountMax ?? null,
  amount: rule.amount ?? null,
  minimum: rule.minimum ?? null,
  productIds: rule.productIds ?? [],
  categories: rule.categories ?? [],
  startsAt: rule.startsAt ?? null,
  endsAt: rule.endsAt ?? null,
  usesMax: rule.usesMax ?? null,
  usesOfCustomerMax: rule.usesOfCustomerMax ?? null,
  uses: 0,
  createdAt,
  stoppedAt: null,
});

export const promotions = readModel<
  Promotion,
  PromotionCreated | PromotionStopped | PromotionUseReserved | PromotionUseReleased
>('promotions', {
  question: 'Which promotions are there, and how often was each used?',
  version: 1,
  document: Promotion,
  indexes: { by_creation: ['createdAt'] },
  key: ({ data }) => data.promotionId,
  on: {
    PromotionCreated: (_, { data }) => created(data),
    PromotionStopped: (found, { data }) => found && { ...found, stoppedAt: data.stoppedAt },
    PromotionUseReserved: (found) => found && { ...found, uses: found.uses + 1 },
    PromotionUseReleased: (found) => found && { ...found, uses: found.uses - 1 },
  },
});
