import type { RejectionOf } from './rejection';
import type { SomeRows } from './row';

const rules: Readonly<Record<RejectionOf<'CATEGORY_INVALID'>['field'], string>> = {
  'names.en': 'The English name is blank, or has an invisible character.',
  'names.zh': 'The Chinese name is blank, or has an invisible character.',
  slug: 'The slug has something else than lower-case letters and digits, with single hyphens between them.',
};

const categoryId = { type: 'ID', text: 'The ID of the category.' };

export const categoryRejections = {
  CATEGORY_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such category.',
    remedy: 'Use an id from the query categories.',
    figures: { categoryId },
    about: ['categoryId', 'parentId'],
  },
  CATEGORY_INVALID: {
    kind: 'invalid',
    why: 'A name or the slug of the category is wrong.',
    says: ({ field }) => rules[field],
    remedy: 'Change the field.',
    figures: { field: { type: 'String', text: 'The path of the field.' } },
  },
  CATEGORY_NAME_TAKEN: {
    kind: 'already-exists',
    why: 'Another category has this name or slug.',
    says: ({ name }) => `Another category is called ${name}.`,
    remedy: 'Choose another name or slug, or rename the other category first.',
    figures: {
      name: { type: 'String', text: 'The name or slug.' },
      categoryId: { type: 'ID', text: 'The ID of the other category.' },
    },
    about: ['names', 'slug'],
  },
  CATEGORY_CYCLE: {
    kind: 'wrong-state',
    why: 'A category cannot be below itself.',
    remedy: 'Choose a parent that is not below it.',
    figures: { categoryId },
    about: ['parentId'],
  },
  CATEGORY_NOT_SIBLING: {
    kind: 'invalid',
    why: 'The category before which it is to stand has another parent.',
    remedy: 'Choose another category below the same parent.',
    figures: { categoryId },
    about: ['beforeId'],
  },
  CATEGORY_TOO_DEEP: {
    kind: 'invalid',
    why: 'The tree of categories would have too many levels.',
    says: ({ max }) => `The tree of categories has ${max} levels at most.`,
    remedy: 'Choose a parent that is nearer to the root.',
    figures: { max: { type: 'Int', text: 'The maximum number of levels.' } },
    about: ['parentId'],
  },
  CATEGORY_HAS_CHILDREN: {
    kind: 'wrong-state',
    why: 'Other categories are below this one.',
    remedy: 'Move or retire those first.',
    figures: { categoryId },
    about: ['categoryId'],
  },
  CATEGORIES_FULL: {
    kind: 'wrong-state',
    why: 'There are too many categories.',
    says: ({ max }) => `There are ${max} categories already, which is the maximum.`,
    remedy: 'Retire one of them.',
    figures: { max: { type: 'Int', text: 'The maximum number of categories.' } },
    about: [],
  },
} as const satisfies SomeRows;
