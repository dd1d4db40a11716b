import { createReadStream } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeDirectory } from '../../platform/data-directory';
import {
  statementEntrySchema,
  type PaymentStatements,
  type StatementEntry,
  type StatementLine,
} from './statement';

/** Longer than any entry that the schema accepts. */
const LINE_MAX = 4_096;
const REASON_MAX = 200;

const fileOf = (directory: string, day: string): string => join(directory, `${day}.jsonl`);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const lineOf = (text: string, line: number): StatementLine => {
  const unreadable = (reason: string): StatementLine => ({
    kind: 'unreadable',
    line,
    reason: reason.slice(0, REASON_MAX),
  });
  if (text.length > LINE_MAX) return unreadable(`It is longer than ${LINE_MAX} characters`);
  const value = parsed(text);
  if (value === undefined) return unreadable('It is no JSON');
  const read = statementEntrySchema.safeParse(value);
  if (read.success) return { kind: 'entry', entry: read.data as StatementEntry };
  const [issue] = read.error.issues;
  return unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
};

const existing = async (file: string) => {
  try {
    return await open(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Reads statements from a directory with a file for each day, such as `2026-01-31.jsonl`: an entry a line, as JSON. A file is read
 * line by line, so its length costs no memory here.
 */
export const statementFiles = (directory: string): PaymentStatements => ({
  of: async (day) => {
    const file = await existing(fileOf(directory, day));
    if (file === undefined) return undefined;
    await file.close();
    return (async function* () {
      const lines = createInterface({
        input: createReadStream(fileOf(directory, day), 'utf8'),
        crlfDelay: Infinity,
      });
      let number = 0;
      try {
        for await (const text of lines) {
          number += 1;
          if (text.trim() !== '') yield lineOf(text, number);
        }
      } finally {
        lines.close();
      }
    })();
  },
});

/** Adds an entry to the statement of a day. Entries of several processes never mix within a line. */
export const addToStatement = async (
  directory: string,
  day: string,
  entry: StatementEntry,
): Promise<void> => {
  await makeDirectory(directory);
  await appendFile(fileOf(directory, day), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
};
