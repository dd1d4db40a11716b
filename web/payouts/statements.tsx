import { graphql, type ResultOf } from '../api';
import type { Cell } from '../ui/csv';
import { CsvDownload } from '../ui/download';
import { Pager, Table, type Connection } from '../ui/list';
import { decimalOf, formattedOf } from '../ui/money';
import { Empty } from '../ui/states';
import { usePayoutWords } from './words';

/** The fields of a statement that the table shows. */
export const payoutFields = graphql(`
  fragment PayoutStatement on SellerPayout @_unmask {
    month
    isOver
    orders
    refunds
    amounts {
      sold {
        amountMinor
        currency
      }
      discounts {
        amountMinor
      }
      refunded {
        amountMinor
      }
      due {
        amountMinor
      }
    }
  }
`);

type Statement = ResultOf<typeof payoutFields>;
type Sums = Statement['amounts'][number];
type Kind = 'sold' | 'discounts' | 'refunded' | 'due';

const kinds: readonly Kind[] = ['sold', 'discounts', 'refunded', 'due'];

const shown = (amounts: readonly Sums[], kind: Kind): string =>
  amounts.map((sums) => formattedOf(sums[kind].amountMinor, sums.sold.currency)).join(', ');

const titles = ['month', 'closed', 'orders', 'refunds', 'currency', ...kinds];

/** Returns a row for each month and currency. */
const rowsOf = (statements: readonly Statement[]): readonly (readonly Cell[])[] =>
  statements.flatMap(({ month, isOver, orders, refunds, amounts }) =>
    amounts.map((sums) => [
      ...[month, isOver ? 'yes' : 'no', orders, refunds, sums.sold.currency],
      ...kinds.map((kind) => Number(decimalOf(sums[kind].amountMinor, sums.sold.currency))),
    ]),
  );

/** The payout statements of a seller, the latest month first. */
export function PayoutStatements({ of: connection }: { readonly of: Connection<Statement> }) {
  const words = usePayoutWords();
  const statements = connection.edges.map(({ node }) => node);
  if (statements.length === 0) return <Empty>{words.none}</Empty>;
  return (
    <>
      <p>{words.note}</p>
      <Table
        caption={words.title}
        rows={statements}
        keyOf={({ month }) => month}
        columns={[
          { title: words.month, cell: ({ month }) => month },
          { title: words.state, cell: ({ isOver }) => (isOver ? words.over : words.running) },
          { title: words.orders, cell: ({ orders }) => orders.toLocaleString(), isFigure: true },
          { title: words.refunds, cell: ({ refunds }) => refunds.toLocaleString(), isFigure: true },
          ...kinds.map((kind) => ({
            title: words[kind],
            cell: ({ amounts }: Statement) => shown(amounts, kind),
            isFigure: true,
          })),
        ]}
      />
      <div>
        <CsvDownload file="payouts.csv" titles={titles} rows={() => rowsOf(statements)} />
      </div>
      <Pager connection={connection} />
    </>
  );
}
