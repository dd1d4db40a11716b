import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { importCommand } from '../../cli/commands/import';
import { verifyCommand } from '../../cli/commands/verify';
import type { VerifyReport } from '../../cli/verify';
import { categoryOf } from '../../platform/event-store';
import { runCommand } from '../support/command-line';
import { storedEvents } from '../support/stored';
import { anyPort, topSpeed, WaybillHome } from '../support/waybill';

type ImportReport = {
  readonly taken: Readonly<Record<string, number>>;
  readonly refusedLines: readonly { readonly line: number; readonly code: string; readonly reason: string }[];
  readonly refused: readonly unknown[];
};

/** A shop whose list of sales is imported, by the command line and nothing else. */
class Importing {
  private constructor(readonly home: WaybillHome) {}

  static async make(): Promise<Importing> {
    return new Importing(await WaybillHome.make());
  }

  async import(kind: 'products' | 'orders', file: string): Promise<ImportReport & { readonly code: number }> {
    const { code, out, err } = await runCommand(importCommand, [kind, file, '--json'], this.environment);
    if (out === '') throw new Error(err);
    return { code, ...(JSON.parse(out) as ImportReport) };
  }

  async verify(): Promise<VerifyReport> {
    const { out, err } = await runCommand(verifyCommand, ['--settled', '--json'], this.environment);
    if (out === '') throw new Error(err);
    return JSON.parse(out) as VerifyReport;
  }

  /** How many events there are, apart from what each start and stop of a gateway records. */
  async eventCount(): Promise<number> {
    const events = await storedEvents(this.home.directory);
    return events.filter(({ stream }) => categoryOf(stream) !== 'world_link').length;
  }

  private get environment() {
    return { ...anyPort, ...topSpeed, WAYBILL_DATA_DIR: this.home.directory, WAYBILL_LOG_LEVEL: 'error' };
  }
}

const codesOf = ({ refusedLines }: ImportReport): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { code } of refusedLines) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

describe('the import of a small list of sales', () => {
  const lines = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '1,10001,LAMP,2,2026-01-01T09:00:00Z,2.50,7,Spain', //                2
    '1,10002,"MUG, BLUE",3,2026-01-01T09:00:00Z,1.25,7,Spain', //         3
    '2,10001,LAMP,1,2026-01-02T09:00:00Z,3.00,8,Spain', //                4
    '2,POST,POSTAGE,1,2026-01-02T09:00:00Z,5.00,8,Spain', //              5 no goods
    '3,10001,LAMP,1,2026-01-02T09:00:00Z,3.00,,Spain', //                 6 nobody's
    '4,10003,GIFT,1,2026-01-02T09:00:00Z,0,8,Spain', //                   7 for nothing
    '5,10002,"MUG" BLUE,1,2026-01-02T09:00:00Z,1.25,8,Spain', //          8 broken
    '5,10002', //                                                         9 broken
    '6,10002,MUG,many,2026-01-02T09:00:00Z,1.25,8,Spain', //             10 how many?
    '7,10002,MUG,1,2026-01-02T09:00:00Z,1.2.5,8,Spain', //               11 what price?
    'C1,10002,MUG,-1,2026-01-03T09:00:00Z,1.25,7,Spain', //              12 undoes a part of 1
    'C2,10001,LAMP,-1,2026-01-03T09:00:00Z,3.00,8,Spain', //             13 undoes all of 2
    'C3,10002,MUG,-9,2026-01-03T09:00:00Z,1.25,7,Spain', //              14 undoes more than there is
  ];
  let importing: Importing;
  let file: string;
  let orders: ImportReport & { readonly code: number };
  let before: number;
  beforeAll(async () => {
    importing = await Importing.make();
    file = join(importing.home.directory, '..', `${Date.now()}-sales.csv`);
    await writeFile(file, `\uFEFF${lines.join('\n')}\n`);
    await importing.import('products', file);
    orders = await importing.import('orders', file);
    before = await importing.eventCount();
  }, 90_000);
  afterAll(() => importing.home.remove());

  it('takes what can be taken, and says of each other line why not', () => {
    expect(orders).toMatchObject({ code: 0, taken: { orders: 2, refunds: 2 }, refused: [] });
    expect(orders.refusedLines.map(({ line, code }) => [line, code])).toEqual([
      [5, 'NOT_GOODS'],
      [6, 'NO_CUSTOMER'],
      [7, 'PRICE_NOT_POSITIVE'],
      [8, 'BROKEN_LINE'],
      [9, 'BROKEN_LINE'],
      [10, 'QUANTITY_UNREADABLE'],
      [11, 'PRICE_UNREADABLE'],
      [14, 'NOTHING_TO_UNDO'],
    ]);
    for (const { reason } of orders.refusedLines) expect(reason).not.toBe('');
  });

  it('brings every order to its end, with stock and money right', async () => {
    const report = await importing.verify();
    expect(report.breaches).toEqual([]);
    expect(report.orders).toEqual({ FULFILLED: 1, REFUNDED: 1 });
    expect(report.money).toEqual({
      GBP: { captured: 1_175, refunded: 425, sold: 1_175, givenBack: 425 },
    });
  });

  it('changes nothing when it is run again', async () => {
    await importing.import('products', file);
    expect(await importing.import('orders', file)).toEqual(orders);
    expect(await importing.eventCount()).toBe(before);
  }, 60_000);
});

const sales = resolve(__dirname, '../../../shared/data/online-retail-10k.csv');

// The real sales of a gift wholesaler; not part of the project, so they may not be there.
const describeIfThere = existsSync(sales) ? describe : describe.skip;

describeIfThere('the import of ten thousand real lines', () => {
  let importing: Importing;
  let orders: ImportReport & { readonly code: number };
  let before: number;
  beforeAll(async () => {
    importing = await Importing.make();
    const startedAt = performance.now();
    const products = await importing.import('products', sales);
    const productsAt = performance.now();
    orders = await importing.import('orders', sales);
    const ordersAt = performance.now();
    before = await importing.eventCount();
    expect(products).toMatchObject({ code: 0, taken: { products: 1_967 } });
    const seconds = (from: number, to: number): string => ((to - from) / 1_000).toFixed(1);
    process.stdout.write(
      `products ${seconds(startedAt, productsAt)} s, orders ${seconds(productsAt, ordersAt)} s, ${before} events\n`,
    );
  }, 600_000);
  afterAll(() => importing.home.remove());

  it('takes every invoice that can be taken, and says of each other line why not', () => {
    expect(orders).toMatchObject({ code: 0, taken: { orders: 400, refunds: 9 }, refused: [] });
    expect(codesOf(orders)).toEqual({
      NO_CUSTOMER: 2_239,
      NOTHING_TO_UNDO: 88,
      PRICE_NOT_POSITIVE: 46,
      NOT_GOODS: 38,
    });
  });

  it('brings every order to its end, with stock and money right', async () => {
    const report = await importing.verify();
    expect(report.breaches).toEqual([]);
    expect(report.orders).toEqual({ FULFILLED: 400 });
    expect(report.money).toEqual({
      GBP: { captured: 14_721_597, refunded: 18_400, sold: 14_721_597, givenBack: 18_400 },
    });
  }, 60_000);

  it('changes nothing when it is run again', async () => {
    expect((await importing.import('products', sales)).taken).toEqual({ products: 1_967 });
    expect(await importing.import('orders', sales)).toEqual(orders);
    expect(await importing.eventCount()).toBe(before);
  }, 300_000);
});
