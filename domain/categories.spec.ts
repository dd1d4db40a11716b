import { given } from '../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../tests/support/domain/walk';
import {
  categories,
  categoriesMax,
  categoryDepthMax,
  categoryNamed,
  childrenOf,
  pathOf,
  treeOf,
  type CategoriesCommand,
  type CategoriesEvent,
} from './categories';
import type { CategoryId, Instant } from './kernel';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const id = (name: string) => name as CategoryId;

const words = (name: string) => ({ names: { en: `${name} goods`, zh: `${name} 商品` }, slug: name });
const add = (name: string, parent?: string): CategoriesCommand => ({
  ...{ type: 'AddCategory', categoryId: id(name), ...words(name), at },
  ...(parent !== undefined && { parentId: id(parent) }),
});
const added = (name: string, parent?: string): CategoriesEvent => ({
  type: 'CategoryAdded',
  data: {
    ...{ categoryId: id(name), ...words(name), addedAt: at },
    ...(parent !== undefined && { parentId: id(parent) }),
  },
});
const to = (parent?: string, before?: string) => ({
  ...(parent !== undefined && { parentId: id(parent) }),
  ...(before !== undefined && { beforeId: id(before) }),
});
const move = (name: string, parent?: string, before?: string): CategoriesCommand => ({
  ...{ type: 'MoveCategory', categoryId: id(name), at },
  ...to(parent, before),
});
const moved = (name: string, parent?: string, before?: string): CategoriesEvent => ({
  type: 'CategoryMoved',
  data: { categoryId: id(name), ...to(parent, before), movedAt: at },
});
const rename = (name: string, as: ReturnType<typeof words>): CategoriesCommand => ({
  ...{ type: 'RenameCategory', categoryId: id(name), ...as, at },
});
const retire = (name: string): CategoriesCommand => ({ type: 'RetireCategory', categoryId: id(name), at });
const retired = (name: string): CategoriesEvent => ({
  type: 'CategoryRetired',
  data: { categoryId: id(name), retiredAt: at },
});

/** Home with kitchen and desk, of which kitchen has cups. */
const tree = [added('home'), added('kitchen', 'home'), added('cups', 'kitchen'), added('desk', 'home')];
const stateOf = (events: readonly CategoriesEvent[]) => events.reduce(categories.evolve, categories.initial);
const outline = (events: readonly CategoriesEvent[]) => {
  const all = stateOf(events).categories;
  return treeOf(all).map((one) => `${'-'.repeat(pathOf(all, one.categoryId).length)}${one.slug}`);
};

it('is a tree in which siblings have an order', () => {
  expect(outline(tree)).toEqual(['-home', '--kitchen', '---cups', '--desk']);
  expect(outline([...tree, moved('desk', 'home', 'kitchen')])).toEqual([
    ...['-home', '--desk', '--kitchen', '---cups'],
  ]);
  expect(outline([...tree, moved('kitchen')])).toEqual(['-home', '--desk', '-kitchen', '--cups']);
});

it('is named by its slug or a name, as it is written', () => {
  const all = stateOf(tree).categories;
  for (const text of ['cups', 'cups goods', 'cups 商品']) expect(categoryNamed(all, text)?.slug).toBe('cups');
  for (const text of ['Cups', 'cup', '']) expect(categoryNamed(all, text)).toBeUndefined();
});

describe('AddCategory', () => {
  it('adds one at the root, and below another one', () => {
    given(categories, [])
      .when(add('home'))
      .then([added('home')]);
    given(categories, tree)
      .when(add('pans', 'kitchen'))
      .then([added('pans', 'kitchen')]);
  });

  it('does not find a parent that is not there', () =>
    given(categories, tree)
      .when(add('pans', 'none'))
      .thenRejected({ code: 'CATEGORY_NOT_FOUND', categoryId: id('none') }));

  it.each<[string, object]>([
    ['names.en', { names: { en: ' ', zh: '家' } }],
    ['names.zh', { names: { en: 'Home', zh: '' } }],
    ['names.en', { names: { en: 'Home\u200b', zh: '家' } }],
    ['slug', { slug: 'Not a slug' }],
    ['slug', { slug: '' }],
  ])('refuses wrong words: %s', (field, wrong) =>
    given(categories, [])
      .when({ ...add('home'), ...wrong } as CategoriesCommand)
      .thenRejected({ code: 'CATEGORY_INVALID', field: field as 'slug' }),
  );

  it('refuses a name that would let a product stand in two places', () => {
    const taken = { names: { en: 'CUPS GOODS', zh: '杯' }, slug: 'mugs' };
    given(categories, tree)
      .when({ ...add('mugs'), ...taken } as CategoriesCommand)
      .thenRejected({ code: 'CATEGORY_NAME_TAKEN', name: 'CUPS GOODS', categoryId: id('cups') });
  });

  it('refuses one that is too deep, and too many', () => {
    const deep = Array.from({ length: categoryDepthMax }, (_, level) =>
      added(`level-${level}`, level === 0 ? undefined : `level-${level - 1}`),
    );
    given(categories, deep)
      .when(add('deeper', `level-${categoryDepthMax - 1}`))
      .thenRejected({ code: 'CATEGORY_TOO_DEEP', max: categoryDepthMax });
    const many = Array.from({ length: categoriesMax }, (_, number) => added(`c${number}`));
    given(categories, many).when(add('more')).thenRejected({ code: 'CATEGORIES_FULL', max: categoriesMax });
  });
});

