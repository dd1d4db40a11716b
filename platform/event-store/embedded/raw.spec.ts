import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, newEvent, newId, newStream } from '../../../tests/support/event-store/new-events';
import { realClock } from '../../clock';
import { NO_STREAM, openEmbeddedEventStore, uuidBytes } from './';
import type { EmbeddedEventStore, Payload } from './';

let directory: string;
let store: EmbeddedEventStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-raw-'));
  store = await openEmbeddedEventStore({ directory, clock: realClock });
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const raw = (type: string, data: Payload, metadata: Payload = '') => ({
  id: uuidBytes(newId()),
  type,
  data,
  metadata,
});

describe('the embedded event store below its port', () => {
  it('keeps bytes and text as they are', async () => {
    const bytes = Uint8Array.from([0, 255, 128, 7]);
    await store.raw.append('any name', NO_STREAM, [raw('a', bytes, bytes), raw('b', '{ "x" : 1.0 }')]);
    const [page] = await collect(store.raw.read('any name'));
    expect(page?.map(({ data, metadata }) => [data, metadata])).toEqual([
      [Buffer.from(bytes), Buffer.from(bytes)],
      ['{ "x" : 1.0 }', ''],
    ]);
  });

  it('shows readers of the port an object with whole metadata, whatever was written', async () => {
    const stream = newStream();
    const written = [
      raw('Bytes', Uint8Array.from([0, 255])),
      raw('Broken', '{"half'),
      raw('Bare', '42', '{"$correlationId":"c","theirs":1}'),
      raw('Empty', ''),
    ];
    await store.raw.append(stream, NO_STREAM, written);
    const events = await collect(store.read(stream));
    expect(events.map(({ data }) => data)).toEqual([
      { $base64: 'AP8=' },
      { $base64: Buffer.from('{"half').toString('base64') },
      { $value: 42 },
      { $base64: '' },
    ]);
    const { id } = events[2]!;
    expect(events[2]?.metadata).toEqual({
      $correlationId: 'c',
      $causationId: id,
      actor: 'system:foreign',
      schema: 1,
      theirs: 1,
    });
  });

  it('hides system events among all events of the port, and counts lag without them', async () => {
    const stream = newStream();
    const event = newEvent();
    await store.append(stream, 'no-stream', [event]);
    const head = await store.head();
    await store.raw.append(`$$${stream}`, NO_STREAM, [raw('$metadata', '{}')]);
    expect(await store.head()).toBe(head);
    expect(store.raw.head()).toBe(Number(head) + 1);
    expect((await collect(store.readAll())).map(({ id }) => id)).toEqual([event.id]);
    expect(await collect(store.readAll({ direction: 'backwards', limit: 1 }))).toHaveLength(1);
    const stop = new AbortController();
    const batches = [];
    for await (const batch of store.subscribe({ signal: stop.signal })) {
      batches.push(batch);
      stop.abort();
    }
    expect(batches).toMatchObject([{ events: [{ id: event.id }], caughtUp: true }]);
  });

  it('says where a stream stands', async () => {
    const stream = newStream();
    expect(store.raw.standing(stream)).toEqual({ revision: NO_STREAM, isTombstone: false });
    await store.raw.append(stream, NO_STREAM, [raw('a', '{}'), raw('a', '{}')]);
    expect(store.raw.standing(stream)).toEqual({ revision: 1, isTombstone: false });
    await store.raw.tombstone(stream, 1);
    expect(store.raw.standing(stream)).toEqual({ revision: 1, isTombstone: true });
  });
});
