import { promotionCategoriesMax, promotionProductsMax, promotionUsesMax } from '../../domain/promotion';
import type { RejectionOf } from './rejection';
import { figures, type SomeRows } from './row';

const { promotionId } = figures;
const money = (text: string) => ({ type: 'Money', text });
const coupon = { type: 'String', text: 'The code.' };

const rules: Readonly<Record<RejectionOf<'PROMOTION_INVALID'>['field'], string>> = {
  name: 'The name is blank.',
  coupon: 'A code has 3 to 40 letters from A to Z, digits, `-` and `_`, and begins with a letter or a digit.',
  percent: 'A promotion has either a percentage, a whole number from 1 to 100, or an amount.',
  amount: 'The amount is not positive.',
  discountMax: 'A limit of the discount is a positive amount beside a percentage.',
  minimum: 'A minimum is a positive amount in the currency of the other amounts.',
  productIds: `There are 1 to ${promotionProductsMax} products, or none are named.`,
  categories: `There are 1 to ${promotionCategoriesMax} categories, or none are named.`,
  endsAt: 'The end is not after the start.',
  usesMax: `The limit of uses is not a whole number from 1 to ${promotionUsesMax}.`,
  usesOfCustomerMax: `The limit for a customer is not a whole number from 1 to ${promotionUsesMax}.`,
};

const standings: Readonly<Record<RejectionOf<'PROMOTION_NOT_ACTIVE'>['state'], string>> = {
  NOT_STARTED: 'The promotion has not started yet.',
  ENDED: 'The promotion has ended.',
  STOPPED: 'The promotion was stopped.',
};

export const promotionRejections = {
  PROMOTION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such promotion.',
    remedy: 'Check the id.',
    figures: { promotionId },
    about: ['promotionId'],
  },
  PROMOTION_INVALID: {
    kind: 'invalid',
    why: 'A field of the promotion is wrong.',
    says: ({ field }) => rules[field],
    remedy: 'Change the field.',
    figures: { field: figures.field },
  },
  COUPON_TAKEN: {
    kind: 'already-exists',
    why: 'Another promotion has this code. A code is one promotion for ever.',
    remedy: 'Choose another code.',
    figures: { coupon },
    about: ['coupon'],
  },
  COUPON_UNKNOWN: {
    kind: 'not-found',
    why: 'There is no promotion with this code.',
    remedy: 'Check the code.',
    figures: { coupon },
    about: ['coupon'],
  },
  AUTOMATIC_PROMOTIONS_FULL: {
    kind: 'wrong-state',
    why: 'There are too many automatic promotions.',
    says: ({ max }) => `There are ${max} automatic promotions already, which is the maximum.`,
    remedy: 'Choose one of them and stop it, also if it has ended.',
    figures: { max: { type: 'Int', text: 'The maximum number of automatic promotions.' } },
  },
  PROMOTION_NOT_ACTIVE: {
    kind: 'wrong-state',
    why: 'The promotion does not apply at this time.',
    says: ({ state }) => standings[state],
    remedy: 'Remove the code to order without it.',
    figures: {
      promotionId,
      state: { type: 'PromotionStanding', text: 'The state of the promotion.' },
    },
    about: ['coupon'],
  },
  PROMOTION_USED_UP: {
    kind: 'wrong-state',
    why: 'As many orders have used the promotion as may.',
    says: ({ usesMax }) => `The promotion was for ${usesMax} orders, and all of them are placed.`,
    remedy: 'Remove the code to order without it.',
    figures: { promotionId, usesMax: { type: 'Int', text: 'The number of orders that may use it.' } },
    about: ['coupon'],
  },
  PROMOTION_USED_BY_CUSTOMER: {
    kind: 'wrong-state',
    why: 'The customer has used the promotion as often as one customer may.',
    remedy: 'Remove the code to order without it.',
    figures: {
      promotionId,
      usesMax: { type: 'Int', text: 'The number of orders of one customer that may use it.' },
    },
    about: ['coupon'],
  },
  PROMOTION_HAS_NO_GOODS: {
    kind: 'wrong-state',
    why: 'The promotion takes nothing off these goods.',
    remedy: 'Add goods of the promotion, or remove the code.',
    figures: { promotionId },
    about: ['coupon'],
  },
  PROMOTION_MINIMUM_NOT_REACHED: {
    kind: 'wrong-state',
    why: 'The goods of the promotion cost less than its minimum.',
    remedy: 'Add goods of the promotion, or remove the code.',
    figures: {
      promotionId,
      minimum: money('The minimum.'),
      reached: money('The price of the goods of the promotion.'),
    },
    about: ['coupon'],
  },
  PROMOTION_TAKES_ALL: {
    kind: 'wrong-state',
    why: 'The promotion would leave nothing to pay.',
    remedy: 'Add goods, or remove the code.',
    figures: { promotionId },
    about: ['coupon'],
  },
} satisfies SomeRows;
