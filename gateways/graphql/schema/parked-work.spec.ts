import type { CopyComparison, ParkedEvent } from '../../../platform/projections';
import type { Instant } from '../../../domain/kernel';
import { positionOf, streamName, type RecordedEvent } from '../../../platform/event-store';
import { memoryReadModels } from '../../../platform/read-models';
import { openParking, parkedReactions, retryParked, type ParkedDocument } from '../../../platform/reactions';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { readersOf } from '../readers/read-model-readers';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { parkedEvents } from '../../../platform/projections';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const readModels = memoryReadModels();
const clock = createVirtualClock();
const event: RecordedEvent = {
  id: 'e1',
  type: 'OrderPaid',
  data: {},
  metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec', schema: 1 },
  stream: streamName('order', '1'),
  revision: 3n,
  position: positionOf(7),
  recordedAt: at,
};
const parkedEvent = (readModel: string): ParkedEvent => ({
  ...{ id: `${readModel}_v1:e1`, projection: readModel, version: 1, eventId: 'e1', at },
  ...{ stream: event.stream, type: event.type, reason: 'poison', position: event.position },
});
const diff: CopyComparison = {
  ...{ readModel: 'carts', serving: 1, other: 2, compared: 3, differing: 2, isComplete: true },
  differences: [
    {
      id: 'a',
      kind: 'different',
      actual: { id: 'a', total: 1 } as { id: string },
      expected: { id: 'a' },
    },
    { id: 'b', kind: 'missing', actual: undefined, expected: { id: 'b' } },
  ],
};

const edge = startEdge({
  readers: readersOf(readModels, clock),
  retryReaction: async (id) => retryParked(await openParking(readModels, clock), id),
  diffReadModel: (name) => Promise.resolve(name === 'carts' ? diff : undefined),
});
let as: string;
beforeAll(async () => {
  as = await edge.tokenOf(ids.sam, 'staff');
  await readModels.ensure(parkedEvents);
  const upserts = ['carts', 'payments'].map((name) => ({
    document: parkedEvent(name),
    position: event.position,
  }));
  await readModels.write({ collection: parkedEvents, upserts, deletes: [], position: event.position });
  const parking = await openParking(readModels, clock);
  const parked = { event, workflow: 'shipping', reason: 'no truck', parkedAt: at } as const;
  await parking.park({ ...parked, id: 'e1/shipping', retry: 'by-hand' });
});
afterAll(() => edge.app.close());

it('shows the events that read models left out, of all or of one', async () => {
  const query = `query ($of: String) {
    parkedEvents(readModel: $of) { totalCount edges { node { id readModel version reason document stream parkedAt } } }
  }`;
  const all = await edge.ask(query, { as });
  expect(all.data).toMatchObject({ parkedEvents: { totalCount: 2 } });
  const { data } = await edge.ask(query, { as, variables: { of: 'carts' } });
  const shown = { id: 'carts_v1:e1', readModel: 'carts', version: 1, reason: 'poison', document: null };
  expect(data).toEqual({
    parkedEvents: { totalCount: 1, edges: [{ node: { ...shown, stream: 'order-1', parkedAt: at } }] },
  });
});

it('shows the reactions that failed, and lets one be retried', async () => {
  const query = '{ parkedReactions { edges { node { id reactor type stream revision reason isRetried } } } }';
  const shown = { id: 'e1/shipping', reactor: 'shipping', type: 'OrderPaid', stream: 'order-1', revision: 3 };
  const { data } = await edge.ask(query, { as });
  expect(data).toEqual({
    parkedReactions: { edges: [{ node: { ...shown, reason: 'no truck', isRetried: false } }] },
  });
  const retry = `mutation ($input: RetryReactionInput!) {
    retryReaction(input: $input) { __typename ... on RetryReactionSuccess { reactionId } }
  }`;
  const retried = await edge.ask(retry, { as, variables: { input: { reactionId: 'e1/shipping' } } });
  expect(retried.data).toEqual({
    retryReaction: { __typename: 'RetryReactionSuccess', reactionId: 'e1/shipping' },
  });
  // The runtime of the reactors retries what is stored so.
  const stored = await readModels.get<ParkedDocument>(parkedReactions, 'e1/shipping');
  expect(stored?.document).toMatchObject({ retry: 'by-itself', reason: 'no truck' });
  const unknown = await edge.ask(retry, { as, variables: { input: { reactionId: 'none' } } });
  expect(unknown.data).toEqual({ retryReaction: { __typename: 'ParkedReactionNotFoundError' } });
});

it('shows the differences between two copies, by their fields', async () => {
  const query = `query ($name: String!) {
    readModelDiff(name: $name) {
      serving other compared isComplete differing
      differences { documentId kind fields { path serving other } }
    }
  }`;
  const { data } = await edge.ask(query, { as, variables: { name: 'carts' } });
  expect(data).toEqual({
    readModelDiff: {
      ...{ serving: 1, other: 2, compared: 3, isComplete: true, differing: 2 },
      differences: [
        { documentId: 'a', kind: 'DIFFERENT', fields: [{ path: 'total', serving: '1', other: null }] },
        { documentId: 'b', kind: 'MISSING', fields: [] },
      ],
    },
  });
  expect((await edge.ask(query, { as, variables: { name: 'none' } })).data).toEqual({ readModelDiff: null });
});

it.each([
  'parkedEvents { totalCount }',
  'parkedReactions { totalCount }',
  'readModelDiff(name: "carts") { other }',
])('%s is for staff alone', async (field) => {
  const { errors } = await edge.ask(`{ ${field} }`, { as: await edge.tokenOf(ids.ada, 'customer') });
  expect(errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
});
