import type { CartCheckedOut, CartEvent } from '../domain/cart';
import type { AccountId, Instant, OrderId, ProductId, PromotionId } from '../domain/kernel';
import { money } from '../domain/money';
import type { CurrencyCode } from '../domain/money';
import { itProjects } from '../tests/support/projections/it-projects';
import { carts } from './carts';
import type { Cart } from './carts';

const id = 'ada' as AccountId;
const mug = 'mug' as ProductId;
const lamp = 'lamp' as ProductId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T10:00:00.000Z' as Instant;
const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);

const lineOf = (productId: ProductId, quantity: number, price = 890): Cart['lines'][number] => ({
  productId,
  sku: productId,
  name: productId,
  quantity,
  unitPrice: gbp(price),
});
const cart = (changedAt: Instant, ...lines: Cart['lines']): Cart => ({ id, lines, changedAt });

const added = (productId: ProductId, quantity: number, addedAt: Instant): CartEvent => ({
  type: 'CartLineAdded',
  data: { customerId: id, ...lineOf(productId, quantity), addedAt },
});
const changed: CartEvent = {
  type: 'CartLineChanged',
  data: { customerId: id, productId: mug, quantity: 5, unitPrice: gbp(990), changedAt: later },
};
const removed: CartEvent = {
  type: 'CartLineRemoved',
  data: { customerId: id, productId: mug, removedAt: later },
};
const checkedOut: CartCheckedOut = {
  type: 'CartCheckedOut',
  data: { customerId: id, orderId: 'order-1' as OrderId, generation: 0, checkedOutAt: later },
};
const mugsCheckedOut: CartEvent = {
  type: 'CartCheckedOut',
  data: { ...checkedOut.data, ordered: [{ productId: mug, quantity: 1 }] },
};
const both = cart(at, lineOf(mug, 2), lineOf(lamp, 1));

itProjects(carts, [
  { on: added(mug, 2, at), because: 'begins a cart', touches: [{ id, after: cart(at, lineOf(mug, 2)) }] },
  {
    on: added(lamp, 1, later),
    because: 'adds a line at the end',
    touches: [{ id, before: cart(at, lineOf(mug, 2)), after: cart(later, lineOf(mug, 2), lineOf(lamp, 1)) }],
  },
  {
    on: added(mug, 3, later),
    because: 'says how many there are now, in their old place',
    touches: [{ id, before: both, after: cart(later, lineOf(mug, 3), lineOf(lamp, 1)) }],
  },
  {
    on: changed,
    because: 'takes on quantity and price',
    touches: [{ id, before: both, after: cart(later, lineOf(mug, 5, 990), lineOf(lamp, 1)) }],
  },
  {
    on: removed,
    because: 'leaves the others',
    touches: [{ id, before: both, after: cart(later, lineOf(lamp, 1)) }],
  },
  {
    on: {
      type: 'CartCouponApplied',
      data: { customerId: id, promotionId: 'spring' as PromotionId, coupon: 'SPRING', appliedAt: later },
    },
    because: 'is changed by a coupon',
    touches: [{ id, before: both, after: { ...both, changedAt: later } }],
  },
  {
    on: { type: 'CartCouponRemoved', data: { customerId: id, removedAt: later } },
    because: 'is changed by the removal of a coupon',
    touches: [{ id, before: both, after: { ...both, changedAt: later } }],
  },
  { on: checkedOut, because: 'empties it', touches: [{ id, before: both, after: cart(later) }] },
  {
    on: mugsCheckedOut,
    because: 'leaves what the order did not take',
    touches: [{ id, before: both, after: cart(later, lineOf(mug, 1), lineOf(lamp, 1)) }],
  },
]);
