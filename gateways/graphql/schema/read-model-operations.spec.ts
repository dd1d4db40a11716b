import type { Operation, OperationOutcome } from '../../../platform/projections';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { readModelRejections } from './read-model-operations';

const report = {
  ...{ name: 'carts', version: 1, position: null, head: null, lagEvents: 0, lagSeconds: 0 },
  ...{ status: 'live' as const, detail: null, rebuild: null },
};
let performed: Operation[] = [];
let outcome: OperationOutcome = { kind: 'done', copies: [{ readModel: 'carts', version: 1 }] };
const edge = startEdge({
  projections: async () => [report, { ...report, name: 'payments' }],
  operations: {
    perform: (operation) => {
      performed.push(operation);
      return Promise.resolve(outcome);
    },
  },
});
afterAll(() => edge.app.close());
beforeEach(() => (performed = []));

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const mutation = (name: string): string => `mutation M($input: ${pascal(name)}Input!) {
  ${name}(input: $input) {
    __typename
    ... on ${pascal(name)}Success { projections { name version } }
    ... on UserError { code message path }
  }
}`;
const send = async (name: string, input: object, as?: string) =>
  edge.ask(mutation(name), { as: as ?? (await edge.tokenOf(ids.sam, 'staff')), variables: { input } });

const examples: readonly (readonly [string, object, Operation])[] = [
  ['rebuildReadModels', { names: ['carts'] }, { action: 'rebuild', readModels: ['carts'], promotes: true }],
  [
    'rebuildReadModels',
    { names: ['carts'], promotes: false },
    { action: 'rebuild', readModels: ['carts'], promotes: false },
  ],
  [
    'rebuildReadModels',
    { names: ['carts'], budget: 500 },
    { action: 'rebuild', readModels: ['carts'], promotes: true, budget: 500 },
  ],
  ['pauseReadModel', { name: 'carts', version: 2 }, { action: 'pause', readModel: 'carts', version: 2 }],
  ['resumeReadModel', { name: 'carts' }, { action: 'resume', readModel: 'carts' }],
  ['promoteReadModel', { name: 'carts' }, { action: 'promote', readModel: 'carts' }],
  ['rollBackReadModel', { name: 'carts' }, { action: 'rollback', readModel: 'carts' }],
  ['retireReadModel', { name: 'carts' }, { action: 'retire', readModel: 'carts' }],
  ['replayParkedEvent', { parkedEventId: 'carts_v1:e' }, { action: 'replay', parkedEventId: 'carts_v1:e' }],
];

it('has an example of each mutation', () => {
  expect([...new Set(examples.map(([name]) => name))].sort()).toEqual(
    Object.keys(readModelRejections).sort(),
  );
});

it.each(examples)('%s does what %j requests, and shows the read models', async (name, input, operation) => {
  outcome = { kind: 'done', copies: [{ readModel: 'carts', version: 1 }] };
  const { data, errors } = await send(name, input);
  expect(errors).toBeUndefined();
  expect(data?.[name]).toEqual({
    __typename: `${pascal(name)}Success`,
    projections: [{ name: 'carts', version: 1 }],
  });
  expect(performed).toEqual([operation]);
});

it('shows why an operation was rejected', async () => {
  const reason = 'version 2 has not caught up';
  outcome = { kind: 'rejected', rejection: { code: 'READ_MODEL_WRONG_STATE', readModel: 'carts', reason } };
  const { data } = await send('promoteReadModel', { name: 'carts' });
  expect(data?.['promoteReadModel']).toMatchObject({
    __typename: 'ReadModelWrongStateError',
    code: 'READ_MODEL_WRONG_STATE',
    message: `carts: ${reason}. Check the copies of the read model.`,
    path: ['input', 'name'],
  });
});

it('is for staff alone', async () => {
  const as = await edge.tokenOf(ids.ada, 'customer');
  for (const [name, input] of examples) {
    const { errors } = await send(name, input, as);
    expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
  }
  expect(performed).toEqual([]);
});
