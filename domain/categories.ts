import {
  accept,
  hasInvisible,
  isAsSeen,
  isBlank,
  reject,
  unreachable,
  type CategoryId,
  type ChangedMeanwhile,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
} from './kernel';

/** The name in each language of the pages. */
export type CategoryNames = { readonly en: string; readonly zh: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** It is the last one below its parent; without a parent, the last one at the root. */
export type CategoryAdded = Fact<
  'CategoryAdded',
  {
    categoryId: CategoryId;
    names: CategoryNames;
    slug: string;
    parentId?: CategoryId | undefined;
    addedAt: Instant;
  }
>;
export type CategoryRenamed = Fact<
  'CategoryRenamed',
  { categoryId: CategoryId; names: CategoryNames; slug: string; renamedAt: Instant }
>;
/** It stands before another one below its new parent; without `beforeId`, it is the last one there. */
export type CategoryMoved = Fact<
  'CategoryMoved',
  {
    categoryId: CategoryId;
    parentId?: CategoryId | undefined;
    beforeId?: CategoryId | undefined;
    movedAt: Instant;
  }
>;
/** Products that name it stand at the root. */
export type CategoryRetired = Fact<'CategoryRetired', { categoryId: CategoryId; retiredAt: Instant }>;

export type CategoriesEvent = CategoryAdded | CategoryRenamed | CategoryMoved | CategoryRetired;

export const categoriesEventTypes = {
  CategoryAdded: true,
  CategoryRenamed: true,
  CategoryMoved: true,
  CategoryRetired: true,
} as const satisfies Record<CategoriesEvent['type'], true>;

type Of = { readonly categoryId: CategoryId; readonly at: Instant };

type AddCategory = Of & {
  readonly type: 'AddCategory';
  readonly names: CategoryNames;
  readonly slug: string;
  readonly parentId?: CategoryId | undefined;
};
type RenameCategory = Of & {
  readonly type: 'RenameCategory';
  readonly names: CategoryNames;
  readonly slug: string;
  /** The words that the sender has seen. Absent: any. */
  readonly expected?: { readonly names: CategoryNames; readonly slug: string } | undefined;
};
type MoveCategory = Of & {
  readonly type: 'MoveCategory';
  readonly parentId?: CategoryId | undefined;
  readonly beforeId?: CategoryId | undefined;
  /** The parent that the sender has seen; without one: at the root. Absent: any. */
  readonly expected?: { readonly parentId?: CategoryId | undefined } | undefined;
};
type RetireCategory = Of & { readonly type: 'RetireCategory' };

export type CategoriesCommand = AddCategory | RenameCategory | MoveCategory | RetireCategory;

export type CategoriesRejection =
  | ChangedMeanwhile
  | { readonly code: 'CATEGORY_NOT_FOUND'; readonly categoryId: CategoryId }
  | { readonly code: 'CATEGORY_INVALID'; readonly field: 'names.en' | 'names.zh' | 'slug' }
  | { readonly code: 'CATEGORY_NAME_TAKEN'; readonly name: string; readonly categoryId: CategoryId }
  | { readonly code: 'CATEGORY_CYCLE'; readonly categoryId: CategoryId }
  | { readonly code: 'CATEGORY_NOT_SIBLING'; readonly categoryId: CategoryId }
  | { readonly code: 'CATEGORY_TOO_DEEP'; readonly max: number }
  | { readonly code: 'CATEGORY_HAS_CHILDREN'; readonly categoryId: CategoryId }
  | { readonly code: 'CATEGORIES_FULL'; readonly max: number };

export type Category = {
  readonly categoryId: CategoryId;
  readonly names: CategoryNames;
  readonly slug: string;
  /** Absent at the root. */
  readonly parentId?: CategoryId | undefined;
};

/** Siblings stand in their order; otherwise the order means nothing. */
export type CategoriesState = { readonly categories: readonly Category[] };

/** The id of the one tree, which is moved as a whole. */
export const categoriesId = 'all';

/** The page of a category reads the products of each text that its descendants have. */
export const categoriesMax = 100;
export const categoryDepthMax = 5;

type Categories = readonly Category[];

const byId = (categories: Categories, id: CategoryId | undefined): Category | undefined =>
  categories.find(({ categoryId }) => categoryId === id);

/** Returns the way from the root to a category, with itself. */
export const pathOf = (categories: Categories, id: CategoryId | undefined): readonly Category[] => {
  const path: Category[] = [];
  for (let one = byId(categories, id); one !== undefined; one = byId(categories, one.parentId))
    path.unshift(one);
  return path;
};

export const childrenOf = (categories: Categories, id: CategoryId | undefined): readonly Category[] =>
  categories.filter(({ parentId }) => parentId === id);

/** Returns a category with all that are below it, each before those below it. */
export const branchOf = (categories: Categories, one: Category): readonly Category[] => [
  one,
  ...childrenOf(categories, one.categoryId).flatMap((child) => branchOf(categories, child)),
];

/** Returns all categories, each before those below it. */
export const treeOf = (categories: Categories): readonly Category[] =>
  childrenOf(categories, undefined).flatMap((one) => branchOf(categories, one));

/** Returns the texts by which products name a category. */
export const textsOf = ({ slug, names }: Pick<Category, 'slug' | 'names'>): readonly string[] => [
  ...new Set([slug, names.en, names.zh]),
];

/** Returns the category that a product names: by its slug, or a name, as it is written. */
export const categoryNamed = (categories: Categories, text: string): Category | undefined =>
  categories.find((one) => textsOf(one).includes(text));

const evolve = ({ categories }: CategoriesState, event: CategoriesEvent): CategoriesState => {
  const { categoryId } = event.data;
  switch (event.type) {
    case 'CategoryAdded': {
      const { names, slug, parentId } = event.data;
      return { categories: [...categories, { categoryId, names, slug, parentId }] };
    }
    case 'CategoryRenamed': {
      const { names, slug } = event.data;
      return {
        categories: categories.map((one) => (one.categoryId === categoryId ? { ...one, names, slug } : one)),
      };
    }
    case 'CategoryMoved': {
      const { parentId, beforeId } = event.data;
      const moved = byId(categories, categoryId);
      if (moved === undefined) return { categories };
      const others = categories.filter((one) => one !== moved);
      const at = beforeId === undefined ? -1 : others.findIndex((one) => one.categoryId === beforeId);
      return { categories: others.toSpliced(at === -1 ? others.length : at, 0, { ...moved, parentId }) };
    }
    case 'CategoryRetired':
      return { categories: categories.filter((one) => one.categoryId !== categoryId) };
    default:
      return unreachable(event);
  }
};

type CategoriesDecision = Decision<CategoriesEvent, CategoriesRejection>;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const sameText = (text: string): string => text.normalize('NFKC').toLowerCase();

type Words = Pick<Category, 'categoryId' | 'names' | 'slug'>;

/** Returns what is wrong with the words of a category; undefined where nothing is. */
const wrongWords = (
  { categoryId, names, slug }: Words,
  categories: Categories,
): CategoriesRejection | undefined => {
  for (const language of ['en', 'zh'] as const) {
    const name = names[language];
    if (isBlank(name) || hasInvisible(name.replaceAll(' ', '')))
      return { code: 'CATEGORY_INVALID', field: `names.${language}` };
  }
  if (!SLUG.test(slug)) return { code: 'CATEGORY_INVALID', field: 'slug' };
  // A product that names it would stand in two places.
  const taken = new Map(
    categories
      .filter((one) => one.categoryId !== categoryId)
      .flatMap((one) => textsOf(one).map((text) => [sameText(text), one.categoryId] as const)),
  );
  for (const name of textsOf({ names, slug })) {
    const other = taken.get(sameText(name));
    if (other !== undefined) return { code: 'CATEGORY_NAME_TAKEN', name, categoryId: other };
  }
  return undefined;
};

const heightOf = (categories: Categories, one: Category): number =>
  1 + Math.max(0, ...childrenOf(categories, one.categoryId).map((child) => heightOf(categories, child)));

const notFound = (categoryId: CategoryId): CategoriesDecision =>
  reject({ code: 'CATEGORY_NOT_FOUND', categoryId });

const addCategory = (command: AddCategory, { categories }: CategoriesState): CategoriesDecision => {
  const { categoryId, names, slug, parentId, at } = command;
  // The id is derived from the command, so this is a repeat of it.
  if (byId(categories, categoryId)) return accept();
  const wrong = wrongWords(command, categories);
  if (wrong !== undefined) return reject(wrong);
  if (parentId !== undefined && !byId(categories, parentId)) return notFound(parentId);
  if (pathOf(categories, parentId).length >= categoryDepthMax)
    return reject({ code: 'CATEGORY_TOO_DEEP', max: categoryDepthMax });
  if (categories.length >= categoriesMax) return reject({ code: 'CATEGORIES_FULL', max: categoriesMax });
  return accept({ type: 'CategoryAdded', data: { categoryId, names, slug, parentId, addedAt: at } });
};

const renameCategory = (command: RenameCategory, { categories }: CategoriesState): CategoriesDecision => {
  const { categoryId, names, slug, expected, at } = command;
  const known = byId(categories, categoryId);
  if (known === undefined) return notFound(categoryId);
  const wrong = wrongWords(command, categories);
  if (wrong !== undefined) return reject(wrong);
  if (known.slug === slug && known.names.en === names.en && known.names.zh === names.zh) return accept();
  if (!isAsSeen(expected, { names: known.names, slug: known.slug }))
    return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({ type: 'CategoryRenamed', data: { categoryId, names, slug, renamedAt: at } });
};

const moveCategory = (
  { categoryId, parentId, beforeId, expected, at }: MoveCategory,
  { categories }: CategoriesState,
): CategoriesDecision => {
  const known = byId(categories, categoryId);
  if (known === undefined) return notFound(categoryId);
  if (parentId !== undefined && !byId(categories, parentId)) return notFound(parentId);
  const above = pathOf(categories, parentId);
  // Nothing below itself has a way to the root.
  if (above.includes(known)) return reject({ code: 'CATEGORY_CYCLE', categoryId });
  if (above.length + heightOf(categories, known) > categoryDepthMax)
    return reject({ code: 'CATEGORY_TOO_DEEP', max: categoryDepthMax });
  const siblings = childrenOf(categories, parentId).filter((one) => one !== known);
  const before = beforeId === undefined ? undefined : byId(siblings, beforeId);
  if (beforeId !== undefined && before === undefined)
    return reject({ code: 'CATEGORY_NOT_SIBLING', categoryId: beforeId });
  const there = childrenOf(categories, parentId);
  if (known.parentId === parentId && there[there.indexOf(known) + 1] === before) return accept();
  if (!isAsSeen(expected, { parentId: known.parentId })) return reject({ code: 'CHANGED_MEANWHILE' });
  return accept({ type: 'CategoryMoved', data: { categoryId, parentId, beforeId, movedAt: at } });
};

const retireCategory = (
  { categoryId, at }: RetireCategory,
  { categories }: CategoriesState,
): CategoriesDecision => {
  if (!byId(categories, categoryId)) return accept();
  // Those below it would have no place.
  if (childrenOf(categories, categoryId).length > 0)
    return reject({ code: 'CATEGORY_HAS_CHILDREN', categoryId });
  return accept({ type: 'CategoryRetired', data: { categoryId, retiredAt: at } });
};

const decide = (command: CategoriesCommand, state: CategoriesState): CategoriesDecision => {
  switch (command.type) {
    case 'AddCategory':
      return addCategory(command, state);
    case 'RenameCategory':
      return renameCategory(command, state);
    case 'MoveCategory':
      return moveCategory(command, state);
    case 'RetireCategory':
      return retireCategory(command, state);
    default:
      return unreachable(command);
  }
};

/** The tree in which shoppers find products. */
export const categories: Decider<CategoriesState, CategoriesCommand, CategoriesEvent, CategoriesRejection> = {
  category: 'categories',
  initial: { categories: [] },
  decide,
  evolve,
};
