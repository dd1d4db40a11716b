import type { Upcasters } from '../../domain/kernel';
import { memoryStore } from '../../tests/support/commands/box-aggregate';
import type { RecordedEvent } from './event-store';
import { streamName } from './stream-name';
import { schemaOf, upcasting } from './upcasting';

const upcasters: Upcasters = {
  Moved: [
    (data) => ({ ...data, floor: 0 }),
    (data) => ({ ...data, floors: [(data as { floor: number }).floor] }),
  ],
};

const moved = (id: string, schema: number, data: object) => ({
  id,
  type: 'Moved',
  data,
  metadata: { $correlationId: 'c', $causationId: id, actor: 'system:test', schema } as const,
});

describe('upcasting', () => {
  it('counts schemas from 1', () => {
    expect(schemaOf(upcasters, 'Moved')).toBe(3);
    expect(schemaOf(upcasters, 'Stayed')).toBe(1);
    expect(schemaOf(undefined, 'Stayed')).toBe(1);
  });

  it('gives every reader the newest shape, from whichever schema an event was written with', async () => {
    const plain = memoryStore();
    const stream = streamName('box', 1);
    await plain.append(stream, 'no-stream', [
      moved('a', 1, { x: 1 }),
      moved('b', 2, { x: 2, floor: 7 }),
      moved('c', 3, { x: 3, floors: [8] }),
    ]);
    const store = upcasting(plain, upcasters);
    const shapes = [
      { x: 1, floor: 0, floors: [0] },
      { x: 2, floor: 7, floors: [7] },
      { x: 3, floors: [8] },
    ];
    const read: RecordedEvent[] = [];
    for await (const event of store.read(stream)) read.push(event);
    expect(read.map(({ data }) => data)).toEqual(shapes);
    expect(read.map(({ metadata }) => metadata.schema)).toEqual([3, 3, 3]);
    const all: object[] = [];
    for await (const { data } of store.readAll()) all.push(data);
    expect(all).toEqual(shapes);
    const stop = new AbortController();
    for await (const { events } of store.subscribe({ signal: stop.signal })) {
      expect(events.map(({ data }) => data)).toEqual(shapes);
      stop.abort();
    }
  });

  it('is no layer at all when there is nothing to upcast', () => {
    const plain = memoryStore();
    expect(upcasting(plain, {})).toBe(plain);
  });
});
