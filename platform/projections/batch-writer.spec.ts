import { counters, everyEventOf } from '../../tests/support/projections/counting';
import { createWorkplace, overheard } from '../../tests/support/projections/projecting';
import { positionOf, type Position, type RecordedEvent } from '../event-store';
import { DocumentsRefused, type WriteBatch } from '../read-models';
import { silentLogger } from '../telemetry';
import { BatchWriter } from './batch-writer';

const { collection } = counters('left');
const DOCUMENTS = 1_200;
const position = positionOf(3);

/** A writer of one batch of many documents, over read models that report their writes and may refuse a document. */
const createWriter = async (refused?: string) => {
  const { readModels, record, store, clock } = createWorkplace();
  await readModels.ensure(collection);
  await record(...['a', 'b'].map((to) => ({ type: 'CounterAdded' as const, data: { to, by: 1 } })));
  const events: readonly RecordedEvent[] = await everyEventOf(store);
  const positions: (Position | undefined)[] = [];
  const heard = overheard(readModels, ({ position: at, upserts }) => {
    positions.push(at);
    if (upserts.some(({ document }) => document.id === refused))
      throw new DocumentsRefused(new Map([[refused ?? '', 'too large']]));
  });
  const writer = new BatchWriter(collection, { readModels: heard, clock, logger: silentLogger }, 5_000);
  const upserts = Array.from({ length: DOCUMENTS }, (_, index) => ({
    document: { id: `counter-${index}` },
    position,
  }));
  const batch: WriteBatch = { collection, upserts, deletes: [{ id: 'gone', position }], position };
  return { writer, positions, readModels, write: () => writer.write(batch, events) };
};

describe('a batch of many documents', () => {
  it('is written in pieces, of which the last has the position', async () => {
    const { write, positions, readModels } = await createWriter();
    expect(await write()).toEqual(new Set());
    expect(positions.filter((at) => at === undefined).length).toBeGreaterThan(0);
    expect(positions.slice(0, -1).every((at) => at === undefined)).toBe(true);
    expect(positions.at(-1)).toBe(position);
    expect(await readModels.count(collection)).toBe(DOCUMENTS);
    expect(await readModels.checkpoint(collection)).toBe(position);
  });

  it.each(['counter-3', `counter-${DOCUMENTS - 1}`])(
    'has no position in the engine if it refuses %s, and fewer events are tried',
    async (refused) => {
      const { write, writer, readModels } = await createWriter(refused);
      expect(await write()).toBeUndefined();
      expect(writer.size).toBe(1);
      expect(await readModels.checkpoint(collection)).toBeUndefined();
    },
  );
});
