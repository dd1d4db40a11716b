import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { StatementEntry, StatementLine } from './statement';
import { addToStatement, statementFiles } from './statement-files';

const day = '2026-01-31';
const entry: StatementEntry = {
  ...{ id: 'test-1', kind: 'CAPTURE', key: 'k', status: 'DONE', amountMinor: 1_300 },
  ...{ currency: 'GBP' as CurrencyCode, feeMinor: 0, at: '2026-01-31T08:00:00.000Z' as Instant },
};

describe('statements as files', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'waybill-statements-')), 'of', 'shop');
  });
  afterEach(() => rm(join(directory, '../..'), { recursive: true, force: true }));

  const linesOf = async (of = day): Promise<readonly StatementLine[] | undefined> => {
    const statement = await statementFiles(directory).of(of);
    if (statement === undefined) return undefined;
    const lines: StatementLine[] = [];
    for await (const line of statement) lines.push(line);
    return lines;
  };

  it('has no statement of a day without a file', async () => {
    expect(await linesOf()).toBeUndefined();
  });

  it('keeps every entry of many writers whole, in a file that only its owner may read', async () => {
    const all = Array.from({ length: 200 }, (_, index) => ({ ...entry, id: `test-${index}` }));
    await Promise.all(all.map((one) => addToStatement(directory, day, one)));
    const read = (await linesOf()) ?? [];
    expect(new Set(read.map((line) => line.kind === 'entry' && line.entry.id)).size).toBe(200);
    expect((await stat(join(directory, `${day}.jsonl`))).mode & 0o777).toBe(0o600);
  });

  it('reads what others write: defaults, empty lines, ends of lines of Windows', async () => {
    await addToStatement(directory, day, entry);
    const short = { id: 'f', kind: 'FEE', amountMinor: 5, currency: 'GBP', at: '2026-01-31T09:00:00+01:00' };
    await appendFile(join(directory, `${day}.jsonl`), `\r\n${JSON.stringify(short)}\r\n`);
    expect(await linesOf()).toEqual([
      { kind: 'entry', entry },
      {
        kind: 'entry',
        entry: expect.objectContaining({ status: 'DONE', feeMinor: 0, at: entry.at }) as object,
      },
    ]);
  });

  it.each([
    ['{"id":"te', 'no JSON'],
    ['[]', 'Invalid input'],
    [JSON.stringify({ ...entry, amountMinor: 1.5 }), 'amountMinor'],
    [JSON.stringify({ ...entry, amountMinor: -1 }), 'amountMinor'],
    [JSON.stringify({ ...entry, currency: 'pounds' }), 'ISO 4217'],
    [JSON.stringify({ ...entry, at: 'yesterday' }), 'RFC 3339'],
    [JSON.stringify({ ...entry, more: 1 }), 'more'],
    ['"'.padEnd(5_000, 'x'), 'longer than'],
  ])('says why the line %.40s cannot be read, and reads the next', async (line, why) => {
    await addToStatement(directory, day, entry);
    const file = join(directory, `${day}.jsonl`);
    await writeFile(file, `${line}\n${await readFile(file, 'utf8')}`);
    const [wrong, right] = (await linesOf()) ?? [];
    expect(wrong).toMatchObject({
      kind: 'unreadable',
      line: 1,
      reason: expect.stringContaining(why) as string,
    });
    expect(right).toMatchObject({ kind: 'entry' });
  });
});
