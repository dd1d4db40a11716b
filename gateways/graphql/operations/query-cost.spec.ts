import { getIntrospectionQuery, parse, type OperationDefinitionNode } from 'graphql';
import { defaultLimits } from './limits';
import { edgeSchema } from '../schema';
import { excessOf, weigh, type Variables } from './query-cost';

const schema = edgeSchema();
const { costMax } = defaultLimits;

const weightOf = (source: string, variables: Variables = {}) => {
  const document = parse(source);
  return weigh(schema, document, document.definitions[0] as OperationDefinitionNode, { variables, costMax });
};

describe('a length that a variable has by default', () => {
  const query = `query ($n: Int = 100) {
    products(first: $n) { edges { node { reviews(first: $n) { edges { cursor } } } } }
  }`;

  it('counts where the caller gives none', () => {
    expect(weightOf(query).cost).toBe(weightOf(query, { n: 100 }).cost);
    expect(excessOf(weightOf(query), defaultLimits)).toMatch(/ask for shorter lists/);
  });

  it('is not the one that the caller gives', () => {
    expect(weightOf(query, { n: 2 }).cost).toBeLessThan(100);
  });
});

describe('the choices of the filters of a list', () => {
  it('cost the same on a page of any length, and as often as the list is read', () => {
    const choices = (first: number) => weightOf(`{ products(first: ${first}) { facets { inStock } } }`).cost;
    expect(choices(100)).toBe(choices(1));
    expect(choices(1)).toBe(1_002);
    const twice = weightOf('{ a: products { facets { inStock } } b: products { facets { inStock } } }').cost;
    expect(twice).toBe(2 * choices(1));
  });
});

describe('the products of a family', () => {
  it('cost as many as there may be', () =>
    expect(weightOf('{ productFamily(id: "f") { variants { values } } }').cost).toBe(1 + 1 + 100));

  it('cannot be requested again inside of each of them', () => {
    const inner = 'variants { product { family { variants { product { id } } } } }';
    expect(excessOf(weightOf(`{ productFamily(id: "f") { ${inner} } }`), defaultLimits)).toMatch(
      /ask for shorter lists/,
    );
  });
});

describe('a search and a filter of products', () => {
  const plain = weightOf('{ products(first: 1) { edges { cursor } } }').cost;

  it.each([
    ['query: "mug"', 300],
    ['query: null, filter: null', 0],
    ['filter: { inStock: true }', 500],
    ['query: "mug", filter: {}', 800],
  ])('cost more: %s', (given, more) =>
    expect(weightOf(`{ products(first: 1, ${given}) { edges { cursor } } }`).cost).toBe(plain + more),
  );

  it('cost it where a variable has a value, given or by default', () => {
    const query = `query ($q: String = "mug", $f: ProductFilter) {
      products(first: 1, query: $q, filter: $f) { edges { cursor } }
    }`;
    expect(weightOf(query).cost).toBe(plain + 300);
    expect(weightOf(query, { q: null }).cost).toBe(plain);
    expect(weightOf(query, { f: {} }).cost).toBe(plain + 800);
    expect(weightOf(query).lengths).toEqual(['q', 'f']);
  });
});

describe('asking for the schema', () => {
  it('costs the same however much of it', () => {
    expect(weightOf('{ __type(name: "Order") { name } }').cost).toBe(1_000);
    expect(weightOf(getIntrospectionQuery()).cost).toBe(1_000);
  });

  it('costs as much again for each alias inside, in fragments too', () => {
    expect(weightOf('{ __schema { types { a: name b: fields { c: name } } } }').cost).toBe(4_000);
    const twice =
      '{ __schema { types { ...f } queryType { ... on __Type { ...f } } } } fragment f on __Type { a: name }';
    expect(weightOf(twice).cost).toBe(3_000);
  });

  it('ends where fragments go round', () => {
    const round = '{ __schema { types { ...f } } } fragment f on __Type { ofType { ...f } }';
    expect(weightOf(round).cost).toBe(Infinity);
  });
});
