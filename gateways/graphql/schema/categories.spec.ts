import { categoriesId } from '../../../domain/categories';
import type { CategoryId } from '../../../domain/kernel';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { categoriesIn } from '../../../projections/category-tree';
import { countsWithin, textsBelow } from './categories';

const category = (slug: string, parent?: string) => ({
  ...{ categoryId: slug as CategoryId, slug, names: { en: `The ${slug}`, zh: `${slug}类` } },
  parentId: (parent ?? null) as CategoryId | null,
});
const document = {
  id: categoriesId,
  categories: [
    category('kitchen', 'home'),
    category('home'),
    category('cups', 'kitchen'),
    category('desk', 'home'),
  ],
} as const;
const tree = categoriesIn(document);

let edge: ReturnType<typeof startEdge>;
beforeEach(() => {
  edge = startEdge();
  edge.shop.categoryTree.push(document);
});
afterEach(() => edge.app.close());

const data = async (query: string) => {
  const answer = await edge.ask(query);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

it('are a tree, each before those below it', async () => {
  expect(await data('{ categories { slug depth parentId names { zh } } }')).toEqual({
    categories: [
      { slug: 'home', depth: 1, parentId: null, names: { zh: 'home类' } },
      { slug: 'kitchen', depth: 2, parentId: 'home', names: { zh: 'kitchen类' } },
      { slug: 'cups', depth: 3, parentId: 'kitchen', names: { zh: 'cups类' } },
      { slug: 'desk', depth: 2, parentId: 'home', names: { zh: 'desk类' } },
    ],
  });
  expect(
    await data('{ category(slug: "cups") { path { slug } } none: category(slug: "x") { slug } }'),
  ).toEqual({
    category: { path: [{ slug: 'home' }, { slug: 'kitchen' }, { slug: 'cups' }] },
    none: null,
  });
});

it('are none where staff have made none', async () => {
  edge.shop.categoryTree.length = 0;
  expect(await data('{ categories { slug } }')).toEqual({ categories: [] });
});

it('have the products that name them, and those of the categories below', async () => {
  const names = (of: string) => data(`{ products(category: "${of}") { edges { node { name } } } }`);
  const both = { products: { edges: [{ node: { name: 'Mug' } }, { node: { name: 'Pot' } }] } };
  for (const text of ['kitchen', 'The kitchen', 'home', 'home类']) expect(await names(text)).toEqual(both);
  for (const text of ['cups', 'desk', 'Kitchen'])
    expect(await names(text)).toEqual({ products: { edges: [] } });
  expect(await data(`{ product(id: "${ids.mug}") { categoryPath { slug } } }`)).toEqual({
    product: { categoryPath: [{ slug: 'home' }, { slug: 'kitchen' }] },
  });
});

it('count the products in them and below', async () => {
  expect(await data('{ products { facets { tree { count category { slug } } } } }')).toEqual({
    products: {
      facets: {
        tree: [
          { count: 2, category: { slug: 'home' } },
          { count: 2, category: { slug: 'kitchen' } },
        ],
      },
    },
  });
  const counts = [
    { category: 'The cups', count: 2 },
    { category: 'kitchen', count: 3 },
    { category: 'desk类', count: 4 },
    { category: 'elsewhere', count: 5 },
  ];
  expect(countsWithin(tree, counts).map(({ category: { of }, count }) => [of.slug, count])).toEqual([
    ...[
      ['home', 9],
      ['kitchen', 5],
      ['cups', 2],
      ['desk', 4],
    ],
  ]);
  expect(textsBelow(tree, 'elsewhere')).toEqual(['elsewhere']);
  expect(textsBelow(tree, 'kitchen类')).toHaveLength(6);
});
