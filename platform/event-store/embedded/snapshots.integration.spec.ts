import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshotsContract } from '../../../tests/contract/snapshots.contract';
import { newEvents, newStream } from '../../../tests/support/event-store/new-events';
import { realClock } from '../../clock';
import { positionOf } from '../position';
import { openForWriting } from './database';
import { openEmbeddedEventStore, openEmbeddedHistory, type EmbeddedEventStore } from './index';

let directory: string;
let store: EmbeddedEventStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-snapshots-'));
  store = await openEmbeddedEventStore({ directory, clock: realClock });
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const secret = Buffer.from('a name that is to be erased');

describe('snapshots in the embedded event store', () => {
  snapshotsContract(() =>
    Promise.resolve({
      snapshots: store.snapshots,
      begin: async (stream) => void (await store.append(stream, 'no-stream', newEvents(1))),
    }),
  );

  it('go with the stream that is erased, from the file too, and do not come back', async () => {
    const stream = newStream();
    await store.append(stream, 'no-stream', newEvents(1));
    await store.snapshots.write(stream, secret, positionOf(1));
    await store.tombstone(stream, 0n);
    await store.snapshots.write(stream, secret, positionOf(2));
    expect(await store.snapshots.read(stream)).toBeUndefined();
    await store.close();
    expect((await readFile(join(directory, 'events.db'))).includes(secret)).toBe(false);
    store = await openEmbeddedEventStore({ directory, clock: realClock });
  });

  it('need a stream with events', async () => {
    const stream = newStream();
    await store.snapshots.write(stream, secret, positionOf(1));
    await store.append(stream, 'no-stream', newEvents(1));
    expect(await store.snapshots.read(stream)).toBeUndefined();
  });

  it('are there after opening, and are no event', async () => {
    const stream = newStream();
    await store.append(stream, 'no-stream', newEvents(3));
    await store.snapshots.write(stream, secret, positionOf(1));
    const head = await store.head();
    await store.close();
    store = await openEmbeddedEventStore({ directory, clock: realClock });
    expect(Buffer.from((await store.snapshots.read(stream)) ?? []).toString()).toBe(secret.toString());
    expect(await store.head()).toBe(head);
    expect((await store.verify()).problems).toEqual([]);
  });
});

it('a file that has no table of snapshots yet is read as before, and gets the table when it is opened for writing', async () => {
  const older = await mkdtemp(join(tmpdir(), 'waybill-snapshots-older-'));
  const file = join(older, 'events.db');
  const database = openForWriting({ file });
  database.exec('DROP TABLE snapshots');
  database.close();
  const history = openEmbeddedHistory(older);
  expect(await history.readAll()[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
  await history.close();
  const opened = await openEmbeddedEventStore({ directory: older, clock: realClock });
  const stream = newStream();
  await opened.append(stream, 'no-stream', newEvents(1));
  await opened.snapshots.write(stream, secret, positionOf(1));
  expect(await opened.snapshots.read(stream)).toBeDefined();
  await opened.close();
  await rm(older, { recursive: true });
});
