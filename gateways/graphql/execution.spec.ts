import type { ExecutionResult } from 'graphql';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { createDocuments } from './operation-cache';
import { createAdmission, jsonOf, rememberIntrospection } from './execution';
import { defaultLimits } from './limits';
import type { Run } from './run-operation';
import { INTROSPECTION_PRICE } from './pricing';
import { buildEdgeSchema } from './schema';

const limits = { ...defaultLimits, compileAfter: 2, compiledBytesMax: 200_000, compiledEachBytesMax: 60_000 };
const documents = () => {
  const kept = createDocuments(buildEdgeSchema(), limits);
  return (query: string) =>
    kept.find({ query, operationName: undefined, variables: undefined }, () => undefined).operation;
};
const small = (at: number) => `query Q${at} { me { id } }`;

describe('admission to what compiles', () => {
  const open = () => {
    const clock = createVirtualClock();
    const forgotten = { times: 0 };
    const admitted = createAdmission(limits, clock, () => void (forgotten.times += 1));
    return { clock, forgotten, admitted, find: documents() };
  };

  it('is given to what is asked for again', () => {
    const { admitted, find } = open();
    expect([1, 2, 3].map(() => admitted(find(small(0))))).toEqual([false, true, true]);
  });

  it('is not given to what is large', () => {
    const { admitted, find } = open();
    const large = `{ me { ${'id '.repeat(100)} } }`;
    expect([1, 2, 3].map(() => admitted(find(large)))).toEqual([false, false, false]);
  });

  it('is bounded in bytes, and begins anew at most now and then', async () => {
    const { clock, forgotten, admitted, find } = open();
    const admit = (at: number): boolean => {
      find(small(at));
      return admitted(find(small(at)));
    };
    const first = Array.from({ length: 100 }, (_, at) => admit(at)).filter(Boolean).length;
    expect(first).toBeGreaterThan(2);
    expect(first).toBeLessThan(200_000 / 32_768);
    expect(forgotten.times).toBe(0);
    // Those that were admitted stay so while others are refused.
    expect([admit(0), admit(99)]).toEqual([true, false]);
    await clock.advance(10 * 60_000);
    expect(admit(99)).toBe(true);
    expect(forgotten.times).toBe(1);
  });
});

describe('what the schema answers about itself', () => {
  const open = () => {
    const done: ExecutionResult[] = [];
    const paid: number[] = [];
    const run = rememberIntrospection(async () => {
      const result = { data: { at: done.length } };
      done.push(result);
      return result;
    }, limits);
    const find = documents();
    const ask = (query: string, variables?: object) =>
      run({
        operation: find(query),
        variables,
        pay: (units: number) => void paid.push(units),
      } as unknown as Run);
    return { ask, done, paid };
  };

  it('is worked out once, and paid once', async () => {
    const { ask, done, paid } = open();
    const query = '{ __schema { queryType { name } } __typename }';
    const first = await ask(query);
    expect(await ask(query)).toBe(first);
    expect(jsonOf(first)).toBe(JSON.stringify(first));
    expect([done.length, paid]).toEqual([1, [INTROSPECTION_PRICE]]);
  });

  it('depends on the variables', async () => {
    const { ask, done } = open();
    const query = 'query ($name: String!) { __type(name: $name) { name } }';
    await ask(query, { name: 'Order' });
    await ask(query, { name: 'Cart' });
    await ask(query, { name: 'Order' });
    expect(done.length).toBe(2);
  });

  it.each(['{ me { id } }', '{ __typename }', '{ __schema { queryType { name } } me { id } }'])(
    'is all that is remembered, and not %s',
    async (query) => {
      const { ask, done, paid } = open();
      await ask(query);
      await ask(query);
      expect([done.length, paid]).toEqual([2, []]);
    },
  );
});
