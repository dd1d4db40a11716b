import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { importCommand } from '../../cli/commands/import';
import { verifyCommand } from '../../cli/commands/verify';
import type { VerifyReport } from '../../cli/verify';
import { categoryOf } from '../../platform/event-store';
import { productId } from '../../platform/ids';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { runCommand, type Said } from '../support/process/command-line';
import { eventually } from '../support/time/eventually';
import { storedEvents } from '../support/event-store/stored';
import { anyPort, topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

type ImportReport = {
  readonly taken: Readonly<Record<string, number>>;
  readonly products?: Readonly<Record<'new' | 'changed' | 'unchanged', number>>;
  readonly orders?: Readonly<Record<'new' | 'known', number>>;
  readonly refunds?: Readonly<Record<'new' | 'known', number>>;
  readonly refusedLines: readonly { readonly line: number; readonly code: string; readonly reason: string }[];
  readonly refused: readonly unknown[];
  readonly unsent: number;
};

type Kind = 'products' | 'orders';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID';

/** A shop whose list of sales is imported, by the command line and nothing else. */
class Importing {
  private constructor(readonly home: WaybillHome) {}

  static async make(): Promise<Importing> {
    return new Importing(await WaybillHome.make());
  }

  async import(kind: Kind, ...args: string[]): Promise<ImportReport & { readonly code: number }> {
    const { code, out, err } = await this.say(kind, ...args, '--json');
    if (out === '') throw new Error(err);
    return { code, ...(JSON.parse(out) as ImportReport) };
  }

  /** Returns the report for a person. */
  say(kind: Kind, ...args: string[]): Promise<Said> {
    return runCommand(importCommand, [kind, ...args], this.environment);
  }

  /** Tells it to stop as soon as the first of its items is taken. */
  stopped(kind: Kind, ...args: string[]): Promise<Said> {
    return runCommand(importCommand, [kind, ...args], this.environment, (stop) => stop());
  }

  /** Writes a list of sales beside the data. */
  async list(name: string, lines: readonly string[]): Promise<string> {
    const file = join(this.home.directory, name);
    await writeFile(file, [header, ...lines].join('\n'));
    return file;
  }

  async verify(): Promise<VerifyReport> {
    const { out, err } = await runCommand(verifyCommand, ['--settled', '--json'], this.environment);
    if (out === '') throw new Error(err);
    return JSON.parse(out) as VerifyReport;
  }

  /** Returns the number of events, without those of each start and stop of a gateway. */
  async eventCount(): Promise<number> {
    const events = await storedEvents(this.home.directory);
    return events.filter(({ stream }) => categoryOf(stream) !== 'world_link').length;
  }

  private get environment() {
    return { ...anyPort, ...topSpeed, WAYBILL_DATA_DIR: this.home.directory, WAYBILL_LOG_LEVEL: 'error' };
  }
}

/** The report of an import of known content. */
const known = <Imported extends ImportReport>(imported: Imported): Imported => ({
  ...imported,
  orders: { new: 0, known: imported.taken['orders'] },
  refunds: { new: 0, known: imported.taken['refunds'] },
});

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
  let stopped: Said;
  let orders: ImportReport & { readonly code: number };
  let before: number;
  beforeAll(async () => {
    importing = await Importing.make();
    file = `${importing.home.directory}-sales.csv`;
    await writeFile(file, `\uFEFF${lines.join('\n')}\n`);
    await importing.import('products', file);
    stopped = await importing.stopped('orders', file);
    orders = await importing.import('orders', file);
    before = await importing.eventCount();
  }, 90_000);
  afterAll(() => Promise.all([importing.home.remove(), rm(file, { force: true })]));

  it('stops without an error after the signal, with any work in progress', () => {
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('2 of 2 orders taken.\n0 of 2 refunds taken.\n');
    expect(stopped.err).toContain('Stopped with 2 still to be sent. Run the same import again');
    expect(stopped.err).toMatch(/They go on with the next start\.$/);
  });

  it('takes what can be taken, and says of each other line why not', () => {
    expect(orders).toMatchObject({ code: 0, taken: { orders: 2, refunds: 2 }, refused: [] });
    expect(orders).toMatchObject({ orders: { new: 0, known: 2 }, refunds: { new: 2, known: 0 } });
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
    expect(await importing.import('orders', file)).toEqual(known(orders));
    expect(await importing.eventCount()).toBe(before);
  }, 60_000);
});

