import type { MutationName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { CategoryId } from '../../../domain/kernel';
import type { Example } from './account-examples';
import { ids } from './edge';

const categoryId = ids.review as string as CategoryId;
const words = { names: { en: 'Kitchen', zh: '厨房' }, slug: 'kitchen' };
// The read model does not show it yet.
const notYet = { select: 'category { id }', shows: { category: null } };

type CategoryMutation = Extract<
  MutationName,
  'addCategory' | 'moveCategory' | 'renameCategory' | 'retireCategory'
>;

/** Examples of the mutations about the tree of categories. */
export const categoryExamples: { readonly [Name in CategoryMutation]: Example<Name> } = {
  addCategory: {
    input: { ...words, parentId: categoryId },
    sends: { ...words, parentId: categoryId },
    value: { categoryId },
    ...notYet,
  },
  renameCategory: {
    input: { categoryId, ...words },
    sends: { categoryId, ...words },
    value: {},
    ...notYet,
  },
  moveCategory: {
    input: { categoryId, parentId: categoryId, beforeId: categoryId },
    sends: { categoryId, parentId: categoryId, beforeId: categoryId },
    value: {},
    ...notYet,
  },
  retireCategory: { input: { categoryId }, sends: { categoryId }, value: {}, select: '', shows: {} },
};

type CategoryCode = Extract<Rejection['code'], `CATEGORY_${string}` | `CATEGORIES_${string}`>;

/** One rejection of each code about the tree of categories, with figures. */
export const categorySamples: {
  readonly [Code in CategoryCode]: Omit<Extract<Rejection, { code: Code }>, 'code'>;
} = {
  CATEGORY_NOT_FOUND: { categoryId },
  CATEGORY_INVALID: { field: 'names.en' },
  CATEGORY_NAME_TAKEN: { name: 'Kitchen', categoryId },
  CATEGORY_CYCLE: { categoryId },
  CATEGORY_NOT_SIBLING: { categoryId },
  CATEGORY_TOO_DEEP: { max: 5 },
  CATEGORY_HAS_CHILDREN: { categoryId },
  CATEGORIES_FULL: { max: 100 },
};
