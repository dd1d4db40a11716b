import { existsSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** The request of an export. A file that was begun with another request is not continued. */
export type ExportRequest = {
  readonly model: string;
  readonly format: string;
  readonly since: string | null;
  readonly asOf: string | null;
  readonly timeZone: string;
  readonly columns: string;
};

const Progress = z.strictObject({
  request: z.record(z.string(), z.string().nullable()),
  /** Complete rows. */
  rows: z.int().min(0),
  /** The length of the file up to the end of the last complete part. */
  bytes: z.int().min(0),
  /** The end of that part in the source; null before the first. */
  after: z.string().nullable(),
});

export type Progress = z.infer<typeof Progress>;

/** The reason why a file is not written. */
export class ExportConflict extends Error {}

const start = (request: ExportRequest): Progress => ({ request, rows: 0, bytes: 0, after: null });

const readProgress = (file: string): Progress => {
  try {
    return Progress.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new ExportConflict(
      `${file} is damaged, so it is not known how much of the export is complete. Remove it and the file beside it.`,
      { cause: error },
    );
  }
};

/**
 * The file of an export while it is written, `<file>.part`, and beside it how far it is complete, `<file>.part.json`. A part that
 * was torn by a crash is cut off.
 */
export class PartFile {
  readonly path: string;
  private readonly state: string;

  constructor(private readonly file: string) {
    this.path = `${file}.part`;
    this.state = `${file}.part.json`;
  }

  /**
   * Prepares the file and returns how far it is complete.
   *
   * @throws ExportConflict where the file is there, was begun with another request, or is shorter than it should be.
   */
  open(request: ExportRequest): Progress {
    if (existsSync(this.file))
      throw new ExportConflict(`${this.file} is there already. Remove it, or name another.`);
    if (!existsSync(this.state)) {
      writeFileSync(this.path, '', { mode: 0o600 });
      return start(request);
    }
    const progress = readProgress(this.state);
    if (JSON.stringify(progress.request) !== JSON.stringify(request))
      throw new ExportConflict(
        `${this.path} belongs to another export, of ${progress.request['model'] ?? 'nothing'}. Remove it and ${this.state}, or name another file.`,
      );
    const size = existsSync(this.path) ? statSync(this.path).size : 0;
    if (size < progress.bytes)
      throw new ExportConflict(
        `${this.path} has ${size} bytes, but ${progress.bytes} were complete: it is torn. Remove it and ${this.state}, and export again.`,
      );
    truncateSync(this.path, progress.bytes);
    return progress;
  }

  save(progress: Progress): void {
    writeFileSync(`${this.state}.new`, JSON.stringify(progress), { mode: 0o600 });
    renameSync(`${this.state}.new`, this.state);
  }

  /** Gives the complete file its name. */
  finish(): void {
    renameSync(this.path, this.file);
    rmSync(this.state, { force: true });
  }
}
