import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv, type CsvLine } from './read-csv';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-csv-'));
});
afterAll(() => rm(directory, { recursive: true }));

const sales = () => join(directory, 'sales.csv');

const read = async (text: string, wanted: readonly string[] = []): Promise<readonly CsvLine[]> => {
  await writeFile(sales(), text);
  const lines: CsvLine[] = [];
  for await (const line of readCsv(sales(), wanted)) lines.push(line);
  return lines;
};
const record = (line: number, a: string, b: string) => ({ file: sales(), line, record: { a, b } });
const broken = (line: number) => ({ file: sales(), line, problem: expect.any(String) as string });

describe('a CSV file', () => {
  it('is read by the names of its header, whatever its ends of line and its beginning', async () => {
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
  ])('loses nothing but the line with %s', async (_slip, line) => {
    const text = ['a,b', '0,0', line, ...Array.from({ length: 30 }, (_, at) => `${at},"q"`)].join('\n');
    const lines = await read(text);
    expect(lines.slice(0, 3)).toEqual([record(2, '0', '0'), broken(3), record(4, '0', 'q')]);
    expect(lines).toHaveLength(32);
  });

  it('loses nothing but the last line where that is the broken one', async () => {
    expect(await read('a,b\n1,"M\n2,3\n4,"5')).toEqual([broken(2), record(3, '2', '3'), broken(4)]);
  });

  it('must have the columns that are wanted', async () => {
    await expect(read('a,b\n1,2', ['a', 'price'])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('no column price; it has a, b') as string,
    });
  });

  it('must be there', async () => {
    await expect(readCsv(join(directory, 'none.csv'), []).next()).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});
