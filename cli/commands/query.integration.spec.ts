import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { realClock } from '../../platform/clock';
import { openEmbeddedEventStore } from '../../platform/event-store';
import { openEmbeddedReadModels } from '../../platform/read-models';
import type { AnyProjection } from '../../platform/projections';
import { accounts } from '../../projections/accounts';
import { flatModels } from '../../projections/flat-models';
import { orderDetails } from '../../projections/order-details';
import { appendFacts, projectAll } from '../../tests/support/analytics/shop';
import { shopHistory } from '../../tests/support/analytics/shop-history';
import { runCommand, type Said } from '../../tests/support/process/command-line';
import { queryCommand } from './query';

const tableOf = ({ collection: { name, version } }: Pick<AnyProjection, 'collection'>): string =>
  `${name}_v${version}`;

describe('waybill query', () => {
  let directory: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-query-'));
    const store = await openEmbeddedEventStore({ directory, clock: realClock });
    const flat = { models: flatModels, timeZone: 'Europe/London' };
    const readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    await appendFacts(store, shopHistory());
    await projectAll(store, readModels);
    // The owner of the files stays open meanwhile, as a running platform does.
    close = async () => {
      await readModels.close();
      await store.close();
    };
  });
  afterAll(async () => {
    await close();
    await rm(directory, { recursive: true });
  });

  const query = (...args: readonly string[]): Promise<Said> =>
    runCommand(queryCommand, args, { WAYBILL_DATA_DIR: directory, WAYBILL_LOG_LEVEL: 'silent' });

  it('answers beside the process that owns the files, as a table, CSV and JSON', async () => {
    const sql = "SELECT status, count(*) AS orders FROM orders WHERE status = 'CANCELLED' GROUP BY status";
    expect(await query(sql, '--format', 'table')).toEqual({
      code: 0,
      err: '',
      out: 'status     orders\n─────────  ──────\nCANCELLED       8',
    });
    expect((await query(sql)).out).toBe('status,orders\nCANCELLED,8');
    expect(JSON.parse((await query(sql, '--json')).out)).toEqual([{ status: 'CANCELLED', orders: 8 }]);
    expect((await query(sql, '--format', 'jsonl')).out).toBe('{"status":"CANCELLED","orders":8}');
  });

  it('guards a spreadsheet against formulas', async () => {
    const { out } = await query("SELECT DISTINCT name FROM order_lines WHERE sku = 'LAMP-03'");
    expect(out).toBe('name\n"\'=HYPERLINK(""x"")"');
  });

  it('shows the events of the store in event_log', async () => {
    const { out } = await query(
      "SELECT type, count(*) AS n FROM event_log WHERE category = 'review' GROUP BY type ORDER BY type",
    );
    expect(out).toBe('type,n\nReviewWithdrawn,1\nReviewWritten,8');
    const [row] = JSON.parse((await query('SELECT * FROM event_log LIMIT 1', '--json')).out) as object[];
    expect(row).toMatchObject({
      position: '00000000000000000001',
      stream: 'warehouse-1',
      revision: 0,
      type: 'WarehouseRegistered',
      actor: 'system:spec',
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      recorded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    });
  });

  it.each([
    [`DROP TABLE ${tableOf(orderDetails)}`, 'it only reads'],
    ["ATTACH 'other.db' AS other", 'it only reads'],
    ['PRAGMA query_only = OFF', 'it only reads'],
    [`SELECT * FROM ${tableOf(accounts)}`, 'no flat model'],
    ['SELECT * FROM customer_contacts', 'no flat model'],
    ['SELECT * FROM events', 'no flat model'],
    ['SELECT * FROM orders; DELETE FROM orders', 'one statement'],
    ['SELECT no_such_column FROM orders', 'no such column'],
    ["SELECT load_extension('x') FROM orders", 'not authorized'],
  ])('refuses %s', async (sql, message) => {
    const said = await query(sql);
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(message);
  });

  it('shows names and addresses only on request', async () => {
    const { out } = await query("SELECT email FROM customer_contacts WHERE name = 'lin'", '--personal');
    expect(out).toBe('email\nlin@example.com');
  });

  it('has no way to write even past the check', () => {
    const file = new Database(`file:${join(directory, 'read-models.db')}?mode=ro`);
    expect(() => file.exec(`DELETE FROM ${tableOf(orderDetails)}`)).toThrow('readonly');
    file.close();
  });

  const forEver = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';

  it('stops a query that would take for ever', async () => {
    const said = await query(forEver, '--timeout', '1');
    expect(said).toMatchObject({ code: 5, out: '' });
    expect(said.err).toContain('took longer than 1 s');
  });

  it('stops on a signal', async () => {
    const file = join(directory, 'stopped.csv');
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
    const stop = new AbortController();
    const out: string[] = [];
    const terminal = {
      out: (line: string) => {
        out.push(line);
        stop.abort();
      },
      err: () => undefined,
      progress: () => undefined,
      redraw: () => undefined,
      interactive: false,
      colour: false,
    };
    const code = await queryCommand.run({
      args: [endless, '--rows', '1000000'],
      environment: { WAYBILL_DATA_DIR: directory },
      terminal,
      signal: stop.signal,
    });
    expect(code).toBe(130);
    expect(out.length).toBeGreaterThan(0);
    await rm(file, { force: true });
  });

  it('says when there are more rows than it shows', async () => {
    const said = await query('SELECT order_number FROM orders ORDER BY 1', '--rows', '3');
    expect(said).toMatchObject({ code: 1, out: 'order_number\n1\n2\n3' });
    expect(said.err).toContain('more than 3 rows');
  });

  it('writes a file, also Parquet', async () => {
    const file = join(directory, 'out.csv');
    expect((await query('SELECT 1 AS one, NULL AS none', '--output', file)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe('one,none\r\n1,\r\n');
    const parquet = join(directory, 'out.parquet');
    expect((await query('SELECT * FROM orders', '--format', 'parquet', '--output', parquet)).code).toBe(0);
    const bytes = await readFile(parquet);
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    expect(bytes.subarray(-4).toString()).toBe('PAR1');
    expect((await query('SELECT 1', '--format', 'parquet')).code).toBe(2);
  });

  it('reads a statement from a file, and describes the models', async () => {
    const file = join(directory, 'asked.sql');
    await writeFile(file, '-- How many?\nSELECT count(*) AS n FROM orders;\n');
    expect((await query(file)).out).toBe('n\n40');
    expect((await query('--describe')).out).toContain('order_lines,line_id,sold_at');
    expect((await query('--describe', 'orders')).out).toContain(
      'total_minor,integer,minor units of `currency`',
    );
    expect((await query('--describe', 'event_log')).out).toContain('recorded_at,timestamp,UTC');
    expect(await query('--describe', 'nothing')).toMatchObject({ code: 2 });
    expect((await query('--saved', 'list')).out).toContain('top-products');
    expect(await query('--saved', 'nothing')).toMatchObject({ code: 2 });
  });

  it('says that a directory has no read models', async () => {
    const said = await runCommand(queryCommand, ['SELECT 1'], { WAYBILL_DATA_DIR: join(directory, 'none') });
    expect(said).toMatchObject({ code: 5 });
    expect(said.err).toContain('start Waybill there once');
  });
});
