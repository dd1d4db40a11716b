import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORD_LENGTH_MAX } from './text-lines';
import { openCsv, type CsvLine, type CsvOptions } from './read-csv';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-csv-'));
});
afterAll(() => rm(directory, { recursive: true }));

const sales = () => join(directory, 'sales.csv');

const open = async (text: string | Buffer, wanted: readonly string[] = [], options: CsvOptions = {}) => {
  await writeFile(sales(), text);
  return openCsv(sales(), wanted, options);
};
const read = async (...given: Parameters<typeof open>): Promise<readonly CsvLine[]> => [
  ...(await open(...given)).lines(),
];
const record = (line: number, a: string, b: string) => ({ file: sales(), line, record: { a, b } });
const broken = (line: number) =>
  expect.objectContaining({ file: sales(), line, problem: expect.any(String) as string }) as object;

describe('a CSV file', () => {
  it('is read by the names in its header, with any line end and byte-order mark', async () => {
    expect(await read('\uFEFFa,b\r\n1,"two, and ""more"""\r\n\r\n3,4')).toEqual([
      record(2, '1', 'two, and "more"'),
      record(4, '3', '4'),
    ]);
  });

  it('may have a field of several lines', async () => {
    expect(await read('a,b\n1,"first\n\nthird"\n5,6\n')).toEqual([
      record(2, '1', 'first\n\nthird'),
      record(5, '5', '6'),
    ]);
  });

  it.each([
    ['a quote in the middle', '1,"M" X'],
    ['a quote that is never closed', '1,"M'],
    ['a field too few', '1'],
    ['a field too many', '1,2,3'],
  ])('skips only the line with %s', async (_slip, line) => {
    const text = ['a,b', '0,0', line, ...Array.from({ length: 30 }, (_, at) => `${at},"q"`)].join('\n');
    const lines = await read(text);
    expect(lines.slice(0, 3)).toEqual([record(2, '0', '0'), broken(3), record(4, '0', 'q')]);
    expect(lines).toHaveLength(32);
  });

  it('skips only the last line where that one is broken', async () => {
    expect(await read('a,b\n1,"M\n2,3\n4,"5')).toEqual([broken(2), record(3, '2', '3'), broken(4)]);
  });

  it('must have the wanted columns', async () => {
    await expect(read('a,b\n1,2', ['a', 'price'])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('no column price; it has a, b') as string,
    });
  });

  it('must exist', async () => {
    await expect(openCsv(join(directory, 'none.csv'), [])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('is refused when it is empty', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('can be read again from its start', async () => {
    const csv = await open('a,b\n1,2');
    expect([...csv.lines()]).toEqual([...csv.lines()]);
  });

  it('reports the fields of a broken line before the error', async () => {
    const lines = await read('a,b,c\n1,2,"M" X\n3\n"4" x,5,6\n7,"8,9');
    expect(lines.map((line) => 'partial' in line && line.partial)).toEqual([
      { a: '1', b: '2' },
      { a: '3' },
      {},
      { a: '7' },
    ]);
  });

  it.each(['\u2028', '\u2029', '\u0085', '\v', '\f'])('keeps %j in its cell', async (character) => {
    expect(await read(`a,b\n1${character}2,3\n`)).toEqual([record(2, `1${character}2`, '3')]);
  });

  it.each(['\n', '\r\n', '\r'])('has lines that end with %j, also across chunks', async (end) => {
    const long = 'x'.repeat(65_530);
    const rows = Array.from({ length: 8 }, (_, at) => `${at}${long.slice(at)},é`);
    const lines = await read(['a,b', ...rows].join(end));
    expect(lines.map((line) => 'record' in line && `${line.record['a']},${line.record['b']}`)).toEqual(rows);
  });

  it('skips only a line that is too long, and keeps little of it in memory', async () => {
    const lines = await read(`a,b\n${'x'.repeat(3 * RECORD_LENGTH_MAX)},1\r2,3\r\n`);
    expect(lines).toEqual([broken(2), record(3, '2', '3')]);
  });

  it('must have each wanted column once', async () => {
    await expect(read('a,b,a\n1,2,3', ['a', 'b'])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('has the column a more than once') as string,
    });
    expect(await read('a,b,x,x\n1,2,3,3', ['a', 'b'])).toHaveLength(1);
  });
});

describe('the delimiter', () => {
  it.each([
    ['a comma', 'a,b\n1,2', ','],
    ['a semicolon', 'a;b\n1;2', ';'],
    ['a tab', 'a\tb\n1\t2', '\t'],
    ['a bar', 'a|b\n1|2', '|'],
  ])('is %s, as the header shows', async (_name, text, delimiter) => {
    const csv = await open(text, ['a', 'b']);
    expect(csv.delimiter).toBe(delimiter);
    expect([...csv.lines()]).toEqual([record(2, '1', '2')]);
  });

  it('is the one that gives the wanted columns, not the most columns', async () => {
    const [line] = await read('a;b, c, d, e\n1;2,3', ['a', 'b, c, d, e']);
    expect(line).toMatchObject({ record: { a: '1', 'b, c, d, e': '2,3' } });
  });

  it.each(['sep=;\n', 'SEP=;\r\n', '"sep=;"\n', '\uFEFFsep=;\n'])(
    'is the one that %j names',
    async (first) => {
      expect(await read(`${first}a;b\n1;2,5`, ['a', 'b'])).toEqual([record(3, '1', '2,5')]);
    },
  );

  it('is the given one, with any content of the file', async () => {
    expect(await read('sep=,\na;b\n1;2', ['a', 'b'], { delimiter: ';' })).toEqual([record(3, '1', '2')]);
  });
});

describe('the encoding of a file', () => {
  const text = 'a,b\nRenée,£5\nRenèe,€6 “š”\n';
  const windows1252 = Buffer.from(
    text.replace('€', '\x80').replace('“', '\x93').replace('š', '\x9a').replace('”', '\x94'),
    'latin1',
  );
  const expected = () => [record(2, 'Renée', '£5'), record(3, 'Renèe', '€6 “š”')];

  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'utf-16be'],
  ])('is detected for %s', async (_name, bytes, encoding) => {
    const csv = await open(bytes);
    expect(csv.text).toMatchObject({ encoding });
    expect([...csv.lines()]).toEqual(expected());
  });

  it('is Windows-1252 where it is not UTF-8, with the first line that shows it', async () => {
    const csv = await open(windows1252);
    expect(csv.text).toMatchObject({ encoding: 'windows-1252', guessedFromLine: 2 });
    expect([...csv.lines()]).toEqual(expected());
  });

  it.each([
    ['UTF-8 with a broken character', Buffer.concat([Buffer.from(text), Buffer.from([0xc3])])],
    ['a byte that Windows-1252 lacks', Buffer.from('a,b\n1,\x8d', 'latin1')],
  ])('is not guessed for %s', async (_name, bytes) => {
    await expect(open(bytes)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('--encoding') as string,
    });
  });

  it('is the given one', async () => {
    const said = { encoding: 'windows-1251' };
    expect(await read(Buffer.from('a,b\n\xcc\xe8\xf0,1', 'latin1'), [], said)).toEqual([
      record(2, 'Мир', '1'),
    ]);
    await expect(read(windows1252, [], { encoding: 'utf-8' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('decodes characters that are split across chunks', async () => {
    const names = `${'x'.repeat(65_535)}é李`;
    expect(await read(`a,b\n${names},1`)).toEqual([record(2, names, '1')]);
  });
});
