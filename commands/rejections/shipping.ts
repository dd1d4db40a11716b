import { productWeightGramsMax } from '../../domain/product';
import type { RejectionOf } from './rejection';
import { figures, type SomeRows } from './row';

const rules: Readonly<Record<RejectionOf<'SHIPPING_METHOD_INVALID'>['field'], string>> = {
  name: 'The name is blank.',
  base: 'The base charge is negative.',
  perKilogram: 'A charge for the weight is positive, in the currency of the base charge.',
  perDistance: 'A charge for the distance is positive, in the currency of the base charge.',
  origin:
    "A place of the World's grid from which the distance is measured goes with a charge for it, and only then.",
  freeFrom:
    'A threshold from which the method is free is positive, in the currency of a base charge, and not of a method that is free of charge.',
};

const rulesZh: Readonly<Record<RejectionOf<'SHIPPING_METHOD_INVALID'>['field'], string>> = {
  name: '名称为空。',
  base: '基本运费是负数。',
  perKilogram: '按重量的运费是正数，货币与基本运费相同。',
  perDistance: '按距离的运费是正数，货币与基本运费相同。',
  origin: '计算距离的起点与按距离的运费必须同时给出。',
  freeFrom: '免运费的起点金额是正数，货币与基本运费相同；免费的方式不能有它。',
};

export const shippingRejections = {
  SHIPPING_METHOD_INVALID: {
    kind: 'invalid',
    why: 'A field of the shipping method is wrong.',
    says: ({ field }) => rules[field],
    remedy: 'Change the field.',
    whyZh: ({ field }) => rulesZh[field],
    remedyZh: '请修改这一项。',
    figures: { field: figures.field },
  },
  SHIPPING_METHODS_FULL: {
    kind: 'wrong-state',
    why: 'There are too many shipping methods.',
    says: ({ max }) => `There are ${max} shipping methods already, which is the maximum.`,
    remedy: 'Withdraw one of them.',
    whyZh: ({ max }) => `已有 ${max} 种配送方式，达到上限。`,
    remedyZh: '请撤销其中一种。',
    figures: { max: { type: 'Int', text: 'The maximum number of shipping methods.' } },
  },
  SHIPPING_METHOD_REQUIRED: {
    kind: 'invalid',
    why: 'The shop offers shipping methods, and none was chosen.',
    remedy: 'Choose one of the methods that the offer of the cart lists.',
    whyZh: '没有选择配送方式。',
    remedyZh: '请选择一种配送方式。',
    figures: { shippingMethodIds: { type: '[ID!]', text: 'The IDs of the methods that are offered.' } },
    about: ['shippingMethodId'],
  },
  SHIPPING_METHOD_NOT_OFFERED: {
    kind: 'wrong-state',
    why: 'The shipping method is not offered, or not in the currency of the order.',
    remedy: 'Choose one of the methods that the offer of the cart lists.',
    whyZh: '不再提供此配送方式，或它不适用于订单的货币。',
    remedyZh: '请选择另一种配送方式。',
    figures: { shippingMethodId: figures.shippingMethodId },
    about: ['shippingMethodId'],
  },
  WEIGHT_OUT_OF_RANGE: {
    kind: 'invalid',
    why: `The weight is not a whole number from 1 to ${productWeightGramsMax} grams.`,
    says: ({ weightGrams, min, max }) => `${weightGrams} is not a whole number from ${min} to ${max} grams.`,
    remedy: 'Give the weight of one piece in grams.',
    whyZh: ({ weightGrams }) => `${weightGrams} 不是 1 到 ${productWeightGramsMax} 之间的整数克数。`,
    remedyZh: '请给出一件商品的重量，以克为单位。',
    figures: {
      weightGrams: { type: 'Float', text: 'The weight that was given.' },
      min: { type: 'Int', text: 'The smallest possible weight.' },
      max: { type: 'Int', text: 'The largest possible weight.' },
    },
    about: ['weightGrams'],
  },
} satisfies SomeRows;
