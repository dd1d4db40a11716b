import { useState } from 'react';
import type { Problem } from '../api';
import { useTexts } from '../text';
import { Field } from '../ui/form';
import { Table } from '../ui/list';
import { Page } from '../ui/page';
import { columns, isRight, type Column, type ListRow } from './product-list';
import { readList, type ReadList } from './read-list';
import { useImport, type RowResult } from './use-import';
import { useSellerWords, type SellerWords } from './words';

const whyUnusable = (list: ReadList | undefined, words: SellerWords): string | undefined => {
  switch (list?.kind) {
    case 'unusable':
      return words.fileProblems[list.why];
    case 'missing-columns':
      return words.missingColumns(list.columns.join(', '));
    case 'no-csv':
      return words.unreadable(list.line, list.reason);
    default:
      return undefined;
  }
};

const problemIn = (list: ReadList | undefined, words: SellerWords): Problem | undefined => {
  const message = whyUnusable(list, words);
  return message === undefined ? undefined : { code: 'INPUT_INVALID', message, field: 'file' };
};

function Cell({ row: { cells, problems }, column }: { readonly row: ListRow; readonly column: Column }) {
  const words = useSellerWords();
  const problem = problems[column];
  return (
    <>
      {cells[column]}
      {problem && <small className="problem"> {words.rowProblems[problem]}</small>}
    </>
  );
}

function Result({ row, result }: { readonly row: ListRow; readonly result: RowResult | undefined }) {
  const words = useSellerWords();
  const { reasonOf } = useTexts();
  if (result?.kind === 'failed')
    return (
      <>
        {words.results.failed}:{' '}
        <small className="problem">{reasonOf(result.problem.code, result.problem.message)}</small>
      </>
    );
  return isRight(row) ? words.results[result?.kind ?? 'waiting'] : words.results.failed;
}

/** The rows that are shown at first. Those with a mistake or a failure are shown all. */
const SHOWN_MAX = 200;

const facts: readonly Column[] = [
  ...(['description', 'image_url', 'unit', 'tax_category', 'weight_grams'] as const),
  ...(['on_sale', 'family', 'options', 'values'] as const),
];

function Rows({ rows }: { readonly rows: readonly ListRow[] }) {
  const words = useSellerWords();
  const importing = useImport();
  const right = rows.filter(isRight);
  // A column of optional facts is shown where one of them has a mistake.
  const isShown = (column: Column): boolean =>
    !facts.includes(column) || rows.some(({ problems }) => problems[column] !== undefined);
  const shown = rows.filter(
    (row, index) => index < SHOWN_MAX || !isRight(row) || importing.results.get(row.line)?.kind === 'failed',
  );
  const wrong = rows.length - right.length;
  const isDone = ({ kind }: RowResult): boolean => kind !== 'running';
  const done = [...importing.results.values()].filter(isDone).length;
  return (
    <>
      {wrong > 0 && (
        <p className="problem" role="alert">
          {words.correct(wrong)}
        </p>
      )}
      <p>
        {importing.isRunning ? (
          <button type="button" onClick={importing.stop}>
            {words.stop}
          </button>
        ) : (
          <button type="button" disabled={right.length === 0} onClick={() => void importing.run(right)}>
            {words.run(right.length)}
          </button>
        )}
      </p>
      <p role="status">{done > 0 && words.progress(done, right.length)}</p>
      {importing.isInterrupted && <p role="alert">{words.interrupted}</p>}
      <Table
        caption={words.import}
        rows={shown}
        keyOf={({ line }) => String(line)}
        columns={[
          { title: words.line, cell: ({ line }) => line, isFigure: true },
          ...columns.filter(isShown).map((column) => ({
            title: words[column],
            cell: (row: ListRow) => <Cell row={row} column={column} />,
          })),
          {
            title: words.result,
            cell: (row) => <Result row={row} result={importing.results.get(row.line)} />,
          },
        ]}
      />
    </>
  );
}

/** Imports a list of products: each line with its mistakes or its result. */
export function ImportPage() {
  const words = useSellerWords();
  const [chosen, setChosen] = useState<{ readonly id: number; readonly list: ReadList }>();
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const list = await readList(file);
    setChosen((last) => ({ id: (last?.id ?? 0) + 1, list }));
  };
  return (
    <Page title={words.import}>
      <Field label={words.file} help={words.fileHelp} problem={problemIn(chosen?.list, words)}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".csv,text/csv"
            onChange={({ target }) => {
              void choose(target.files?.[0]);
              // The same file can be chosen again after it was corrected.
              target.value = '';
            }}
          />
        )}
      </Field>
      {chosen?.list.kind === 'list' && <Rows key={chosen.id} rows={chosen.list.rows} />}
    </Page>
  );
}
