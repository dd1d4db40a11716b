import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, newEvent, newId, newStream } from '../../../tests/support/event-store/new-events';
import { realClock } from '../../clock';
import { NO_STREAM, openEmbeddedEventStore, TOMBSTONE_REVISION, TOMBSTONE_TYPE, uuidBytes } from './';
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

  it('returns an object with complete metadata to readers of the port, for any stored metadata', async () => {
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

  it('shows among all events that a stream was erased, and nothing of what was in it', async () => {
    const [gone, kept] = [newStream(), newStream()];
    await store.raw.append(gone, NO_STREAM, [raw('a', '{}'), raw('a', '{}')]);
    await store.raw.tombstone(gone, 1);
    await store.raw.append(kept, NO_STREAM, [raw('b', '{}')]);
    const seen = (await collect(store.raw.readAll())).flat();
    expect(seen.map(({ type, stream, revision }) => [type, stream, revision])).toEqual([
      [TOMBSTONE_TYPE, gone, TOMBSTONE_REVISION],
      ['b', kept, 0],
    ]);
    for (const direction of ['forwards', 'backwards'] as const)
      expect(await collect(store.raw.read(gone, { direction }))).toEqual([]);
    expect(await collect(store.readAll())).toHaveLength(1);
    expect(await store.verify()).toMatchObject({ problems: [], events: 1 });
  });

  it('tells a follower that a stream was erased', async () => {
    const stream = newStream();
    await store.raw.append(stream, NO_STREAM, [raw('a', '{}')]);
    const stop = new AbortController();
    const types: string[] = [];
    for await (const { records } of store.raw.subscribe({ after: 0, signal: stop.signal })) {
      types.push(...records.map(({ raw: { type } }) => type));
      if (types.includes(TOMBSTONE_TYPE)) stop.abort();
      else await store.raw.tombstone(stream, 0);
    }
    expect(types).toEqual(['a', TOMBSTONE_TYPE]);
  });

  it('hides the events of system streams among all events of the port', async () => {
    await store.raw.append('$persistentsubscription-a::b-checkpoint', NO_STREAM, [
      raw('SubscriptionCheckpoint', '"4"'),
    ]);
    expect(await collect(store.readAll())).toEqual([]);
    expect(await store.head()).toBeUndefined();
  });

  it('refuses names that its own tools could not read', async () => {
    await expect(store.raw.append('a\0b', NO_STREAM, [raw('a', '{}')])).rejects.toThrow('NUL');
    await expect(store.raw.append('a', NO_STREAM, [raw('a\0b', '{}')])).rejects.toThrow('NUL');
    await expect(store.raw.tombstone('a\0b', NO_STREAM)).rejects.toThrow('NUL');
  });
});
