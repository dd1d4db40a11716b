import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createDocuments } from './operation-cache';
import { defaultLimits, type Limits } from './limits';
import { createLongWork } from './long-work';
import { edgeSchema } from '../schema';

const schema = edgeSchema();
const MIB = 1024 * 1024;

const open = (limits: Partial<Limits> = {}) => {
  const documents = createDocuments(
    schema,
    { ...defaultLimits, ...limits },
    createLongWork(createVirtualClock()),
  );
  const paid: number[] = [];
  const pay = (units: number) => void paid.push(units);
  const payer = { address: '203.0.113.1', pay, demandPaid: () => undefined };
  const find = async (query: string, variables?: Readonly<Record<string, unknown>>) =>
    (await documents.find({ query, operationName: undefined, variables }, payer)).operation;
  const priceOf = async (work: () => unknown): Promise<number> => {
    paid.length = 0;
    try {
      await work();
    } catch {
      // The price of what is refused counts as well.
    }
    return paid.reduce((sum, units) => sum + units, 0);
  };
  return { documents, find, payer, priceOf };
};

const fields = 'id sku name description category imageUrl '.repeat(50);
const large = (at: number) => `query Q${at} { product(id: "x") { ${fields} } }`;

describe('memory for documents', () => {
  it('is bounded in bytes, with any requests of strangers', async () => {
    const { documents, find } = open({ documentsKeptBytesMax: 4 * MIB });
    for (let at = 0; at < 200; at += 1) await find(large(at));
    expect(documents.bytesKept()).toBeGreaterThan(3 * MIB);
    expect(documents.bytesKept()).toBeLessThanOrEqual(4 * MIB);
  });

  it('counts what a document really takes', async () => {
    const { documents, find } = open();
    await find(large(0));
    // 300 fields, a token each, and half a KiB for each.
    expect(documents.bytesKept()).toBeGreaterThan(300 * 512);
    expect(documents.bytesKept()).toBeLessThan(2 * 300 * 512);
  });

  it('keeps no document that is too large by itself, comments included', async () => {
    const { documents, find } = open({ documentKeptBytesMax: MIB });
    await find(`{ me { id } } ${'#\n'.repeat(10_000)}`);
    expect(documents.bytesKept()).toBe(0);
  });

  it.each([
    ['does not parse', '{ me { id }'],
    ['does not fit the schema', '{ nonsense }'],
  ])('keeps none that %s', async (_what, query) => {
    const { documents, find, payer } = open();
    try {
      expect(await (await find(query)).errors(payer)).toHaveLength(1);
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    }
    expect(documents.bytesKept()).toBe(0);
  });

  it('keeps what is in use through any number of others', async () => {
    const { find } = open({ documentsKeptBytesMax: MIB });
    const used = await find('{ me { id } }');
    for (let at = 0; at < 50; at += 1) {
      await find(large(at));
      expect(await find('{ me { id } }')).toBe(used);
    }
  });
});

describe('the price', () => {
  it('of a known operation is its cost, by the lengths of its lists', async () => {
    const { find, priceOf, payer } = open();
    const query = 'query ($first: Int) { products(first: $first) { edges { cursor } } }';
    await (await find(query, { first: 1 })).errors(payer);
    expect(await priceOf(async () => (await find(query, { first: 1 })).errors(payer))).toBe(3);
    expect(await priceOf(async () => (await find(query, { first: 50 })).errors(payer))).toBe(101);
  });

  it('of a known operation is that of a search only where a variable has its text', async () => {
    const { find, priceOf, payer } = open();
    const query = 'query ($text: String = "mug") { products(first: 1, query: $text) { edges { cursor } } }';
    const price = (variables: object) =>
      priceOf(async () => (await find(query, { ...variables })).errors(payer));
    await price({});
    expect(await price({ text: null })).toBe(3);
    expect(await price({})).toBe(303);
    expect(await price({ text: 'lamp' })).toBe(303);
  });

  it('of a new one is higher, the more so the longer it is', async () => {
    const { find, priceOf, payer } = open();
    const short = await priceOf(async () => (await find('{ me { id } }')).errors(payer));
    const long = await priceOf(async () => (await find(large(0))).errors(payer));
    expect(short).toBeGreaterThan(100);
    expect(long).toBeGreaterThan(30 * short);
  });

  it.each([
    ['that does not parse', `${large(0)} {`],
    ['that does not fit the schema', large(0).replace('product', 'nothing')],
  ])('of a document %s is asked each time', async (_what, query) => {
    const { find, priceOf, payer } = open();
    const first = await priceOf(async () => (await find(query)).errors(payer));
    expect(first).toBeGreaterThan(1_000);
    expect(await priceOf(async () => (await find(query)).errors(payer))).toBe(first);
  });
});
