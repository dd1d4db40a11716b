import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { collect, newEvent, newEvents, newStream } from '../../../tests/support/event-store/new-events';
import { realClock } from '../../clock';
import type { EventStore, RecordedEvent } from '../event-store';
import { openForWriting } from './database';
import { openEmbeddedEventStore } from './index';
import { openWithThread } from './store';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-events-'));
});
afterAll(() => rm(directory, { recursive: true }));

const open = () => openEmbeddedEventStore({ directory, clock: realClock });

describe('the embedded event store', () => {
  eventStoreContract(open);

  it('has after opening what it had before, and goes on where it was', async () => {
    const [kept, gone] = [newStream(), newStream()];
    const first = await open();
    const events = newEvents(3);
    const appended = await first.append(kept, 'no-stream', events);
    await first.append(gone, 'no-stream', newEvents(1));
    await first.tombstone(gone, 0n);
    await first.close();

    const second = await open();
    expect(await second.append(kept, 'no-stream', events)).toEqual(appended);
    expect(await second.append(kept, 2n, newEvents(1))).toMatchObject({ kind: 'appended', revision: 3n });
    expect(await second.append(gone, 0n, newEvents(1))).toEqual({ kind: 'conflict', actual: 0n });
    expect(await second.tombstone(gone, 0n)).toMatchObject({ kind: 'appended' });
    await second.close();
  });

  it('leaves one file, whole without its log, when it closes', async () => {
    const store = await open();
    await store.append(newStream(), 'no-stream', newEvents(1));
    await store.close();
    const log = await stat(join(directory, 'events.db-wal')).catch(() => ({ size: 0 }));
    expect(log.size).toBe(0);
  });

  it('reads big events in small steps', async () => {
    const store = await open();
    const stream = newStream();
    const text = 'x'.repeat(500_000);
    for (let revision = -1n; revision < 39n; revision += 20n)
      await store.append(
        stream,
        revision === -1n ? 'no-stream' : revision,
        Array.from({ length: 20 }, () => newEvent({ text })),
      );
    expect(await collect(store.read(stream))).toHaveLength(40);
    await store.close();
  });

  it('serves a subscriber that fell behind what is kept in memory', async () => {
    const store = await open();
    const after = (await store.head())!;
    const stop = new AbortController();
    const subscription = store.subscribe({ after, batchSize: 500, signal: stop.signal });
    const batches = subscription[Symbol.asyncIterator]();
    expect((await batches.next()).value).toEqual({ events: [], caughtUp: true });
    const streams = Array.from({ length: 40 }, () => newStream());
    for (const stream of streams) await store.append(stream, 'no-stream', newEvents(500));
    const seen: RecordedEvent[] = [];
    while (seen.length < 20_000) {
      const next = await batches.next();
      if (next.done === true) break;
      seen.push(...next.value.events);
    }
    expect(seen.map(({ stream, revision }) => `${stream} ${revision}`)).toEqual(
      streams.flatMap((stream) => Array.from({ length: 500 }, (_, revision) => `${stream} ${revision}`)),
    );
    stop.abort();
    expect((await batches.next()).done).toBe(true);
    await store.close();
  });
});

describe('verify', () => {
  it('finds a gap, a falling position and an orphan', async () => {
    const damaged = await mkdtemp(join(tmpdir(), 'waybill-damaged-'));
    const first = await openEmbeddedEventStore({ directory: damaged, clock: realClock });
    const [gap, falling, orphan, sound] = [newStream(), newStream(), newStream(), newStream()];
    for (const stream of [gap, falling, orphan, sound]) await first.append(stream, 'no-stream', newEvents(3));
    expect(await first.verify()).toEqual({ streams: 4, events: 12, problems: [] });
    await first.close();

    const database = openForWriting({ file: join(damaged, 'events.db') });
    database.exec(`
      DELETE FROM events WHERE position = 2;
      UPDATE events SET position = 1000 WHERE position = 4;
      UPDATE streams SET number = 77 WHERE number = 3;
    `);
    database.close();
    const second = await openEmbeddedEventStore({ directory: damaged, clock: realClock });
    expect(await second.verify()).toEqual({
      streams: 4,
      events: 11,
      problems: [
        `${gap} has 2 events with revisions from 0 to 2`,
        `${falling} has positions that do not rise with its revisions`,
        '3 events belong to no stream',
      ],
    });
    await second.close();
    await rm(damaged, { recursive: true });
  });
});

describe('when the writer dies', () => {
  let store: EventStore;
  let own: string;
  beforeEach(async () => {
    own = await mkdtemp(join(tmpdir(), 'waybill-dying-'));
    const entry = join(__dirname, '../../../tests/support/event-store/dying-writer-thread');
    store = await openWithThread({ directory: own, clock: realClock }, entry);
  });
  afterEach(async () => {
    await store.close();
    await rm(own, { recursive: true });
  });

  it.each(['DiesBefore', 'DiesAfter'])(
    'answers "unknown", comes back, takes the very same append, and tells subscribers once (%s)',
    async (type) => {
      const stop = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        for await (const { events } of store.subscribe({ signal: stop.signal })) {
          seen.push(...events.map(({ id }) => id));
          if (seen.length === 3) stop.abort();
        }
      })();
      const [one, two, three] = [newEvent({}), newEvent({}, type), newEvent({})];
      const stream = newStream();
      await store.append(stream, 'no-stream', [one]);
      const first = await store.append(stream, 0n, [two]);
      expect(first.kind).toBe('unknown');
      expect(await store.append(stream, 0n, [two])).toMatchObject({ kind: 'appended', revision: 1n });
      await store.append(stream, 1n, [three]);
      await following;
      expect(seen).toEqual([one.id, two.id, three.id]);
    },
  );
});
