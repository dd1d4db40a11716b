import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../platform/clock';
import { openEmbeddedEventStore, streamName, type StreamName } from '../../platform/event-store';
import { startStoreServer, type StoreServer } from '../../tests/support/event-store/eventstore-server';
import { newEvent } from '../../tests/support/event-store/new-events';
import { storedEvents } from '../../tests/support/event-store/stored';
import { startProgram } from '../../tests/support/start-program';
import { runCommand } from '../../tests/support/process/command-line';
import { exitCodes } from '../program/command';
import { eventsCommand } from '../commands/events';
import { run } from '../program/run';

const streams: readonly StreamName[] = [
  streamName('order', '1'),
  streamName('cart', '1'),
  streamName('order', '2'),
];

/** Writes events into three streams in turn, two at a time. */
const fill = async (directory: string, rounds: number, from = 0): Promise<void> => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  for (let round = from; round < from + rounds; round += 1)
    for (const [index, stream] of streams.entries()) {
      const events = [newEvent({ round, index, passwordHash: 'hash' }), newEvent({ round, name: '😀' })];
      await store.append(stream, round === 0 ? 'no-stream' : BigInt(round * 2 - 1), events);
    }
  await store.close();
};

describe('a history in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-move-'));
    file = join(folder, 'history.jsonl');
    await mkdir(join(folder, 'from'));
    await fill(join(folder, 'from'), 5);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const events = (word: string, directory: string, ...args: readonly string[]) =>
    runCommand(eventsCommand, [word, ...args], { WAYBILL_DATA_DIR: join(folder, directory) });
  const exported = () => events('export', 'from', file, '--json');
  const imported = (directory = 'into') => events('import', directory, file, '--json');
  const lines = async () => (await readFile(file, 'utf8')).split('\n');
  const change = async (edit: (lines: string[]) => readonly string[]) =>
    writeFile(file, edit(await lines()).join('\n'));
  const nothingIn = async (directory: string) =>
    expect(await stat(join(folder, directory, 'events.db')).catch(() => undefined)).toBeUndefined();

  it('moves to another embedded store with ids, revisions, order and times of storing', async () => {
    expect(await exported()).toMatchObject({ code: exitCodes.ok });
    expect((await stat(file)).mode & 0o077).toBe(0);
    const said = await imported();
    expect(JSON.parse(said.out)).toMatchObject({
      events: 30,
      there: 0,
      added: 30,
      further: 0,
      differences: [],
    });
    expect(await storedEvents(join(folder, 'into'))).toEqual(await storedEvents(join(folder, 'from')));
    expect(JSON.parse((await imported()).out)).toMatchObject({ there: 30, added: 0 });
  });

  it('goes on where an export was torn or has ended, and gives the same file', async () => {
    await exported();
    const whole = await readFile(file, 'utf8');
    await truncate(file, Math.floor(whole.length / 2));
    expect(await imported()).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringMatching(/line \d+: is torn/) as string,
    });
    await nothingIn('into');
    expect(JSON.parse((await exported()).out)).toMatchObject({ events: 30 });
    expect(await readFile(file, 'utf8')).toBe(whole);
    await fill(join(folder, 'from'), 1, 5);
    expect(JSON.parse((await exported()).out)).toMatchObject({ events: 36, added: 6 });
    expect(JSON.parse((await imported()).out)).toMatchObject({ added: 36, differences: [] });
  });

  it('goes on where an import was stopped', async () => {
    await exported();
    await change((all) => [
      ...all.slice(0, 10),
      JSON.stringify({
        end: true,
        events: 10,
        position: (JSON.parse(all[9]!) as { position: string }).position,
      }),
      '',
    ]);
    expect(JSON.parse((await imported()).out)).toMatchObject({ added: 10 });
    await rm(file);
    await exported();
    expect(JSON.parse((await imported()).out)).toMatchObject({ there: 10, added: 20, differences: [] });
  });

  it.each([
    ['a gap', (all: string[]) => all.toSpliced(5, 1), /line 6: has a gap before it/],
    [
      'a gap at the end',
      (all: string[]) => all.toSpliced(29, 1),
      /line 30: ends a history of 30 events, and here are 29/,
    ],
    ['a repeated position', (all: string[]) => all.toSpliced(5, 0, all[4]!), /line 6: repeats position/],
    ['no end', (all: string[]) => [...all.slice(0, 30), ''], /is not complete/],
    ['other text', (all: string[]) => all.toSpliced(3, 1, '{"a":1}'), /line 4: is no event/],
    [
      'a revision too many',
      (all: string[]) => all.with(8, all[8]!.replace('"revision":2', '"revision":3')),
      /line 9: is revision 3 of cart-1, whose next one is 2/,
    ],
  ])('is refused for %s before anything is written', async (_, edit, why) => {
    await exported();
    await change(edit);
    const said = await imported();
    expect(said).toMatchObject({ code: exitCodes.usage, err: expect.stringMatching(why) as string });
    await nothingIn('into');
  });

  it('is not mixed with another history, nor written into a directory that a process uses', async () => {
    await exported();
    await mkdir(join(folder, 'other'));
    await fill(join(folder, 'other'), 1);
    expect(await imported('other')).toMatchObject({ code: exitCodes.conflict });
    expect(await storedEvents(join(folder, 'other'))).toHaveLength(6);
    expect(await events('export', 'other', file)).toMatchObject({
      code: exitCodes.conflict,
      err: expect.stringContaining('is of another history') as string,
    });
    const holder = startProgram('process/hold-data-directory', join(folder, 'held'));
    await holder.lines.next();
    expect(await imported('held')).toMatchObject({ code: exitCodes.conflict });
    await holder.kill();
  });

  it('adds nothing to a store that has gone on since', async () => {
    await exported();
    await imported();
    await fill(join(folder, 'into'), 1, 5);
    const said = await imported();
    expect(said.code).toBe(exitCodes.ok);
    expect(JSON.parse(said.out)).toMatchObject({ there: 30, added: 0, further: 6 });
  });

  describe("by EventStoreDB's protocol", () => {
    let server: StoreServer;
    beforeEach(async () => {
      server = await startStoreServer();
    });
    afterEach(() => server.remove());

    it('moves there and back', async () => {
      await exported();
      const remote = { WAYBILL_DATA_DIR: join(folder, 'none'), WAYBILL_EVENT_STORE: server.url };
      const there = await runCommand(eventsCommand, ['import', file, '--json'], remote);
      expect(JSON.parse(there.out)).toMatchObject({ added: 30, differences: [] });
      await rm(file);
      const out = await runCommand(eventsCommand, ['export', file, '--json'], remote);
      expect(JSON.parse(out.out)).toMatchObject({ events: 30 });
      expect(JSON.parse((await imported('back')).out)).toMatchObject({ added: 30, differences: [] });
      const common = (all: Awaited<ReturnType<typeof storedEvents>>) =>
        all.map(({ id, stream, revision, type, data, metadata }) => ({
          ...{ id, stream, revision, type, data, metadata },
        }));
      expect(common(await storedEvents(join(folder, 'back')))).toEqual(
        common(await storedEvents(join(folder, 'from'))),
      );
    });
  });

  it('is followed until a signal comes, new events too', async () => {
    const told = new AbortController();
    const seen: string[] = [];
    const terminal = {
      ...{ err: () => undefined, progress: () => undefined, redraw: () => undefined },
      ...{ interactive: false, colour: false },
      out: (line: string) => {
        seen.push((JSON.parse(line) as { stream: string }).stream);
        if (seen.length === 2) void fill(join(folder, 'from'), 1, 5);
        if (seen.length === 8) told.abort(new Error('Stopped by a test'));
      },
    };
    const args = ['events', 'tail', '--last', '2', '--follow', '--json'];
    const environment = { WAYBILL_DATA_DIR: join(folder, 'from') };
    const code = await run([eventsCommand], { args, environment, terminal, signal: told.signal });
    expect(code).toBe(exitCodes.ok);
    expect(seen).toEqual([streams[2], streams[2], ...streams.flatMap((stream) => [stream, stream])]);
  });

  it('is shown without hashes of secrets, the last events and those of a stream', async () => {
    const tail = await events('tail', 'from', '--last', '4', '--json');
    const shown = tail.out.split('\n').map((line) => JSON.parse(line) as { stream: string; data: object });
    expect(shown.map(({ stream }) => stream)).toEqual(['cart-1', 'cart-1', 'order-2', 'order-2']);
    expect(shown[0]!.data).toMatchObject({ round: 4, passwordHash: '[redacted]' });
    const all = await events('tail', 'from', '--after', '00000000000000000028', '--json');
    expect(all.out.split('\n')).toHaveLength(2);
    const ofStream = await events('show', 'from', 'cart-1', '--from', '8', '--json');
    expect(ofStream.out.split('\n')).toHaveLength(2);
    expect((await events('show', 'from', '00000000000000000007')).out).toContain('order-1 @ 2');
    expect(await events('show', 'from', 'cart-9')).toMatchObject({ code: exitCodes.notFound });
    const only = await events(
      'tail',
      'from',
      '--stream',
      streamName('order', '2'),
      '--last',
      '100',
      '--json',
    );
    expect(only.out.split('\n')).toHaveLength(10);
  });
});
