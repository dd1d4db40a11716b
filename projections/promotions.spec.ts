import type { AccountId, Instant, OrderId, ProductId, PromotionId } from '../domain/kernel';
import type { PromotionRule } from '../domain/promotion';
import { gbp } from '../tests/support/domain/order-vocabulary';
import { itProjects } from '../tests/support/projections/it-projects';
import { promotions, type Promotion } from './promotions';

const id = 'promotion' as PromotionId;
const [at, later] = ['2026-11-02T09:00:00.000Z' as Instant, '2026-11-03T09:00:00.000Z' as Instant];
const rule: PromotionRule = {
  ...{ name: 'Autumn', coupon: 'AUTUMN', percent: 10, discountMax: gbp(500), minimum: gbp(900) },
  ...{ productIds: ['mug' as ProductId], categories: ['desk'], startsAt: at, endsAt: later },
  ...{ usesMax: 100, usesOfCustomerMax: 1 },
};
const coupon: Promotion = {
  ...{ id, name: 'Autumn', coupon: 'AUTUMN', percent: 10, discountMax: gbp(500), amount: null },
  ...{ minimum: gbp(900), productIds: ['mug' as ProductId], categories: ['desk'], startsAt: at },
  ...{ endsAt: later, usesMax: 100, usesOfCustomerMax: 1, uses: 0, createdAt: at, stoppedAt: null },
};
const plain: Promotion = {
  ...{ id, name: 'Always', coupon: null, percent: null, discountMax: null, amount: gbp(5), minimum: null },
  ...{ productIds: [], categories: [], startsAt: null, endsAt: null, usesMax: null, usesOfCustomerMax: null },
  ...{ uses: 0, createdAt: at, stoppedAt: null },
};
const created = (of: PromotionRule) =>
  ({ type: 'PromotionCreated', data: { promotionId: id, rule: of, createdAt: at } }) as const;
const [orderId, customerId] = ['order' as OrderId, 'ada' as AccountId];

itProjects(promotions, [
  { on: created(rule), because: 'has all of its rule', touches: [{ id, after: coupon }] },
  {
    on: created({ name: 'Always', amount: gbp(5) }),
    because: 'has nothing that it was not given',
    touches: [{ id, after: plain }],
  },
  {
    on: { type: 'PromotionStopped', data: { promotionId: id, stoppedAt: later } },
    because: 'is stopped',
    touches: [{ id, before: coupon, after: { ...coupon, stoppedAt: later } }],
  },
  {
    on: {
      type: 'PromotionUseReserved',
      data: { promotionId: id, orderId, customerId, heldUntil: later, reservedAt: at },
    },
    because: 'is used once more',
    touches: [{ id, before: coupon, after: { ...coupon, uses: 1 } }],
  },
  {
    on: { type: 'PromotionUseReleased', data: { promotionId: id, orderId, releasedAt: at } },
    because: 'is used once less',
    touches: [{ id, before: { ...coupon, uses: 2 }, after: { ...coupon, uses: 1 } }],
  },
]);
