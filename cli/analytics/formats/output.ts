import { closeSync, openSync, writeSync } from 'node:fs';
import type { Cell, ColumnType } from '../../../platform/read-models/flat';
import type { Terminal } from '../../program/command';
import { ParquetFile, type TypedColumn } from './parquet';
import { tableOf } from './table';
import { csv, json, jsonLines, type TextFormat } from './text-formats';

export const formats = ['table', 'csv', 'json', 'jsonl', 'parquet'] as const;
export type Format = (typeof formats)[number];

type Row = readonly Cell[];

/** The output of a result whose rows come in parts. */
export type Output = {
  readonly columns: (names: readonly string[]) => void;
  readonly rows: (rows: readonly Row[]) => void;
  readonly end: () => Promise<void>;
};

const textFormats: Readonly<Record<Exclude<Format, 'table' | 'parquet'>, TextFormat>> = {
  csv,
  json,
  jsonl: jsonLines,
};

const textOutput = (format: TextFormat, write: (text: string) => void): Output => {
  let names: readonly string[] = [];
  let isEmpty = true;
  return {
    columns: (of) => {
      names = of;
      write(format.begin(names));
    },
    rows: (rows) => {
      write(format.rows(names, rows, isEmpty));
      isEmpty &&= rows.length === 0;
    },
    end: async () => {
      await Promise.resolve();
      write(format.end());
    },
  };
};

/** Returns the type that holds all values of a column. */
const typeOfValues = (values: readonly Cell[]): ColumnType => {
  const there = values.filter((value) => value !== null);
  if (there.length === 0 || there.some((value) => typeof value === 'string')) return 'text';
  return there.every((value) => Number.isSafeInteger(value)) ? 'integer' : 'real';
};

const parquetOutput = (file: string): Output => {
  const collected: Row[] = [];
  let names: readonly string[] = [];
  return {
    columns: (of) => (names = of),
    rows: (rows) => void collected.push(...rows),
    end: async () => {
      const columns = names.map((name, at): TypedColumn => {
        const type = typeOfValues(collected.map((row) => row[at] ?? null));
        return { name, type };
      });
      const parquet = new ParquetFile(file, columns);
      await parquet.write(collected);
      await parquet.end();
    },
  };
};

const tableOutput = (write: (text: string) => void): Output => {
  const collected: Row[] = [];
  let names: readonly string[] = [];
  return {
    columns: (of) => (names = of),
    rows: (rows) => void collected.push(...rows),
    end: async () => {
      await Promise.resolve();
      write(`${tableOf(names, collected).join('\n')}\n`);
    },
  };
};

const LINE_END = /\r?\n$/;

/** Writes to a file, or to the terminal, whose lines end with a line feed. */
export const outputTo = (format: Format, file: string | undefined, terminal: Terminal): Output => {
  if (format === 'parquet' && file !== undefined) return parquetOutput(file);
  const descriptor = file === undefined ? undefined : openSync(file, 'w', 0o600);
  const write = (text: string): void => {
    if (text === '') return;
    if (descriptor !== undefined) writeSync(descriptor, text);
    else terminal.out(text.replaceAll('\r\n', '\n').replace(LINE_END, ''));
  };
  const output =
    format === 'table' || format === 'parquet' ? tableOutput(write) : textOutput(textFormats[format], write);
  return {
    ...output,
    end: async () => {
      await output.end();
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
};
