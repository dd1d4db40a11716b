import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import type { ExecutionResult } from 'graphql';
import { createDocuments } from './operation-cache';
import { cacheIntrospection, jsonOf } from './introspection-cache';
import { defaultLimits } from './limits';
import { createLongWork } from './long-work';
import type { Run } from './run-operation';
import { ANSWER_BYTES_PER_UNIT, INTROSPECTION_PRICE } from './pricing';
import { edgeSchema } from '../schema';

const longWork = createLongWork(createVirtualClock());

const find = async (query: string) => {
  const { operation } = await createDocuments(edgeSchema(), defaultLimits, longWork).find(
    { query, operationName: undefined, variables: undefined },
    { address: '203.0.113.1', pay: () => undefined, demandPaid: () => undefined },
  );
  return operation;
};

describe('what the schema answers about itself', () => {
  const open = () => {
    const done: ExecutionResult[] = [];
    const paid: number[] = [];
    const answer = async () => {
      const result = { data: { at: done.length } };
      done.push(result);
      return result;
    };
    const run = cacheIntrospection(answer, defaultLimits, longWork);
    const ask = async (query: string, variables?: object) =>
      run({
        operation: await find(query),
        variables,
        context: { address: '203.0.113.1' },
        payer: { pay: (units: number) => void paid.push(units) },
      } as unknown as Run);
    return { ask, done, paid };
  };

  it('is worked out once, and paid once', async () => {
    const { ask, done, paid } = open();
    const query = '{ __schema { queryType { name } } __typename }';
    const [first, meanwhile] = await Promise.all([ask(query), ask(query)]);
    const withComment = await ask(`${query}  # another`);
    expect([meanwhile, await ask(query), withComment]).toEqual([first, first, first]);
    expect(jsonOf(first)).toBe(JSON.stringify(first));
    const again = JSON.stringify(first).length / ANSWER_BYTES_PER_UNIT;
    expect([done.length, paid]).toEqual([1, [INTROSPECTION_PRICE, again, again]]);
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
