import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { guest } from '../access/caller';
import { EdgeContext, type EdgeServices } from '../context';
import { createExecute, demandValid } from './execute-operation';
import { defaultLimits, type Limits } from './limits';
import { createLongWork } from './long-work';
import { createDocuments } from './operation-cache';
import { MICROS_PER_TOKEN_COMPILED } from './pricing';
import { edgeSchema } from '../schema';
import { silentLogger } from '../../../platform/telemetry';

const schema = edgeSchema();

const open = (changed: Partial<Limits> = {}) => {
  const limits = { ...defaultLimits, compileAfter: 2, ...changed };
  const documents = createDocuments(schema, limits, createLongWork(createVirtualClock()));
  const execute = demandValid(createExecute(schema, limits));
  const context = new EdgeContext({ logger: silentLogger } as EdgeServices, guest, '203.0.113.1');
  let compilations = 0;

  /** Executes as a request does. */
  const request = async (query: string, variables?: Readonly<Record<string, unknown>>) => {
    const paid: number[] = [];
    const pay = (units: number) => void paid.push(units);
    const payer = { address: '203.0.113.1', pay, demandPaid: () => undefined };
    const { operation, cost } = await documents.find({ query, operationName: undefined, variables }, payer);
    const result = await execute({
      operation,
      cost,
      context,
      variables,
      payer,
      operationName: undefined,
      traceparent: undefined,
    });
    if (paid.includes(operation.tokens * MICROS_PER_TOKEN_COMPILED)) compilations += 1;
    return result;
  };
  return { request, compilations: () => compilations };
};

const small = (at: number) => `query Q${at} { me { id } }`;

describe('compilation', () => {
  it('is for what is requested again, and paid for once', async () => {
    const { request, compilations } = open();
    const counts = [];
    for (let time = 0; time < 4; time += 1) {
      expect(await request('{ __typename me { id } }')).toEqual({ data: { __typename: 'Query', me: null } });
      counts.push(compilations());
    }
    expect(counts).toEqual([0, 1, 1, 1]);
  });

  it('is not for what is large', async () => {
    const { request, compilations } = open({ compiledEachBytesMax: 60_000 });
    for (let time = 0; time < 3; time += 1) await request(`{ me { ${'id '.repeat(100)} } }`);
    expect(compilations()).toBe(0);
  });

  it('keeps what was used last, up to so many bytes', async () => {
    const { request, compilations } = open({ compiledBytesMax: 200_000 });
    const requestTwice = async (at: number): Promise<void> => {
      await request(small(at));
      await request(small(at));
    };
    for (let at = 0; at < 20; at += 1) {
      await requestTwice(at);
      await request(small(0));
    }
    expect(compilations()).toBe(20);
    await request(small(0));
    await request(small(19));
    expect(compilations()).toBe(20);
    await request(small(1));
    expect(compilations()).toBe(21);
  });

  it('changes no answer', async () => {
    const { request, compilations } = open();
    const query =
      'query ($id: ID!, $first: Int) { product(id: $id) { reviews(first: $first) { edges { cursor } } } }';
    const answers = [];
    for (let time = 0; time < 3; time += 1)
      answers.push(await request(query, { id: { nested: true }, first: 'many' }));
    expect(compilations()).toBe(1);
    expect(answers[0]?.errors).toHaveLength(2);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});
