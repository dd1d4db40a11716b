import { memoryEventStore, streamName } from '../../platform/event-store';
import { counters } from '../../tests/support/projections/counting';
import { paid, placed } from '../../tests/support/domain/orders';
import { newEvent } from '../../tests/support/event-store/new-events';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { checkHistory } from './check-history';

const watched = { signal: new AbortController().signal, onProgress: () => undefined };

const history = async (
  ...parts: readonly (readonly [stream: string, type: string, data: object, schema?: number])[]
) => {
  const store = memoryEventStore(createVirtualClock());
  const revisions = new Map<string, bigint>();
  for (const [stream, type, data, schema = 1] of parts) {
    const revision = revisions.get(stream);
    const event = newEvent(data, type);
    const name = streamName(stream.split('-')[0]!, stream.slice(stream.indexOf('-') + 1));
    await store.append(name, revision ?? 'no-stream', [
      { ...event, metadata: { ...event.metadata, schema } },
    ]);
    revisions.set(stream, (revision ?? -1n) + 1n);
  }
  return store;
};

it('counts each type and version, and fails on none where this program reads them all', async () => {
  const store = await history(
    ['order-1', 'OrderPlaced', placed.data],
    ['order-1', 'OrderPaid', paid.data],
    ['weather-1', 'WeatherChanged', {}],
  );
  expect(await checkHistory(store, [], watched)).toMatchObject({
    events: 3,
    streams: 2,
    failures: 0,
    types: [
      { type: 'OrderPaid', version: 1, newest: 1, isOurs: true, events: 1, failed: {} },
      { type: 'OrderPlaced', version: 1, events: 1 },
      { type: 'WeatherChanged', isOurs: false, events: 1 },
    ],
  });
});

it('reports the type, version, place and reason of what each part of the code fails on', async () => {
  const store = await history(
    ['order-1', 'OrderPlaced', placed.data],
    ['order-1', 'OrderTeleported', {}],
    ['order-1', 'OrderPaid', paid.data, 9],
    ['trial-1', 'CounterPoisoned', { first: 'a', second: 'b' }],
    ['trial-1', 'CounterGarbled', {}],
  );
  const { failures, types } = await checkHistory(store, [counters('left')], watched);
  expect(failures).toBe(4);
  const failed = Object.fromEntries(types.map(({ type, ...row }) => [type, [row.failed, row.first?.part]]));
  expect(failed).toEqual({
    OrderPlaced: [{}, undefined],
    OrderTeleported: [{ decider: 1 }, 'decider'],
    OrderPaid: [{ upcaster: 1 }, 'upcaster'],
    CounterPoisoned: [{ 'read model left': 1 }, 'read model left'],
    CounterGarbled: [{ 'read model left': 1 }, 'read model left'],
  });
  expect(types.find(({ type }) => type === 'OrderPaid')?.first).toMatchObject({
    stream: 'order-1',
    revision: 2,
    reason: 'version 9 is newer than this program, which knows 1',
  });
});
