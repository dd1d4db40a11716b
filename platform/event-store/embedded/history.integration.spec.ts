import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvents } from '../../../tests/support/event-store/new-events';
import { realClock } from '../../clock';
import { streamName } from '../stream-name';
import { openEmbeddedHistory } from './history';
import { openEmbeddedEventStore, type EmbeddedEventStore } from './store';

describe('the history of a data directory', () => {
  let directory: string;
  let store: EmbeddedEventStore | undefined;
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'history-'))));
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await rm(directory, { recursive: true });
  });

  it('is read beside the process that goes on writing it', async () => {
    store = await openEmbeddedEventStore({ directory, clock: realClock });
    const stream = streamName('box', 1);
    await store.append(stream, 'no-stream', newEvents(700));
    const history = openEmbeddedHistory(directory);
    try {
      const all: bigint[] = [];
      let middle;
      for await (const event of history.readAll()) {
        all.push(event.revision);
        if (event.revision === 649n) middle = event.position;
      }
      expect(all).toEqual(Array.from({ length: 700 }, (_, index) => BigInt(index)));
      await store.append(stream, 699n, newEvents(1));
      const rest: bigint[] = [];
      for await (const event of history.readAll({ after: middle! })) rest.push(event.revision);
      expect(rest).toHaveLength(51);
      const ofStream: bigint[] = [];
      for await (const event of history.read(stream, { from: 698n })) ofStream.push(event.revision);
      expect(ofStream).toEqual([698n, 699n, 700n]);
    } finally {
      await history.close();
    }
  });

  it('is refused where there is none, and makes none', () => {
    expect(() => openEmbeddedHistory(directory)).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }) as Error,
    );
  });
});
