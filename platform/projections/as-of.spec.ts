import type { Instant } from '../../domain/kernel';
import { memoryEventStore, streamName, type RecordedEvent } from '../event-store';
import { collect, newEvent } from '../../tests/support/event-store/new-events';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { factsAsOf, streamsAsOf } from './as-of';

const at = (minute: number): Instant => `2026-01-31T08:${String(minute).padStart(2, '0')}:00.000Z` as Instant;

/** Stores facts of two streams that state these minutes, and gives each its stream and minute as a name. */
const history = async (...facts: readonly (readonly ['a' | 'b', number])[]) => {
  const store = memoryEventStore(createVirtualClock());
  const revisions = { a: -1n, b: -1n };
  for (const [name, minute] of facts) {
    const revision = revisions[name];
    const event = newEvent({ name: `${name}${minute}`, heldAt: at(minute) });
    await store.append(streamName('trial', name), revision < 0n ? 'no-stream' : revision, [event]);
    revisions[name] += 1n;
  }
  return store;
};

const names = async (events: AsyncIterable<RecordedEvent>) =>
  (await collect(events)).map(({ data }) => (data as { name: string }).name);

it('the facts of a moment are those that state it or an earlier one', async () => {
  const store = await history(['a', 1], ['b', 2], ['a', 3], ['b', 4]);
  expect(await names(factsAsOf(store.readAll(), at(3)))).toEqual(['a1', 'b2', 'a3']);
  expect(await names(factsAsOf(store.readAll(), at(0)))).toEqual([]);
});

it('the first fact of a stream comes with a later one that states an earlier time, and others do not', async () => {
  const store = await history(['a', 9], ['a', 8], ['a', 3], ['b', 9]);
  expect(await names(factsAsOf(store.readAll(), at(3)))).toEqual(['a9', 'a3']);
});

it('whole streams have no gaps: what is stored before a fact comes with it', async () => {
  const store = await history(['a', 1], ['a', 9], ['b', 2], ['a', 3], ['a', 10], ['b', 11]);
  expect(await names(streamsAsOf(store.readAll(), at(3)))).toEqual(['a1', 'b2', 'a9', 'a3']);
});
