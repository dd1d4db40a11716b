import { getIntrospectionQuery, parse, type OperationDefinitionNode } from 'graphql';
import { defaultLimits } from './limits';
import { buildEdgeSchema } from './schema';
import { excessOf, weigh, type Variables } from './query-cost';

const schema = buildEdgeSchema();
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
