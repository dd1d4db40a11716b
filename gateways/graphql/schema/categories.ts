import {
  branchOf,
  categoriesId,
  categoryNamed,
  pathOf,
  textsOf,
  treeOf,
  type Category,
} from '../../../domain/categories';
import type { CategoryId } from '../../../domain/kernel';
import type { CatalogueProduct } from '../../../projections/catalogue';
import { categoriesIn, CategoryNames, categoryTree } from '../../../projections/category-tree';
import type { EdgeContext, EdgeServices } from '../context';
import { mutationsConcept, shown, type Mutations } from './mutation';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type Tree = readonly Category[];

/** A category with the tree in which it stands. */
type Standing = { readonly of: Category; readonly tree: Tree };

const standing = (tree: Tree, of: Category): Standing => ({ of, tree });

/** Returns the tree of categories; empty where staff have made none. */
export const treeIn = async ({ readers }: Pick<EdgeServices, 'readers'>): Promise<Tree> => {
  const [found] = await readers.categoryTree.getMany([categoriesId]);
  return categoriesIn(found?.document);
};

/** Returns the texts of products that belong to a category; one that is not in the tree stands for itself. */
export const textsBelow = (tree: Tree, text: string): readonly string[] => {
  const named = categoryNamed(tree, text);
  return named === undefined ? [text] : branchOf(tree, named).flatMap(textsOf);
};

type Counts = readonly { readonly category: string; readonly count: number }[];

/** Counts products in each category, with those below it, in the order of the tree. Those without products are left out. */
export const countsWithin = (
  tree: Tree,
  counts: Counts,
): readonly { category: Standing; count: number }[] => {
  const byId = new Map<CategoryId, number>();
  for (const { category, count } of counts)
    for (const { categoryId } of pathOf(tree, categoryNamed(tree, category)?.categoryId))
      byId.set(categoryId, (byId.get(categoryId) ?? 0) + count);
  return treeOf(tree).flatMap((of) => {
    const count = byId.get(of.categoryId);
    return count === undefined ? [] : [{ category: standing(tree, of), count }];
  });
};

const typeDefs = `
extend type Query {
  "The tree of categories: each before those below it, siblings in their order. At most 100."
  categories: [Category!]
  "A category by its slug; null where there is none."
  category(
    "The slug."
    slug: String!
  ): Category
}

"A category of the tree in which shoppers find products. A product belongs to it by naming its slug, or its English or Chinese name."
type Category {
  "The unique identifier."
  id: ID!
  "The name in each language of the pages."
  names: CategoryNames!
  "The name in addresses."
  slug: String!
  "The category above it; null at the root."
  parentId: ID
  "The number of categories on the way from the root to it, with itself: 1 to 5."
  depth: Int!
  "The way from the root to it, with itself."
  path: [Category!]!
}

"A category with the number of products in it and below it."
type CategoryCount {
  "The category."
  category: Category!
  "The number of products."
  count: Int!
}

extend type ProductFacets {
  "The categories of the tree that have products, with those below them, in the order of the tree."
  tree: [CategoryCount!]!
}
`;

const resolvers: Concept['resolvers'] = {
  Query: {
    categories: allowed('everyone', async (_args: object, { services }) => {
      const tree = await treeIn(services);
      return treeOf(tree).map((of) => standing(tree, of));
    }),
    category: allowed('everyone', async ({ slug }: { readonly slug: string }, { services }) => {
      const tree = await treeIn(services);
      const found = tree.find((one) => one.slug === slug);
      return found ? standing(tree, found) : null;
    }),
  },
  Category: {
    id: ({ of }: Standing) => of.categoryId,
    names: ({ of }: Standing) => of.names,
    slug: ({ of }: Standing) => of.slug,
    parentId: ({ of }: Standing) => of.parentId ?? null,
    depth: ({ of, tree }: Standing) => pathOf(tree, of.categoryId).length,
    path: ({ of, tree }: Standing) => pathOf(tree, of.categoryId).map((one) => standing(tree, one)),
  },
  ProductFacets: {
    tree: async (
      { categoryCounts }: { readonly categoryCounts: Counts },
      _args: object,
      { services }: EdgeContext,
    ) => countsWithin(await treeIn(services), categoryCounts),
  },
};

/** The field of a product about its place in the tree. */
export const categoryPathField = {
  type: '[Category!]!',
  description:
    'The way from the root of the tree to its category; empty where its category is not in the tree.',
  resolve: async ({ category }: CatalogueProduct, _args: object, { services }: EdgeContext) => {
    const tree = await treeIn(services);
    return pathOf(tree, categoryNamed(tree, category)?.categoryId).map((of) => standing(tree, of));
  },
};

const shownCategory = {
  shows: shown(
    'category',
    'Category',
    async ({ categoryId }: { readonly categoryId: CategoryId }, { services }) => {
      const tree = await treeIn(services);
      const found = tree.find((one) => one.categoryId === categoryId);
      return found ? standing(tree, found) : null;
    },
  ),
};

export const categoryMutations = {
  addCategory: shownCategory,
  renameCategory: shownCategory,
  moveCategory: shownCategory,
  retireCategory: {},
} satisfies Mutations;

export const categories: Concept = combined(
  { typeDefs, resolvers, readModels: { Category: [categoryTree] } },
  objectType('CategoryNames', CategoryNames),
  mutationsConcept(categoryMutations),
);
