import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportCommand } from '../../cli/commands/export';
import { realClock } from '../../platform/clock';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import { flatModels } from '../../projections/flat-models';
import { fillShop } from '../support/analytics/shop';
import { shopHistory } from '../support/analytics/shop-history';
import { runCommand } from '../support/process/command-line';
import { describeOn } from '../support/process/real-engine';
import { textOf } from '../support/project-files';

const recipes = [
  ...textOf('docs/how-to/analyse-data.md').matchAll(/<!-- recipe -->\n\n```python\n(?<code>[\s\S]*?)```/g),
].map(({ groups }) => groups!['code']!);

type Placed = {
  readonly lines: readonly {
    readonly quantity: number;
    readonly unitPrice: { readonly amountMinor: number };
    readonly discount?: { readonly amountMinor: number } | undefined;
  }[];
};

/** The sums of all lines, from the facts themselves. */
const sums = (): { readonly pieces: number; readonly minor: number; readonly lines: number } => {
  const lines = shopHistory()
    .filter(({ type }) => type === 'OrderPlaced')
    .flatMap(({ data }) => (data as Placed).lines);
  return {
    lines: lines.length,
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    minor: lines.reduce(
      (sum, { quantity, unitPrice, discount }) =>
        sum + quantity * unitPrice.amountMinor - (discount?.amountMinor ?? 0),
      0,
    ),
  };
};

describeOn('WAYBILL_TEST_ANALYTICS_PYTHON', 'the recipes for analysts', (python) => {
  let directory: string;
  let readModels: ReadModels;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-recipes-'));
    const flat = { models: flatModels, timeZone: 'Europe/London' };
    readModels = await openEmbeddedReadModels({ directory, clock: realClock, flat });
    await fillShop(readModels);
    for (const [model, format] of [
      ['order_lines', 'parquet'],
      ['orders', 'parquet'],
      ['orders', 'csv'],
      ['sales_daily', 'parquet'],
    ] as const)
      await runCommand(
        exportCommand,
        ['--model', model, '--format', format, '--output', join(directory, `${model}.${format}`)],
        { WAYBILL_DATA_DIR: directory, WAYBILL_TIME_ZONE: 'Europe/London' },
      );
  });
  afterAll(async () => {
    await readModels.close();
    await rm(directory, { recursive: true });
  });

  const run = async (code: string): Promise<string> => {
    const { stdout } = await promisify(execFile)(python, ['-c', code], { cwd: directory });
    return stdout;
  };
  const rowsOf = async (sql: string): Promise<unknown> =>
    JSON.parse(
      await run(
        `import duckdb, json\nprint(json.dumps(duckdb.sql(${JSON.stringify(sql)}).fetchall(), default=str))`,
      ),
    );

  it('are three', () => expect(recipes).toHaveLength(3));

  it.each(recipes.map((code, index) => ({ name: `recipe ${index + 1}`, code })))(
    '$name runs',
    async ({ code }) => expect((await run(code)).split('\n').length).toBeGreaterThan(3),
  );

  it('DuckDB reads the Parquet export with the types of the dictionary', async () => {
    const { lines, pieces, minor } = sums();
    expect(
      await rowsOf("SELECT count(*), sum(quantity)::INT, sum(total_minor)::INT FROM 'order_lines.parquet'"),
    ).toEqual([[lines, pieces, minor]]);
    expect(
      await rowsOf(
        "SELECT typeof(sold_at), typeof(sold_at_local), typeof(sold_on), typeof(total_minor), typeof(total), typeof(country) FROM 'orders.parquet' LIMIT 1",
      ),
    ).toEqual([['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP', 'DATE', 'BIGINT', 'DOUBLE', 'VARCHAR']]);
    expect(
      await rowsOf(
        "SELECT epoch_ms(sold_at), sold_at_local::VARCHAR, sold_on::VARCHAR FROM 'orders.parquet' WHERE reference = 'INV-35'",
      ),
    ).toEqual([[Date.parse('2026-03-29T21:00:00.125Z'), '2026-03-29 22:00:00.125', '2026-03-29']]);
    expect(
      await rowsOf(
        "SELECT count(*) FROM 'orders.parquet' WHERE paid_at IS NULL AND status IN ('PLACED', 'CANCELLED')",
      ),
    ).toEqual(await rowsOf("SELECT count(*) FROM 'orders.parquet' WHERE paid_at IS NULL"));
  });
});
