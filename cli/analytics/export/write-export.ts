import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { ParquetFile } from '../formats/parquet';
import { csv, jsonLines, type TextFormat } from '../formats/text-formats';
import { PartFile, type ExportRequest, type Progress } from './progress-file';
import type { ExportSource } from './source';

export const exportFormats = ['csv', 'jsonl', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type Exported = {
  readonly rows: number;
  /** The rows that an earlier run had written. */
  readonly before: number;
  readonly isComplete: boolean;
};

type Job = {
  readonly file: string;
  readonly request: ExportRequest;
  readonly source: ExportSource;
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number) => void;
};

const textFormats: Readonly<Record<Exclude<ExportFormat, 'parquet'>, TextFormat>> = { csv, jsonl: jsonLines };

const appendTo = (path: string, text: string): number => {
  const bytes = Buffer.from(text);
  const descriptor = openSync(path, 'a', 0o600);
  try {
    for (let written = 0; written < bytes.length;)
      written += writeSync(descriptor, bytes, written, bytes.length - written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return bytes.length;
};

/** Writes a text file part by part. After each, the progress is stored, so that the next run continues there. */
const writeText = async (format: TextFormat, job: Job): Promise<Exported> => {
  const { file, request, source, signal, onProgress } = job;
  const names = source.columns.map(({ name }) => name);
  const part = new PartFile(file);
  let progress: Progress = part.open(request);
  const before = progress.rows;
  if (progress.bytes === 0) {
    const bytes = appendTo(part.path, format.begin(names));
    progress = { ...progress, bytes };
    part.save(progress);
  }
  for await (const { rows, next } of source.parts(progress.after ?? undefined)) {
    const bytes = progress.bytes + appendTo(part.path, format.rows(names, rows, progress.rows === 0));
    progress = { ...progress, rows: progress.rows + rows.length, bytes, after: next ?? progress.after };
    onProgress(progress.rows);
    if (next === undefined) {
      part.finish();
      return { rows: progress.rows, before, isComplete: true };
    }
    part.save(progress);
    if (signal.aborted) break;
  }
  return { rows: progress.rows, before, isComplete: false };
};

/** The rows of one group of a Parquet file, which are in memory together. */
const GROUP = 20_000;

/** Writes a Parquet file. Its end describes all its groups, so a file that was torn is written again from the start. */
const writeParquet = async ({ file, request, source, signal, onProgress }: Job): Promise<Exported> => {
  const part = new PartFile(file);
  part.open(request);
  part.save({ request, rows: 0, bytes: 0, after: null });
  const parquet = new ParquetFile(part.path, source.columns);
  let group: (readonly (string | number | null)[])[] = [];
  let written = 0;
  const flush = async (): Promise<void> => {
    await parquet.write(group);
    written += group.length;
    group = [];
    onProgress(written);
  };
  for await (const { rows } of source.parts(undefined)) {
    group.push(...rows);
    if (group.length >= GROUP) await flush();
    if (signal.aborted) return { rows: written, before: 0, isComplete: false };
  }
  await flush();
  await parquet.end();
  part.finish();
  return { rows: written, before: 0, isComplete: true };
};

/**
 * Writes an export, or continues one. The file has its name only when it is complete.
 *
 * @throws ExportConflict where it cannot be written or continued.
 */
export const writeExport = (format: ExportFormat, job: Job): Promise<Exported> =>
  format === 'parquet' ? writeParquet(job) : writeText(textFormats[format], job);
