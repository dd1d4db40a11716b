import type { ExecutionResult } from 'graphql';
import { createDocuments } from './operation-cache';
import { cacheIntrospection, jsonOf } from './introspection-cache';
import { defaultLimits } from './limits';
import type { Run } from './run-operation';
import { INTROSPECTION_PRICE } from './pricing';
import { buildEdgeSchema } from './schema';

const find = (query: string) =>
  createDocuments(buildEdgeSchema(), defaultLimits).find(
    { query, operationName: undefined, variables: undefined },
    () => undefined,
  ).operation;

describe('what the schema answers about itself', () => {
  const open = () => {
    const done: ExecutionResult[] = [];
    const paid: number[] = [];
    const run = cacheIntrospection(async () => {
      const result = { data: { at: done.length } };
      done.push(result);
      return result;
    }, defaultLimits);
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
