import type { ReactNode } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTexts } from '../text';
import { Empty } from './states';

/** A column of a table. */
export type Column<Row> = {
  readonly title: string;
  /** Stands in the head instead of the title. */
  readonly head?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures are set to the right. */
  readonly isFigure?: boolean;
};

/** A page of a Relay connection. */
export type Connection<Row> = {
  readonly edges: readonly { readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount?: number;
  readonly totalCountIsExact?: boolean;
};

/** The page of a list, as it stands in the address. */
export type PageSearch = { readonly after?: string | undefined; readonly before?: string | undefined };

const PAGE = 20;

/** Returns the variables of the page that the address names. */
export const pageVariables = ({ after, before }: PageSearch, size = PAGE) =>
  before === undefined
    ? { first: size, after: after ?? null, last: null, before: null }
    : { first: null, after: null, last: size, before };

export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, head = title, isFigure }) => (
              <th key={title} scope="col" className={isFigure === true ? 'figure' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, cell, isFigure }) => (
                <td key={title} data-title={title} className={isFigure === true ? 'figure' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The ways to the neighbouring pages of a list. They stand in the address, so that a page can be kept and sent. */
export function Pager({ connection }: { readonly connection: Connection<unknown> }) {
  const { state } = useTexts();
  const navigate = useNavigate();
  const { pageInfo, totalCount, totalCountIsExact } = connection;
  const go = (to: PageSearch): void => {
    void navigate({
      to: '.',
      search: ((search: object) => ({ ...search, after: undefined, before: undefined, ...to })) as never,
    });
  };
  return (
    <nav className="pager" aria-label={state.more}>
      {totalCount !== undefined && (
        <span>{state.total(`${totalCount.toLocaleString()}${totalCountIsExact === false ? '+' : ''}`)}</span>
      )}
      {pageInfo.hasPreviousPage && (
        <button type="button" onClick={() => go({ before: pageInfo.startCursor ?? undefined })}>
          {state.previous}
        </button>
      )}
      {pageInfo.hasNextPage && (
        <button type="button" onClick={() => go({ after: pageInfo.endCursor ?? undefined })}>
          {state.more}
        </button>
      )}
    </nav>
  );
}

/** A list of a connection: table, empty state and pager. */
export function List<Row extends { readonly id: string }>({
  caption,
  connection,
  columns,
  empty,
}: {
  readonly caption: string;
  readonly connection: Connection<Row>;
  readonly columns: readonly Column<Row>[];
  readonly empty: ReactNode;
}) {
  const rows = connection.edges.map(({ node }) => node);
  return (
    <>
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Table caption={caption} columns={columns} rows={rows} keyOf={({ id }) => id} />
      )}
      <Pager connection={connection} />
    </>
  );
}
