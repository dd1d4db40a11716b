import type { RejectionOf } from './rejection';
import { figures, type SomeRows } from './row';

const option = { type: 'String', text: 'The name of the option.' };
const value = { type: 'String', text: 'The value of the option.' };
const count = {
  min: { type: 'Int', text: 'The smallest possible number.' },
  max: { type: 'Int', text: 'The largest possible number.' },
};
const things = { name: 'name', options: 'name of an option', values: 'value of an option' } as const;

const thingsZh: Readonly<Record<RejectionOf<'PRODUCT_FAMILY_INVALID'>['field'], string>> = {
  name: '名称',
  options: '选项名称',
  values: '选项的值',
};

const countedZh = { options: '选项', values: '选项的值' } as const;

export const productFamilyRejections = {
  PRODUCT_FAMILY_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such product family, or it was retired.',
    remedy: 'Use the id of the family of a product, or create a family.',
    whyZh: '没有这个商品系列，或它已停用。',
    remedyZh: '请选择一个系列，或新建一个。',
    figures: { familyId: figures.familyId },
    about: ['familyId'],
  },
  PRODUCT_FAMILY_INVALID: {
    kind: 'invalid',
    why: 'A text of the product family is blank, or there twice.',
    says: ({ field, problem }) =>
      problem === 'BLANK' ? `A ${things[field]} is blank.` : `A ${things[field]} is there twice.`,
    remedy: 'Give each a text of its own. Capitals make no difference.',
    whyZh: ({ field, problem }) => `${thingsZh[field]}${problem === 'BLANK' ? '为空' : '重复出现'}。`,
    remedyZh: '每一项请使用不同的文字，不区分大小写。',
    figures: {
      field: figures.field,
      problem: { type: 'String', text: 'The problem: `BLANK` or `TWICE`.' },
    },
    about: ['options', 'name'],
  },
  OPTIONS_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'The number of options, or of values, is not within the permitted range.',
    says: ({ field, count: given, min, max }) =>
      min === max
        ? `There are ${given} ${field}, where ${max} belong.`
        : `There are ${given} ${field}, where ${min} to ${max} belong.`,
    remedy:
      'Give as many as belong there. While a family has products, it keeps the number of its options, and each product has a value of each.',
    whyZh: ({ field, count, min, max }) =>
      `${countedZh[field]}有 ${count} 个，应有 ${min === max ? `${max}` : `${min} 到 ${max}`} 个。`,
    remedyZh: '请给出应有的数量。系列中有商品时，选项的数量不变，每个商品对每个选项都有一个值。',
    figures: {
      field: figures.field,
      count: { type: 'Int', text: 'The number that was given.' },
      ...count,
    },
    about: ['values', 'options'],
  },
  OPTION_VALUE_UNKNOWN: {
    kind: 'invalid',
    why: 'The option has no such value.',
    says: ({ option: name, value: given, known }) =>
      `${name} has no value "${given}"; its values are ${known.join(', ')}.`,
    remedy: 'Give one of the values, or add it to the option first.',
    whyZh: ({ option, value, known }) => `“${option}”没有值“${value}”；它的值是：${known.join('、')}。`,
    remedyZh: '请使用其中一个值，或先把它加入选项。',
    figures: {
      option,
      value: { ...value, text: 'The value that was given.' },
      known: { type: '[String!]', text: 'The values of the option.' },
    },
    about: ['values'],
  },
  OPTION_VALUE_IN_USE: {
    kind: 'wrong-state',
    why: 'Products of the family have the value that would be removed.',
    says: ({ option: name, value: given, variants }) =>
      `${variants} products of the family have the ${name} "${given}".`,
    remedy: 'Give these products another value first, or name the present text in `was` to rename it.',
    whyZh: ({ option, value, variants }) => `系列中有 ${variants} 个商品的“${option}”是“${value}”。`,
    remedyZh: '请先给这些商品其他的值，或给这个值改名。',
    figures: {
      option,
      value,
      variants: { type: 'Int', text: 'The number of products that have it.' },
    },
    about: ['options'],
  },
  VARIANT_COMBINATION_TAKEN: {
    kind: 'already-exists',
    why: 'Another product of the family has these values.',
    says: ({ values }) => `Another product of the family has the values ${values.join(', ')}.`,
    remedy: 'Give other values, or change that product first.',
    whyZh: ({ values }) => `系列中的另一个商品已有这些值：${values.join('、')}。`,
    remedyZh: '请使用其他的值，或先修改那个商品。',
    figures: {
      values: { type: '[String!]', text: 'The values that were given.' },
      productId: { ...figures.productId, text: 'The ID of the product that has them.' },
    },
    about: ['values'],
  },
  VARIANT_ALREADY_ADDED: {
    kind: 'already-exists',
    why: 'The product belongs to the family with other values.',
    says: ({ values }) => `The product belongs to the family with the values ${values.join(', ')}.`,
    remedy: 'Change its values.',
    whyZh: ({ values }) => `此商品已在系列中，值为：${values.join('、')}。`,
    remedyZh: '请修改它的值。',
    figures: {
      productId: figures.productId,
      values: { type: '[String!]', text: 'The present values of the product.' },
    },
    about: ['productId'],
  },
  VARIANT_NOT_FOUND: {
    kind: 'not-found',
    why: 'The product does not belong to the family.',
    remedy: 'Add it to the family first.',
    whyZh: '此商品不属于该系列。',
    remedyZh: '请先把它加入系列。',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  VARIANTS_FULL: {
    kind: 'wrong-state',
    why: 'The family has the maximum number of products.',
    says: ({ max }) => `The family has ${max} products already, which is the maximum.`,
    remedy: 'Remove one of them, or create another family.',
    whyZh: ({ max }) => `系列中已有 ${max} 个商品，达到上限。`,
    remedyZh: '请移除其中一个，或新建另一个系列。',
    figures: { max: { type: 'Int', text: 'The maximum number of products of a family.' } },
  },
  PRODUCT_IN_ANOTHER_FAMILY: {
    kind: 'wrong-state',
    why: 'The product belongs to another family.',
    remedy: 'Remove it from that family first.',
    whyZh: '此商品属于另一个系列。',
    remedyZh: '请先把它从那个系列中移除。',
    figures: {
      productId: figures.productId,
      familyId: { ...figures.familyId, text: 'The ID of the family that it belongs to.' },
    },
    about: ['productId'],
  },
  PRODUCT_OF_ANOTHER_SELLER: {
    kind: 'wrong-state',
    why: 'The product and the family have different sellers.',
    remedy: 'Choose a product of the seller of the family.',
    whyZh: '商品和系列属于不同的卖家。',
    remedyZh: '请选择该系列卖家的商品。',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
} satisfies SomeRows;
