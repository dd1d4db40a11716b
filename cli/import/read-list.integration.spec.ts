import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseImportOptions } from './options';
import { readList, type ReadList } from './read-list';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-list-'));
});
afterAll(() => rm(directory, { recursive: true }));

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID';

const write = async (name: string, lines: readonly string[]): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, lines.join('\n'));
  return file;
};

const read = (files: readonly string[], ...words: readonly string[]): Promise<ReadList> => {
  const options = parseImportOptions(['orders', ...files, ...words]);
  return readList(options.files, options.rules);
};

const readLines = async (lines: readonly string[], ...words: readonly string[]): Promise<ReadList> =>
  read([await write('sales.csv', [header, ...lines])], ...words);

const codesOf = ({ refusals }: ReadList) => refusals.map(({ line, code }) => [line, code]);

describe('the format of a list', () => {
  it('is detected: semicolons, decimal commas, days before months', async () => {
    const file = await write('german.csv', [
      header.replaceAll(',', ';'),
      '1;10001;LAMPE;6;01.12.2010 8:26;2,55;7',
      '1;10002;DOSE;2;13.12.2010 8:26;3;7',
    ]);
    const { lines, refusals, notes } = await read([file]);
    expect(refusals).toEqual([]);
    expect(lines).toMatchObject([
      { priceMinor: 255, soldAtMs: Date.UTC(2010, 11, 1, 8, 26) },
      { priceMinor: 300, soldAtMs: Date.UTC(2010, 11, 13, 8, 26) },
    ]);
    expect(notes).toEqual([
      'german.csv is read with semicolons between fields, with decimal commas, with days before months.',
    ]);
  });

  it('is detected for each file separately', async () => {
    const german = await write('german.csv', [header.replaceAll(',', ';'), '1;10001;A;1;2010-12-01;2,55;7']);
    const english = await write('english.csv', [header, '2,10001,A,1,2010-12-01,2.55,7']);
    const { lines } = await read([german, english]);
    expect(lines.map(({ priceMinor }) => priceMinor)).toEqual([255, 255]);
  });

  it('is detected from the dates of all lines where one alone is ambiguous', async () => {
    const days = await readLines(['1,10001,A,1,9/1/2011,1.00,7', '2,10001,A,1,31/1/2011,1.00,7']);
    expect(days.lines[0]!.soldAtMs).toBe(Date.UTC(2011, 0, 9));
    const months = await readLines(['1,10001,A,1,9/1/2011,1.00,7', '2,10001,A,1,1/31/2011,1.00,7']);
    expect(months.lines[0]!.soldAtMs).toBe(Date.UTC(2011, 8, 1));
    expect(months.notes).toEqual([]);
    const neither = await readLines(['1,10001,A,1,9/1/2011,1.00,7']);
    expect(neither.lines[0]!.soldAtMs).toBe(Date.UTC(2011, 8, 1));
    expect(neither.notes[0]).toContain('the month first in dates such as 9/1/2011');
  });

  it('is not assumed where dates contradict each other', async () => {
    const lines = ['1,10001,A,1,31/1/2011,1.00,7', '2,10001,A,1,1/31/2011,1.00,7'];
    await expect(readLines(lines)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('--date-format') as string,
    });
    expect(codesOf(await readLines(lines, '--date-format', 'D/M/Y'))).toEqual([[3, 'DATE_UNREADABLE']]);
  });

  it('refuses a price in another format than most', async () => {
    const read = await readLines([
      '1,10001,A,1,2011-01-01,1.25,7',
      '2,10001,A,1,2011-01-01,1.50,7',
      '3,10001,A,1,2011-01-01,"1,75",7',
      '4,10001,A,1,2011-01-01,"1,500",7',
    ]);
    expect(codesOf(read)).toEqual([
      [4, 'PRICE_UNREADABLE'],
      [5, 'PRICE_UNREADABLE'],
    ]);
  });

  it('is the given one', async () => {
    const { lines, notes } = await readLines(
      ['1,10001,A,1,9/1/2011,"1,500",7'],
      ...['--decimal', ',', '--date-format', 'D/M/Y'],
    );
    expect(lines).toMatchObject([{ priceMinor: 150, soldAtMs: Date.UTC(2011, 0, 9) }]);
    expect(notes).toEqual([]);
  });
});