describe('the import into a Waybill that runs', () => {
  let importing: Importing;
  let running: RunningWaybill;
  beforeAll(async () => {
    importing = await Importing.make();
    running = await importing.home.start({ ...topSpeed, WAYBILL_SEED: 'off' });
  }, 60_000);
  afterAll(async () => {
    await running.close();
    await importing.home.remove();
  });

  /** Its name and price as shoppers see them. */
  const offered = async (sku: string) => {
    const head = await running.engines.store.head();
    await running.projections?.waitForAll(head!, 60_000);
    const found = await running.engines.readModels.get<CatalogueProduct>(
      catalogue.collection,
      productId(sku),
    );
    return [found?.document.name, found?.document.price.amountMinor];
  };
  const counts = (news: number, changed: number, unchanged: number) => ({ new: news, changed, unchanged });

  it('follows the list’s latest price and name there, back and there again', async () => {
    const before = ['1,10001,LAMP,1,10/1/2011 9:00,2.50,7', '2,10001,OLD LAMP,1,9/1/2011 9:00,9.99,7'];
    const after = [...before, '3,10001,BIG LAMP,1,10/2/2011 9:00,3.00,7'];
    const run = async (lines: readonly string[]) =>
      (await importing.import('products', await importing.list('prices.csv', lines))).products;
    expect(await run(before)).toEqual(counts(1, 0, 0));
    expect(await offered('10001')).toEqual(['LAMP', 250]);
    expect(await run(before)).toEqual(counts(0, 0, 1));
    for (const [lines, expected] of [
      [after, ['BIG LAMP', 300]],
      [before, ['LAMP', 250]],
      [after, ['BIG LAMP', 300]],
    ] as const) {
      expect(await run(lines)).toEqual(counts(0, 1, 0));
      expect(await offered('10001')).toEqual(expected);
    }
  }, 60_000);

  it('reads days before months where that is said', async () => {
    const lines = [
      '1,10002,MUG,1,9/1/2011,2.50,7',
      '2,10002,MUG,1,10/1/2011,1.25,7',
      '3,10002,MUG,1,1/12/2010,9,7',
    ];
    const file = await importing.list('days.csv', lines);
    await importing.import('products', file, '--date-format', 'D/M/Y');
    expect(await offered('10002')).toEqual(['MUG', 125]);
    await importing.import('products', file);
    expect(await offered('10002')).toEqual(['MUG', 125]);
    expect(await importing.say('products', file, '--date-format', 'Y/M/D')).toMatchObject({ code: 2 });
  }, 60_000);

  it('says where in the list an order stands whose goods are missing, and what to do', async () => {
    const file = await importing.list('missing.csv', [
      '1,90001,GONE,1,2011-10-01,1.00,7',
      '1,90002,AWAY,1,2011-10-01,1.00,7',
    ]);
    const { code, out, err } = await importing.say('orders', file);
    expect(code).toBe(1);
    expect(out).toBe(
      'lines 2-3: order 1: PRODUCT_NOT_FOUND: The catalogue has no product 90001. Import the products of the list, then this again.',
    );
    expect(err).toContain('The orders go their way in the Waybill that runs at');
    const [refused] = (await importing.import('orders', file)).refused;
    expect(refused).toMatchObject({
      reference: '1',
      sku: '90001',
      sources: [
        { file, line: 2 },
        { file, line: 3 },
      ],
    });
    expect((await importing.say('products', file)).err).not.toContain('orders');
  }, 60_000);

  it('gives back what an earlier file sold, from several orders where none holds enough', async () => {
    const january = await importing.list('january.csv', [
      '1,10001,LAMP,2,2011-01-01,2.50,7',
      '2,10001,LAMP,3,2011-01-02,3.00,7',
    ]);
    const february = await importing.list('february.csv', ['C3,10001,LAMP,-4,2011-02-01,3.00,7']);
    const source = ['--source', 'shop'];
    expect(await importing.import('orders', january, ...source)).toMatchObject({ taken: { orders: 2 } });
    const alone = await importing.say('orders', february, ...source);
    expect(alone.out).toMatch(/^line 2: NOTHING_TO_UNDO: .* name that file before this one\.$/);
    const both = () => importing.import('orders', january, february, ...source);
    const taken = await both();
    expect(taken).toMatchObject({ code: 0, taken: { orders: 2, refunds: 2 }, refusedLines: [], refused: [] });
    expect(taken).toMatchObject({ orders: { new: 0, known: 2 }, refunds: { new: 2, known: 0 } });
    expect(await both()).toEqual(known(taken));
    const asked = [];
    for await (const event of running.engines.store.readAll())
      if (event.type === 'OrderRefundRequested') asked.push((event.data as { amount: object }).amount);
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(
      expect.arrayContaining([
        { amountMinor: 900, currency: 'GBP' },
        { amountMinor: 250, currency: 'GBP' },
      ]),
    );
  }, 60_000);

  it('fails where it took nothing, and shows cells that would act on the terminal', async () => {
    const file = await importing.list('nothing.csv', [
      '1,10001,LAMP,1,2011-10-01,\u001b[31mRED\u001b[0m,7',
      '2,10001,LAMP,0x10,2011-10-01,1.00,7',
    ]);
    const { code, out, err } = await importing.say('orders', file);
    expect(code).toBe(1);
    expect(out).toContain('line 2: PRICE_UNREADABLE: "\\u001b[31mRED\\u001b[0m" is not a price');
    expect(out).toContain('line 3: QUANTITY_UNREADABLE: The quantity "0x10"');
    expect(err).toContain('Nothing was taken.');
    const headerOnly = await importing.list('empty.csv', []);
    expect(await importing.import('products', headerOnly)).toMatchObject({ code: 1, refusedLines: [] });
  }, 60_000);

  it('reads prices with the digits of their currency', async () => {
    const file = await importing.list('bowls.csv', ['1,30001,TEA BOWL,2,2026-01-05,1500,7']);
    expect(await importing.import('products', file, '--currency', 'JPY')).toMatchObject({ code: 0 });
    expect(await offered('30001')).toEqual(['TEA BOWL', 1_500]);
    const contradiction = await importing.say('products', file, '--currency', 'JPY', '--minor-digits', '2');
    expect(contradiction).toMatchObject({ code: 2, out: '' });
  }, 60_000);

  it('never takes two lists for one because their files are named alike', async () => {
    const placed = async (): Promise<number> => {
      let count = 0;
      for await (const { type } of running.engines.store.readAll()) if (type === 'OrderPlaced') count += 1;
      return count;
    };
    const lines = (price: string) => [`1,10001,LAMP,1,2011-10-01,${price},7`];
    const before = await placed();
    for (const [index, name] of ['продажи', '销售', 'my sales', 'my_sales'].entries()) {
      const file = await importing.list(`${name}.csv`, lines(`${index + 1}.00`));
      expect(await importing.import('orders', file)).toMatchObject({ code: 0, taken: { orders: 1 } });
    }
    expect(await placed()).toBe(before + 4);

    const [ours, moved, theirs] = await Promise.all(
      ['a', 'b', 'c'].map(async (folder) => {
        await mkdir(join(importing.home.directory, folder));
        return importing.list(join(folder, 'orders.csv'), lines(folder === 'c' ? '9.00' : '5.00'));
      }),
    );
    expect(await importing.import('orders', ours!)).toMatchObject({ code: 0 });
    expect(await importing.import('orders', moved!)).toMatchObject({ code: 0 });
    expect(await placed()).toBe(before + 5);
    const refused = await importing.say('orders', theirs!);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('--source');
    expect(await importing.import('orders', theirs!, '--source', 'shop-c')).toMatchObject({ code: 0 });
    expect(await placed()).toBe(before + 6);
  }, 60_000);

  const many = Array.from({ length: 500 }, (_, at) => `1,${20_000 + at},THING ${at},1,2011-10-01,1.00,7`);
  const registered = async (): Promise<number> => {
    let count = 0;
    for await (const { type, data } of running.engines.store.readAll())
      if (type === 'ProductRegistered' && /^2/.test((data as { sku: string }).sku)) count += 1;
    return count;
  };

  it('stops without an error after the signal, and reports its progress', async () => {
    const file = await importing.list('many.csv', many);
    const { code, out, err } = await importing.stopped('products', file, '--json');
    expect(code).toBe(130);
    const { taken, unsent } = JSON.parse(out) as ImportReport;
    expect(taken['products']).toBe(await registered());
    expect(taken['products']! + unsent).toBe(many.length);
    expect(err).toMatch(
      /Stopped with \d+ still to be sent\. Run the same import again: it goes on from here\.$/,
    );
  }, 60_000);

  it('goes on after a kill -9, and has shown no bar to a pipe', async () => {
    const file = await importing.list('many.csv', many);
    const before = await registered();
    const killed = WaybillProcess.spawn(importing.home.directory, topSpeed, ['import', 'products', file]);
    await eventually(async () => (await registered()) > before, 60_000);
    await killed.kill();
    const after = await registered();
    expect(after).toBeLessThan(many.length);
    expect(killed.talk).toBe('');
    const { code, products } = await importing.import('products', file);
    // What the killed process had sent may still have been recorded after the count.
    const known = Math.max(after, products!.unchanged);
    expect({ code, products }).toEqual({ code: 0, products: counts(many.length - known, 0, known) });
    expect(await registered()).toBe(many.length);
  }, 120_000);
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
  }, 300_000);

  it('changes nothing when it is run again', async () => {
    expect((await importing.import('products', sales)).taken).toEqual({ products: 1_967 });
    expect(await importing.import('orders', sales)).toEqual(known(orders));
    expect(await importing.eventCount()).toBe(before);
  }, 300_000);
});