describe('RenameCategory', () => {
  it('gives it other words', () =>
    given(categories, tree)
      .when(rename('cups', words('mugs')))
      .then([
        { type: 'CategoryRenamed', data: { categoryId: id('cups'), ...words('mugs'), renamedAt: at } },
      ]));

  it('leaves the same words alone, and does not take those of another one', () => {
    given(categories, tree)
      .when(rename('cups', words('cups')))
      .then([]);
    given(categories, tree)
      .when(rename('cups', words('desk')))
      .thenRejected({ code: 'CATEGORY_NAME_TAKEN', name: 'desk', categoryId: id('desk') });
    given(categories, tree)
      .when(rename('none', words('none')))
      .thenRejected({ code: 'CATEGORY_NOT_FOUND', categoryId: id('none') });
  });
});

describe('MoveCategory', () => {
  it('moves it with what is below it, or among its siblings', () => {
    given(categories, tree)
      .when(move('kitchen', 'desk'))
      .then([moved('kitchen', 'desk')]);
    given(categories, tree)
      .when(move('desk', 'home', 'kitchen'))
      .then([moved('desk', 'home', 'kitchen')]);
    given(categories, tree).when(move('desk', 'home')).then([]);
  });

  it('makes no cycle', () => {
    for (const parent of ['home', 'kitchen', 'cups'])
      given(categories, tree)
        .when(move('home', parent))
        .thenRejected({ code: 'CATEGORY_CYCLE', categoryId: id('home') });
  });

  it('keeps the depth', () => {
    const deep = [...tree, added('a', 'cups'), added('b', 'a'), added('x'), added('y', 'x')];
    given(categories, deep)
      .when(move('x', 'a'))
      .thenRejected({ code: 'CATEGORY_TOO_DEEP', max: categoryDepthMax });
    given(categories, deep)
      .when(move('y', 'a'))
      .then([moved('y', 'a')]);
  });

  it('does not find what is not there', () => {
    given(categories, tree)
      .when(move('none'))
      .thenRejected({ code: 'CATEGORY_NOT_FOUND', categoryId: id('none') });
    given(categories, tree)
      .when(move('desk', 'none'))
      .thenRejected({ code: 'CATEGORY_NOT_FOUND', categoryId: id('none') });
    for (const before of ['none', 'cups', 'desk'])
      given(categories, tree)
        .when(move('desk', 'home', before))
        .thenRejected({ code: 'CATEGORY_NOT_SIBLING', categoryId: id(before) });
  });
});

describe('RetireCategory', () => {
  it('takes it out of the tree, once nothing is below it', () => {
    given(categories, tree)
      .when(retire('cups'))
      .then([retired('cups')]);
    given(categories, tree)
      .when(retire('kitchen'))
      .thenRejected({ code: 'CATEGORY_HAS_CHILDREN', categoryId: id('kitchen') });
  });
});

it('has a way to the root for each category, after any change', () =>
  alongEveryWalk(
    categories,
    ({ categories: all }): readonly CategoriesCommand[] => {
      const slugs = all.map(({ slug }) => slug);
      const [first, second] = [slugs.at(-1) ?? 'none', slugs[Math.floor(slugs.length / 2)] ?? 'none'];
      const next = `c${all.length}`;
      return [
        ...[add(next), add(next, first), add(next, second)],
        ...[move(first, second), move(second, first), move(first), move(first, undefined, second)],
        ...[retire(first), retire(second), rename(first, words(`${first}x`))],
      ];
    },
    (step) => {
      recordsOnce(categories, step);
      const all = step.after.categories;
      expect(treeOf(all)).toHaveLength(all.length);
      for (const { categoryId } of all)
        expect(pathOf(all, categoryId).length).toBeLessThanOrEqual(categoryDepthMax);
      expect(childrenOf(all, undefined).length > 0).toBe(all.length > 0);
    },
  ));
