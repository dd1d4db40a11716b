import { z } from 'zod';
import { categories, categoriesId, type CategoriesEvent, type Category } from '../domain/categories';
import type { CategoryId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { uuid } from './fields';

export const CategoryNames = z
  .strictObject({
    en: z.string().describe('The name in English.'),
    zh: z.string().describe('The name in Chinese.'),
  })
  .describe('The name of a category in each language of the pages.');

export const TreeCategory = z
  .strictObject({
    categoryId: uuid<CategoryId>().describe('The unique identifier.'),
    names: CategoryNames.describe('The names.'),
    slug: z.string().describe('The name in addresses.'),
    parentId: uuid<CategoryId>().nullable().describe('The category above it; null at the root.'),
  })
  .describe('A category of the tree.');

export const CategoryTree = z
  .strictObject({
    id: z.literal(categoriesId).describe('There is one tree.'),
    categories: z
      .array(TreeCategory)
      .readonly()
      .describe('At most 100. Siblings stand in their order; otherwise the order means nothing.'),
  })
  .describe('The tree in which shoppers find products.');
export type CategoryTree = DocumentOf<typeof CategoryTree>;

/** Returns the categories as the domain has them. */
export const categoriesIn = (tree: CategoryTree | undefined): readonly Category[] =>
  (tree?.categories ?? []).map(({ parentId, ...one }) => ({ ...one, parentId: parentId ?? undefined }));

const fold = (found: CategoryTree | undefined, event: CategoriesEvent): CategoryTree => ({
  id: categoriesId,
  categories: categories
    .evolve({ categories: categoriesIn(found) }, event)
    .categories.map(({ parentId = null, ...one }) => ({ ...one, parentId })),
});

export const categoryTree = readModel<CategoryTree, CategoriesEvent>('category_tree', {
  question: 'In which tree of categories do shoppers find products?',
  version: 1,
  document: CategoryTree,
  indexes: {},
  key: () => categoriesId,
  on: { CategoryAdded: fold, CategoryRenamed: fold, CategoryMoved: fold, CategoryRetired: fold },
});
