import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runs } from '../../../tests/support/runs';
import type { Told } from '../../../tests/support/event-store/append-until-killed';
import { collect } from '../../../tests/support/event-store/new-events';
import { startProgram } from '../../../tests/support/start-program';
import { realClock } from '../../clock';
import { openEmbeddedEventStore } from './index';

const KILLS = runs(5, 2);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-crash-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** The kill may cut the last line short. */
const parse = (line: string): Told | undefined =>
  line.endsWith('}') ? (JSON.parse(line) as Told) : undefined;

/** Runs the appending program, kills it at a random acknowledgement, and returns its output. */
const toldUntilKilled = async (): Promise<Told[]> => {
  const program = startProgram('event-store/append-until-killed', directory);
  const told: Told[] = [];
  let acksLeft = 200 + Math.floor(Math.random() * 1_000);
  for (;;) {
    const next = await program.lines.next();
    if (next.done === true) break;
    const line = parse(next.value);
    if (line === undefined) continue;
    told.push(line);
    if (line.said === 'ack' && --acksLeft === 0) void program.kill();
  }
  return told;
};

const keyOf = ({ stream, expected }: Told): string => `${stream} ${expected}`;

describe('an embedded event store that is killed again and again', () => {
  it('has every acknowledged event, none twice, and no gap; the unacknowledged whole or not at all', async () => {
    const acknowledged: Told[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const told = await toldUntilKilled();
      const acks = told.filter(({ said }) => said === 'ack');
      const acked = new Set(acks.map(keyOf));
      const open = told.filter((line) => line.said === 'try' && !acked.has(keyOf(line)));
      expect(open.length).toBeGreaterThan(0);

      const store = await openEmbeddedEventStore({ directory, clock: realClock });
      for (const { stream, expected, events } of open) {
        const from = expected === 'no-stream' ? 0n : BigInt(expected) + 1n;
        const there = (await collect(store.read(stream, { from }))).length;
        expect([0, events.length]).toContain(there);
        // A repeat is correct for any outcome.
        const again = await store.append(
          stream,
          expected === 'no-stream' ? expected : BigInt(expected),
          events,
        );
        expect(again.kind).toBe('appended');
      }
      await store.close();
      acknowledged.push(...acks, ...open);
    }

    const store = await openEmbeddedEventStore({ directory, clock: realClock });
    const stored = new Map((await collect(store.readAll())).map((event) => [event.id, event]));
    for (const { stream, expected, events } of acknowledged) {
      const from = expected === 'no-stream' ? 0n : BigInt(expected) + 1n;
      for (const [index, event] of events.entries())
        expect(stored.get(event.id)).toMatchObject({
          stream,
          revision: from + BigInt(index),
          data: event.data,
        });
    }
    const count = acknowledged.reduce((sum, { events }) => sum + events.length, 0);
    expect(await store.verify()).toMatchObject({ events: count, problems: [] });
    expect(stored.size).toBe(count);
    await store.close();
  }, 60_000);
});
