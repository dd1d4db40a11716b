import { useState } from 'react';
import { csvOf, csvRows, type Cell } from './csv';
import { saveFile } from './save-file';

type Rows = readonly (readonly Cell[])[];

// Spreadsheets read a file without this mark in the code page of the machine.
const UTF8_MARK = '\uFEFF';

/** Saves parts of a text as a CSV file, which the browser makes. */
const save = (file: string, parts: readonly string[]): void =>
  saveFile(file, new Blob([UTF8_MARK, ...parts], { type: 'text/csv;charset=utf-8' }));

/** A button that saves rows as a CSV file. */
export function CsvDownload({
  file,
  titles,
  rows,
}: {
  readonly file: string;
  readonly titles: readonly string[];
  readonly rows: () => Rows;
}) {
  return (
    <button type="button" onClick={() => save(file, [csvOf(titles, rows())])}>
      Download as CSV
    </button>
  );
}

/** The words of a button that saves a whole list. */
export type WholeListWords = {
  readonly download: string;
  readonly running: (rows: number) => string;
  readonly saved: (rows: number) => string;
  readonly failed: string;
};

/** A button that reads a list page after page and saves all of it as a CSV file. Half a list is not saved. */
export function WholeListDownload({
  file,
  titles,
  pages,
  words,
}: {
  readonly file: string;
  readonly titles: readonly string[];
  readonly pages: () => AsyncIterable<Rows>;
  readonly words: WholeListWords;
}) {
  const [note, setNote] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = async (): Promise<void> => {
    if (isRunning) return;
    setRunning(true);
    setFailure(undefined);
    try {
      const parts = [csvRows([titles])];
      let count = 0;
      for await (const rows of pages()) {
        parts.push(csvRows(rows));
        count += rows.length;
        setNote(words.running(count));
      }
      save(file, parts);
      setNote(words.saved(count));
    } catch (error) {
      setNote('');
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setRunning(false);
  };
  return (
    <div>
      <button type="button" aria-disabled={isRunning} onClick={() => void run()}>
        {words.download}
      </button>{' '}
      <span role="status">{note}</span>
      {failure !== undefined && (
        <p role="alert">
          {words.failed} {failure}
        </p>
      )}
    </div>
  );
}