describe('the further lines of an invoice', () => {
  const map = [
    '--map',
    'reference=Name,customer=Email,sku=Sku,name=Item,quantity=Count,price=Price,date=Paid at',
  ];
  const export_ = (lines: readonly string[]) =>
    write('export.csv', ['Name,Email,Paid at,Count,Item,Price,Sku,Notes', ...lines]);

  it('take customer and date from the line before where theirs are blank', async () => {
    const file = await export_([
      '#1,ann@example.com,2026-04-05 21:06:21 +0400,1,Cup,1.00,10001,"two',
      'lines"',
      '#1,,,2,Pot,2.00,10002,',
      '#1,,,3,Jar,3.00,10003,',
      '#2,bob@example.com,2026-04-06 21:06:21 +0400,1,Cup,1.00,10001,',
      '#2,,,1,Pot,2.00,10002,',
    ]);
    const { lines, refusals } = await read([file], ...map);
    expect(refusals).toEqual([]);
    expect(lines.map(({ line, customer, soldAtMs }) => [line, customer, soldAtMs])).toEqual([
      [2, 'ann@example.com', Date.UTC(2026, 3, 5, 17, 6, 21)],
      [4, 'ann@example.com', Date.UTC(2026, 3, 5, 17, 6, 21)],
      [5, 'ann@example.com', Date.UTC(2026, 3, 5, 17, 6, 21)],
      [6, 'bob@example.com', Date.UTC(2026, 3, 6, 17, 6, 21)],
      [7, 'bob@example.com', Date.UTC(2026, 3, 6, 17, 6, 21)],
    ]);
  });

  it('take them also from a line that is skipped', async () => {
    const file = await export_([
      '#1,ann@example.com,2026-04-05,1,Postage,1.00,POST,',
      '#1,,,2,Pot,2.00,10002,',
    ]);
    const { lines } = await read([file], ...map);
    expect(lines).toMatchObject([{ line: 3, customer: 'ann@example.com' }]);
  });

  it('take nothing from another invoice, nor where a line has no invoice', async () => {
    const file = await export_([
      '#1,ann@example.com,2026-04-05,1,Cup,1.00,10001,',
      '#2,,2026-04-05,1,Cup,1.00,10001,',
      ',bob@example.com,2026-04-05,1,Cup,1.00,10001,',
      ',,2026-04-05,1,Cup,1.00,10001,',
    ]);
    expect(codesOf(await read([file], ...map))).toEqual([
      [3, 'NO_CUSTOMER'],
      [4, 'NO_REFERENCE'],
      [5, 'NO_REFERENCE'],
    ]);
  });
});

describe('an invoice of which a line cannot be read', () => {
  it.each([
    ['a price', '1,10002,B,1,2026-01-31,"1,234.50",7', 'PRICE_UNREADABLE'],
    ['a quantity', '1,10002,B,1e3,2026-01-31,1.00,7', 'QUANTITY_UNREADABLE'],
    ['a date', '1,10002,B,1,soon,1.00,7', 'DATE_UNREADABLE'],
    ['a code', '1,,B,1,2026-01-31,1.00,7', 'NO_SKU'],
    ['a customer', '1,10002,B,1,2026-01-31,1.00,', 'NO_CUSTOMER'],
    ['its end', '1,10002,B,1', 'BROKEN_LINE'],
    ['a quote', '1,10002,B "b,1,2026-01-31,1.00,7', 'BROKEN_LINE'],
  ])('is refused whole: %s', async (_what, line, code) => {
    // The line that cannot be read stands apart, so that it is not completed.
    const lines = ['1,10001,A,1,2026-01-31,1.00,7', '2,10001,A,1,2026-01-31,1.00,7', line];
    const { refusals, lines: taken } = await readLines(lines);
    expect(refusals).toMatchObject([
      { line: 2, code: 'INVOICE_INCOMPLETE', reason: expect.stringContaining(`(${code})`) as string },
      { line: 4, code },
    ]);
    expect(taken.map(({ reference }) => reference)).toEqual(['2']);
  });

  it('is complete without lines that are not goods, or free', async () => {
    const { lines } = await readLines([
      '1,10001,A,1,2026-01-31,1.00,7',
      '1,POST,POSTAGE,1,2026-01-31,dear,7',
      '1,10003,GIFT,1,2026-01-31,0,7',
    ]);
    expect(lines.map(({ sku }) => sku)).toEqual(['10001']);
  });

  it('is refused in every file that contains it', async () => {
    const january = await write('january.csv', [header, '1,10001,A,1,2026-01-31,1.00,7']);
    const february = await write('february.csv', [header, '1,10001,A,x,2026-02-01,1.00,7']);
    const { refusals } = await read([january, february]);
    expect(refusals[0]!.reason).toContain(`Line 2 of ${february}`);
    expect(refusals.map(({ code }) => code)).toEqual(['INVOICE_INCOMPLETE', 'QUANTITY_UNREADABLE']);
  });

  it('does not affect the prices of its other goods', async () => {
    const file = await write('prices.csv', [
      header,
      '1,10001,A,1,2026-01-31,1.00,7',
      '1,10002,B,1,2026-01-31,x,7',
    ]);
    const options = parseImportOptions(['products', file]);
    expect((await readList(options.files, options.rules)).lines).toHaveLength(1);
  });
});

describe('the country of a sale', () => {
  const line = '1,10001,A,1,2026-01-31,1.00,7';
  const countries = ({ lines }: ReadList) => lines.map(({ country }) => country);

  it('is read where the list has it, and optional otherwise', async () => {
    expect(countries(await readLines([line]))).toEqual(['']);
    const file = await write('countries.csv', [`${header},Country`, `${line}, Spain`]);
    expect(countries(await read([file]))).toEqual(['Spain']);
  });

  it('is required where its column is named', async () => {
    const file = await write('land.csv', [`${header},Land`, `${line},Spanien`]);
    expect(countries(await read([file], '--map', 'country=Land'))).toEqual(['Spanien']);
    await expect(read([file], '--map', 'country=Region')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('is not read from one of two columns of the same name', async () => {
    const file = await write('twice.csv', [`${header},Country,Country`, `${line},Spain,France`]);
    await expect(read([file])).rejects.toThrow(/the column Country more than once/);
  });
});
