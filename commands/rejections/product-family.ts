import { figures, type SomeRows } from './row';

const option = { type: 'String', text: 'The name of the option.' };
const value = { type: 'String', text: 'The value of the option.' };
const count = {
  min: { type: 'Int', text: 'The smallest possible number.' },
  max: { type: 'Int', text: 'The largest possible number.' },
};
const things = { name: 'name', options: 'name of an option', values: 'value of an option' } as const;

export const productFamilyRejections = {
  PRODUCT_FAMILY_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such product family, or it was retired.',
    remedy: 'Use the id of the family of a product, or create a family.',
    figures: { familyId: figures.familyId },
    about: ['familyId'],
  },
  PRODUCT_FAMILY_INVALID: {
    kind: 'invalid',
    why: 'A text of the product family is blank, or there twice.',
    says: ({ field, problem }) =>
      problem === 'BLANK' ? `A ${things[field]} is blank.` : `A ${things[field]} is there twice.`,
    remedy: 'Give each a text of its own. Capitals make no difference.',
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
    remedy: 'Give one of the values, or add it to the option with describeProductFamily.',
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
    remedy: 'Change its values with changeProductVariant.',
    figures: {
      productId: figures.productId,
      values: { type: '[String!]', text: 'The present values of the product.' },
    },
    about: ['productId'],
  },
  VARIANT_NOT_FOUND: {
    kind: 'not-found',
    why: 'The product does not belong to the family.',
    remedy: 'Add it with addProductVariant.',
    figures: { productId: figures.productId },
    about: ['productId'],
  },
  VARIANTS_FULL: {
    kind: 'wrong-state',
    why: 'The family has the maximum number of products.',
    says: ({ max }) => `The family has ${max} products already, which is the maximum.`,
    remedy: 'Remove one of them, or create another family.',
    figures: { max: { type: 'Int', text: 'The maximum number of products of a family.' } },
  },
  PRODUCT_IN_ANOTHER_FAMILY: {
    kind: 'wrong-state',
    why: 'The product belongs to another family.',
    remedy: 'Remove it from that family first.',
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
    figures: { productId: figures.productId },
    about: ['productId'],
  },
} satisfies SomeRows;
