import { csvOf, type Cell } from './csv';

// Spreadsheets read a file without this mark in the code page of the machine.
const UTF8_MARK = '\uFEFF';

/** A button that saves rows as a CSV file, which the browser makes. */
export function CsvDownload({
  file,
  titles,
  rows,
}: {
  readonly file: string;
  readonly titles: readonly string[];
  readonly rows: () => readonly (readonly Cell[])[];
}) {
  const save = (): void => {
    const content = new Blob([UTF8_MARK, csvOf(titles, rows())], { type: 'text/csv;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = file;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <button type="button" onClick={save}>
      Download as CSV
    </button>
  );
}
