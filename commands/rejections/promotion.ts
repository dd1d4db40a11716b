import { formatMoney } from '../../domain/money';
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

const rulesZh: Readonly<Record<RejectionOf<'PROMOTION_INVALID'>['field'], string>> = {
  name: '名称为空。',
  coupon: '优惠码有 3 到 40 个字符：字母 A 到 Z、数字、“-”和“_”，以字母或数字开头。',
  percent: '促销只能有百分比（1 到 100 的整数）或金额之一。',
  amount: '金额不大于零。',
  discountMax: '折扣上限是百分比之外的一个正数金额。',
  minimum: '最低金额是正数，货币与其他金额相同。',
  productIds: `商品有 1 到 ${promotionProductsMax} 个，或都不指定。`,
  categories: `分类有 1 到 ${promotionCategoriesMax} 个，或都不指定。`,
  endsAt: '结束时间不在开始时间之后。',
  usesMax: `使用次数上限不是 1 到 ${promotionUsesMax} 之间的整数。`,
  usesOfCustomerMax: `每位客户的使用次数上限不是 1 到 ${promotionUsesMax} 之间的整数。`,
};

const standingsZh: Readonly<Record<RejectionOf<'PROMOTION_NOT_ACTIVE'>['state'], string>> = {
  NOT_STARTED: '促销尚未开始。',
  ENDED: '促销已结束。',
  STOPPED: '促销已停止。',
};

export const promotionRejections = {
  PROMOTION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such promotion.',
    remedy: 'Check the id.',
    whyZh: '没有这个促销。',
    remedyZh: '请检查编号。',
    figures: { promotionId },
    about: ['promotionId'],
  },
  PROMOTION_INVALID: {
    kind: 'invalid',
    why: 'A field of the promotion is wrong.',
    says: ({ field }) => rules[field],
    remedy: 'Change the field.',
    whyZh: ({ field }) => rulesZh[field],
    remedyZh: '请修改这一项。',
    figures: { field: figures.field },
  },
  COUPON_TAKEN: {
    kind: 'already-exists',
    why: 'Another promotion has this code. A code is one promotion for ever.',
    remedy: 'Choose another code.',
    whyZh: '另一个促销已使用此优惠码。一个优惠码永远只属于一个促销。',
    remedyZh: '请使用其他优惠码。',
    figures: { coupon },
    about: ['coupon'],
  },
  COUPON_UNKNOWN: {
    kind: 'not-found',
    why: 'There is no promotion with this code.',
    remedy: 'Check the code.',
    whyZh: '没有使用此优惠码的促销。',
    remedyZh: '请检查优惠码。',
    figures: { coupon },
    about: ['coupon'],
  },
  AUTOMATIC_PROMOTIONS_FULL: {
    kind: 'wrong-state',
    why: 'There are too many automatic promotions.',
    says: ({ max }) => `There are ${max} automatic promotions already, which is the maximum.`,
    remedy: 'Choose one of them and stop it, also if it has ended.',
    whyZh: ({ max }) => `已有 ${max} 个自动促销，达到上限。`,
    remedyZh: '请停止其中一个，包括已结束的。',
    figures: { max: { type: 'Int', text: 'The maximum number of automatic promotions.' } },
  },
  PROMOTION_NOT_ACTIVE: {
    kind: 'wrong-state',
    why: 'The promotion does not apply at this time.',
    says: ({ state }) => standings[state],
    remedy: 'Remove the code to order without it.',
    whyZh: ({ state }) => standingsZh[state],
    remedyZh: '请移除优惠码，不用它下单。',
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
    whyZh: ({ usesMax }) => `此促销限 ${usesMax} 个订单，已全部用完。`,
    remedyZh: '请移除优惠码，不用它下单。',
    figures: { promotionId, usesMax: { type: 'Int', text: 'The number of orders that may use it.' } },
    about: ['coupon'],
  },
  PROMOTION_USED_BY_CUSTOMER: {
    kind: 'wrong-state',
    why: 'The customer has used the promotion as often as one customer may.',
    remedy: 'Remove the code to order without it.',
    whyZh: ({ usesMax }) => `每位客户最多可用 ${usesMax} 次，您已用完。`,
    remedyZh: '请移除优惠码，不用它下单。',
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
    whyZh: '此促销不适用于这些商品。',
    remedyZh: '请添加促销商品，或移除优惠码。',
    figures: { promotionId },
    about: ['coupon'],
  },
  PROMOTION_MINIMUM_NOT_REACHED: {
    kind: 'wrong-state',
    why: 'The goods of the promotion cost less than its minimum.',
    remedy: 'Add goods of the promotion, or remove the code.',
    whyZh: ({ minimum, reached }) =>
      `促销商品共 ${formatMoney(reached)}，未达到最低金额 ${formatMoney(minimum)}。`,
    remedyZh: '请添加促销商品，或移除优惠码。',
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
    whyZh: '使用此促销后应付金额为零。',
    remedyZh: '请添加商品，或移除优惠码。',
    figures: { promotionId },
    about: ['coupon'],
  },
} satisfies SomeRows;
