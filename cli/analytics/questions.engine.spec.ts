import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { realClock } from '../../platform/clock';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import { openMongoReadModels } from '../../platform/read-models/mongodb';
import { flatModels } from '../../projections/flat-models';
import { fillShop } from '../../tests/support/analytics/shop';
import { runCommand, type Said } from '../../tests/support/process/command-line';
import { inDatabase } from '../../tests/support/process/database-url';
import { describeOn } from '../../tests/support/process/real-engine';
import { queryCommand } from '../commands/query';
import { questionNames } from './questions';

describeOn('WAYBILL_TEST_MONGODB', 'the same question on both engines', (server) => {
  const name = `questions-${randomUUID()}`;
  const url = inDatabase(server, name);
  let directory: string;
  let opened: ReadModels[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-questions-'));
    const flat = { models: flatModels, timeZone: 'Europe/London' };
    opened = [
      await openEmbeddedReadModels({ directory, clock: realClock, flat }),
      openMongoReadModels({ url, clock: realClock, flat }),
    ];
    for (const readModels of opened) await fillShop(readModels);
  }, 120_000);
  afterAll(async () => {
    for (const readModels of opened) await readModels.close();
    await rm(directory, { recursive: true });
    const client = await new MongoClient(server).connect();
    await client.db(name).dropDatabase();
    await client.close();
  });

  const query = (engine: 'sqlite' | 'mongodb', ...args: readonly string[]): Promise<Said> =>
    runCommand(queryCommand, args, {
      WAYBILL_DATA_DIR: directory,
      WAYBILL_LOG_LEVEL: 'silent',
      ...(engine === 'mongodb' && { WAYBILL_READ_MODELS: url }),
    });

  it('there are ten', () => expect(questionNames()).toHaveLength(10));

  it.each(questionNames())('%s has the same answer', async (question) => {
    const asked = ['--saved', question, '--json'];
    const [sqlite, mongodb] = [await query('sqlite', ...asked), await query('mongodb', ...asked)];
    expect(sqlite).toMatchObject({ code: 0, err: '' });
    expect(mongodb).toMatchObject({ code: 0, err: '' });
    const rows = JSON.parse(sqlite.out) as object[];
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.parse(mongodb.out)).toEqual(rows);
  });

  it('a pipeline is run over one model', async () => {
    const { out } = await query(
      'mongodb',
      'orders',
      '[{"$match": {"status": "CANCELLED"}}, {"$count": "orders"}]',
    );
    expect(out).toBe('orders\n8');
  });

  it.each([
    ['orders', '[{"$out": "stolen"}]', 'not permitted'],
    ['orders', '[{"$merge": "stolen"}]', 'not permitted'],
    ['orders', '[{"$lookup": {"from": "accounts_v1"}}]', 'not permitted'],
    ['orders', '[{"$match": {"$where": "true"}}]', 'not permitted'],
    ['customer_contacts', '[]', 'no flat model'],
    ['orders', '{', 'no JSON'],
    ['orders', '7', 'list of stages'],
  ])('refuses %s %s', async (model, pipeline, message) => {
    const said = await query('mongodb', model, pipeline);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(message);
  });

  it('refuses SQL where the read models are in MongoDB, and says what there is', async () => {
    const said = await query('mongodb', 'SELECT * FROM orders');
    expect(said).toMatchObject({ code: 2 });
    expect(said.err).toContain('MongoDB has no SQL');
  });
});
