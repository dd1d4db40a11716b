import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runs } from '../../../tests/support/runs';
import { eventually } from '../../../tests/support/time/eventually';
import { collect, newEvents, newStream } from '../../../tests/support/event-store/new-events';
import { startProgram } from '../../../tests/support/start-program';
import type { Program } from '../../../tests/support/start-program';
import { realClock, realRandom } from '../../clock';
import { openEmbeddedEventStore } from '../embedded';
import type { AppendResult, ExpectedRevision, NewEvent, RecordedEvent, StreamName } from '../event-store';
import { openEventStoreDb } from './index';
import type { EventStoreDb } from './index';

/** Twenty in CI. `KILLS=100 npx jest platform/event-store/eventstoredb/crash.integration.spec.ts` for a longer night. */
const KILLS = Number(process.env['KILLS'] ?? runs(20, 2));
const PLACES = 32;
const PATIENCE_MS = 30_000;
const ATTEMPTS_MAX = 50;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-crash-'));
});
afterEach(() => rm(directory, { recursive: true }));

type Server = { readonly program: Program; readonly port: number };

const start = async (port: number): Promise<Server> => {
  const program = startProgram('event-store/serve-event-store', directory, String(port));
  const line = (await program.lines.next()) as IteratorResult<string>;
  return { program, port: Number(line.value) };
};

type Written = { readonly stream: StreamName; readonly revision: bigint; readonly event: NewEvent };

/** The very same append until it is known what became of it. */
const insist = async (
  store: EventStoreDb,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<Extract<AppendResult, { kind: 'appended' }>> => {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const result = await store.append(stream, expected, events).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'STORE_UNAVAILABLE') throw error;
      return undefined;
    });
    if (result?.kind === 'appended') return result;
    if (result?.kind === 'conflict') throw new Error(`${stream} has more than was written`);
  }
  throw new Error('The store is not to be had');
};

describe('a server that is killed again and again under load', () => {
  it(
    'has every acknowledged event once, and delivers each to a subscriber once and in order',
    async () => {
      let server = await start(0);
      const store = await openEventStoreDb({
        connectionString: `esdb://127.0.0.1:${server.port}?tls=false`,
        clock: realClock,
        random: realRandom,
        patienceMs: PATIENCE_MS,
      });
      const stop = new AbortController();
      const followed: RecordedEvent[] = [];
      const following = (async () => {
        for await (const { events } of store.subscribe({ signal: stop.signal })) followed.push(...events);
      })();

      const written: Written[] = [];
      let isOver = false;
      const write = async (): Promise<void> => {
        while (!isOver) {
          const stream = newStream();
          let expected: ExpectedRevision = 'no-stream';
          for (let round = 1; round <= 8 && !isOver; round += 1) {
            const events = newEvents(1 + (round % 3));
            const { revision }: { revision: bigint } = await insist(store, stream, expected, events);
            for (const [index, event] of events.entries())
              written.push({ stream, event, revision: revision - BigInt(events.length - 1 - index) });
            expected = revision;
          }
        }
      };
      const writing = Promise.all(Array.from({ length: PLACES }, write));
      for (let kill = 0; kill < KILLS; kill += 1) {
        const enough = written.length + 100 + Math.floor(Math.random() * 300);
        await eventually(() => written.length >= enough, PATIENCE_MS);
        await server.program.kill();
        server = await start(server.port);
      }
      isOver = true;
      await writing;
      await eventually(() => followed.length >= written.length, PATIENCE_MS);
      stop.abort();
      await following;
      await store.close();
      await server.program.kill();

      const embedded = await openEmbeddedEventStore({ directory, clock: realClock });
      const stored = await collect(embedded.readAll());
      expect(stored).toHaveLength(written.length);
      expect(await embedded.verify()).toMatchObject({ problems: [] });
      await embedded.close();
      const byId = new Map(stored.map((event) => [event.id, event]));
      expect(byId.size).toBe(stored.length);
      for (const { stream, revision, event } of written)
        expect(byId.get(event.id)).toMatchObject({ stream, revision, data: event.data });
      expect(followed.map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
    },
    30_000 + KILLS * 20_000,
  );
});
