import { createDocuments } from './operation-cache';
import { defaultLimits, type Limits } from './limits';
import { buildEdgeSchema } from './schema';

const schema = buildEdgeSchema();
const MIB = 1024 * 1024;

const open = (limits: Partial<Limits> = {}) => {
  const documents = createDocuments(schema, { ...defaultLimits, ...limits });
  const paid: number[] = [];
  const pay = (units: number) => void paid.push(units);
  const find = (query: string, variables?: object) =>
    documents.find({ query, operationName: undefined, variables: variables as Record<string, unknown> }, pay)
      .operation;
  const priceOf = (work: () => unknown): number => {
    paid.length = 0;
    try {
      work();
    } catch {
      // The price of what is refused counts as well.
    }
    return paid.reduce((sum, units) => sum + units, 0);
  };
  return { documents, find, pay, priceOf };
};

const fields = 'id sku name description category imageUrl '.repeat(50);
const large = (at: number) => `query Q${at} { product(id: "x") { ${fields} } }`;

describe('memory for documents', () => {
  it('is bounded in bytes, whatever strangers send', () => {
    const { documents, find } = open({ documentsKeptBytesMax: 4 * MIB });
    for (let at = 0; at < 200; at += 1) find(large(at));
    expect(documents.bytesKept()).toBeGreaterThan(3 * MIB);
    expect(documents.bytesKept()).toBeLessThanOrEqual(4 * MIB);
  });

  it('counts what a document really takes', () => {
    const { documents, find } = open();
    find(large(0));
    // 300 fields, a token each, and half a KiB for each.
    expect(documents.bytesKept()).toBeGreaterThan(300 * 512);
    expect(documents.bytesKept()).toBeLessThan(2 * 300 * 512);
  });

  it('keeps no document that is too large by itself, comments included', () => {
    const { documents, find } = open({ documentKeptBytesMax: MIB });
    find(`{ me { id } } ${'#\n'.repeat(10_000)}`);
    expect(documents.bytesKept()).toBe(0);
  });

  it.each([
    ['does not parse', '{ me { id }'],
    ['does not fit the schema', '{ nonsense }'],
  ])('keeps none that %s', (_what, query) => {
    const { documents, find, pay } = open();
    try {
      expect(find(query).errors(pay).length).toBe(1);
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    }
    expect(documents.bytesKept()).toBe(0);
  });

  it('keeps what is in use through any number of others', () => {
    const { find } = open({ documentsKeptBytesMax: MIB });
    const used = find('{ me { id } }');
    for (let at = 0; at < 50; at += 1) {
      find(large(at));
      expect(find('{ me { id } }')).toBe(used);
    }
  });
});

describe('the price', () => {
  it('of a known operation is its cost, by the lengths of its lists', () => {
    const { find, priceOf, pay } = open();
    const query = 'query ($first: Int) { products(first: $first) { edges { cursor } } }';
    find(query, { first: 1 }).errors(pay);
    expect(priceOf(() => find(query, { first: 1 }).errors(pay))).toBe(3);
    expect(priceOf(() => find(query, { first: 50 }).errors(pay))).toBe(101);
  });

  it('of a new one is higher, the more so the longer it is', () => {
    const { find, priceOf, pay } = open();
    const short = priceOf(() => find('{ me { id } }').errors(pay));
    const long = priceOf(() => find(large(0)).errors(pay));
    expect(short).toBeGreaterThan(100);
    expect(long).toBeGreaterThan(30 * short);
  });

  it.each([
    ['that does not parse', `${large(0)} {`],
    ['that does not fit the schema', large(0).replace('product', 'nothing')],
  ])('of a document %s is asked each time', (_what, query) => {
    const { find, priceOf, pay } = open();
    const first = priceOf(() => find(query).errors(pay));
    expect(first).toBeGreaterThan(1_000);
    expect(priceOf(() => find(query).errors(pay))).toBe(first);
  });
});
