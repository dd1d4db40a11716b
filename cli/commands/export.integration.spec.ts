import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../platform/clock';
import { openEmbeddedEventStore, type EventStore } from '../../platform/event-store';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import { flatModels } from '../../projections/flat-models';
import { appendFacts, projectAll } from '../../tests/support/analytics/shop';
import { shopHistory } from '../../tests/support/analytics/shop-history';
import { runCommand, type Said } from '../../tests/support/process/command-line';
import { exportCommand } from './export';

describe('waybill export', () => {
  let directory: string;
  let store: EventStore;
  let readModels: ReadModels;
  let between: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-export-'));
    store = await openEmbeddedEventStore({ directory, clock: realClock });
    const flat = { models: flatModels, timeZone: 'UTC' };
    readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    const history = shopHistory(700);
    const half = history.findIndex(
      ({ type, data }) => type === 'OrderPlaced' && (data as { number: number }).number === 41,
    );
    await appendFacts(store, history.slice(0, half));
    await realClock.sleep(5 as never);
    between = realClock.now();
    await realClock.sleep(5 as never);
    await appendFacts(store, history.slice(half));
    await projectAll(store, readModels);
  }, 120_000);
  afterAll(async () => {
    await readModels.close();
    await store.close();
    await rm(directory, { recursive: true });
  });

  const pathOf = (name: string): string => join(directory, name);
  const run = (args: readonly string[], onProgress?: (stop: () => void) => void): Promise<Said> =>
    runCommand(
      exportCommand,
      args,
      { WAYBILL_DATA_DIR: directory, WAYBILL_LOG_LEVEL: 'silent', WAYBILL_TIME_ZONE: 'UTC' },
      onProgress,
    );
  const exported = async (name: string, ...args: readonly string[]): Promise<Said> =>
    run(['--output', pathOf(name), ...args]);
  const linesOf = async (name: string): Promise<readonly string[]> =>
    (await readFile(pathOf(name), 'utf8')).split('\n').filter((line) => line !== '');

  it('writes every row once, beside the process that owns the files', async () => {
    expect(await exported('orders.jsonl', '--model', 'orders', '--format', 'jsonl')).toMatchObject({
      code: 0,
      out: `${pathOf('orders.jsonl')}: 700 rows.`,
    });
    const numbers = (await linesOf('orders.jsonl')).map(
      (line) => (JSON.parse(line) as { order_number: number }).order_number,
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 700 }, (_, index) => index + 1));
    expect(await exported('orders.jsonl', '--model', 'orders')).toMatchObject({ code: 4 });
  });

  it('guards a spreadsheet against formulas, and keeps line ends inside of cells', async () => {
    await exported('products.csv', '--model', 'products');
    const text = await readFile(pathOf('products.csv'), 'utf8');
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain('"Sencha\n100 g"');
    expect(text.split('\r\n')[0]).toMatch(/^product_id,product_number,sku,name/);
  });

  it('continues where it was stopped, and cuts off a torn row', async () => {
    await exported('whole.csv', '--model', 'order_lines');
    const args = ['--model', 'order_lines', '--output', pathOf('stopped.csv')];
    let parts = 0;
    const stopped = await run(args, (stop) => {
      parts += 1;
      if (parts === 1) stop();
    });
    expect(stopped).toMatchObject({ code: 130, out: '' });
    expect(stopped.err).toContain('The same command continues.');
    // As a crash in the middle of a write leaves it.
    await appendFile(pathOf('stopped.csv.part'), 'torn,row');
    const again = await run(args);
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('from an earlier run');
    expect(await readFile(pathOf('stopped.csv'), 'utf8')).toBe(await readFile(pathOf('whole.csv'), 'utf8'));
  });

  it('refuses to continue a file that is torn, damaged, or of another export', async () => {
    const args = ['--model', 'orders', '--output', pathOf('torn.csv')];
    await run(args, (stop) => stop());
    await truncate(pathOf('torn.csv.part'), 10);
    expect((await run(args)).err).toContain('it is torn');
    expect(await run(['--model', 'payments', '--output', pathOf('torn.csv')])).toMatchObject({ code: 4 });
    await writeFile(pathOf('torn.csv.part.json'), '{"rows":');
    expect(await run(args)).toMatchObject({ code: 4, out: '' });
    expect((await run(args)).err).toContain('is damaged');
  });

  it('writes rows since a moment', async () => {
    const since = '2026-04-01T00:00:00.000Z';
    await exported('since.jsonl', '--model', 'orders', '--format', 'jsonl', '--since', since);
    const sold = (await linesOf('since.jsonl')).map(
      (line) => (JSON.parse(line) as { sold_at: string }).sold_at,
    );
    expect(sold.length).toBeGreaterThan(500);
    expect(sold.filter((at) => at < since)).toEqual([]);
    await exported('days.jsonl', '--model', 'sales_daily', '--format', 'jsonl', '--since', since);
    expect((await linesOf('days.jsonl'))[0]).toContain('"day":"2026-04-01"');
    expect(await exported('none.csv', '--model', 'stock_levels', '--since', since)).toMatchObject({
      code: 2,
    });
  });

  it('writes the rows as of a moment, from the events that were stored by then', async () => {
    expect(
      await exported('then.jsonl', '--model', 'orders', '--format', 'jsonl', '--as-of', between),
    ).toMatchObject({ code: 0 });
    expect(await linesOf('then.jsonl')).toHaveLength(40);
    await exported('log.jsonl', '--model', 'event_log', '--format', 'jsonl', '--as-of', between);
    const log = (await linesOf('log.jsonl')).map((line) => JSON.parse(line) as { recorded_at: string });
    expect(log.filter(({ recorded_at: at }) => at > between)).toEqual([]);
    expect(log.length).toBeGreaterThan(200);
  });

  it('writes names and addresses only on request', async () => {
    expect(await exported('contacts.csv', '--model', 'customer_contacts')).toMatchObject({ code: 2 });
    expect(await exported('contacts.csv', '--model', 'customer_contacts', '--personal')).toMatchObject({
      code: 0,
    });
    expect(await linesOf('contacts.csv')).toHaveLength(5);
  });

  it.each([
    [['--model', 'orders'], 'Give --model and --output'],
    [['--model', 'nothing', '--output', 'x'], 'no model "nothing"'],
    [['--model', 'orders', '--output', 'x', '--format', 'xml'], '--format takes'],
    [['--model', 'orders', '--output', 'x', '--since', 'yesterday'], '--since takes a moment'],
  ])('refuses %j', async (args, message) => {
    const said = await run(args);
    expect(said).toMatchObject({ code: 2 });
    expect(said.err).toContain(message);
  });
});
