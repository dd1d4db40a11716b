import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import type { Cell } from '../../ui/csv';
import { CsvDownload } from '../../ui/download';
import { Form, Input } from '../../ui/form';
import { Table } from '../../ui/list';
import { decimalOf, formattedOf } from '../../ui/money';
import { Moment } from '../../ui/moment';
import { ForAccount, Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const reconciliationQuery = graphql(`
  query PaymentReconciliation($day: String!) {
    paymentReconciliation(day: $day) {
      day
      isOver
      hasStatement
      movementsThere
      movementsHere
      differenceCount
      needsAction
      totals {
        capturedThere {
          amountMinor
          currency
        }
        capturedHere {
          amountMinor
        }
        refundedThere {
          amountMinor
        }
        refundedHere {
          amountMinor
        }
        fees {
          amountMinor
        }
        net {
          amountMinor
        }
      }
      differences {
        kind
        orderId
        key
        reference
        there {
          amountMinor
          currency
        }
        here {
          amountMinor
          currency
        }
        at
        detail
        meaning
        remedy
      }
    }
  }
`);

type Report = NonNullable<ResultOf<typeof reconciliationQuery>['paymentReconciliation']>;
type Difference = Report['differences'][number];
type Sum = NonNullable<Difference['there']>;

const DAY_MS = 86_400_000;
const DAY_LENGTH = '2026-01-31'.length;

/** The day before, which is the last one that is over. */
const yesterday = (): string => new Date(Date.now() - DAY_MS).toISOString().slice(0, DAY_LENGTH);

const shown = (sum: Sum | null): string => (sum === null ? '–' : formattedOf(sum.amountMinor, sum.currency));

const decimal = (sum: Sum | null): Cell =>
  sum === null ? null : Number(decimalOf(sum.amountMinor, sum.currency));

const titles = [
  'day',
  'kind',
  'order',
  'key',
  'reference',
  'currency',
  'there',
  'here',
  'at',
  'meaning',
  'remedy',
];

const rowOf = (day: string, of: Difference): readonly Cell[] => [
  ...[day, of.kind, of.orderId, of.key, of.reference],
  of.there?.currency ?? of.here?.currency ?? null,
  ...[decimal(of.there), decimal(of.here)],
  ...[of.at, [of.meaning, of.detail].filter(Boolean).join(' '), of.remedy],
];

function Totals({ totals }: Pick<Report, 'totals'>) {
  return (
    <Table
      caption="Sums by currency"
      rows={totals.map(({ capturedThere: { currency, amountMinor }, ...sums }) => {
        const money = (minor: number): string => formattedOf(minor, currency);
        return {
          currency,
          captured: [money(amountMinor), money(sums.capturedHere.amountMinor)],
          refunded: [money(sums.refundedThere.amountMinor), money(sums.refundedHere.amountMinor)],
          fees: money(sums.fees.amountMinor),
          net: money(sums.net.amountMinor),
        };
      })}
      keyOf={({ currency }) => currency}
      columns={[
        { title: 'Currency', cell: ({ currency }) => currency },
        { title: 'Captured by the provider', cell: ({ captured }) => captured[0], isFigure: true },
        { title: 'Captured by the books', cell: ({ captured }) => captured[1], isFigure: true },
        { title: 'Refunded by the provider', cell: ({ refunded }) => refunded[0], isFigure: true },
        { title: 'Refunded by the books', cell: ({ refunded }) => refunded[1], isFigure: true },
        { title: 'Fees', cell: ({ fees }) => fees, isFigure: true },
        { title: 'Net', cell: ({ net }) => net, isFigure: true },
      ]}
    />
  );
}

function Differences({ differences }: Pick<Report, 'differences'>) {
  return (
    <Table
      caption="Differences"
      rows={differences.map((of, index) => ({ ...of, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          title: 'Difference',
          cell: ({ meaning, detail }) => [meaning, detail].filter(Boolean).join(' '),
        },
        {
          title: 'Order',
          cell: ({ orderId }) =>
            orderId === null ? (
              '–'
            ) : (
              <Link to="/admin/orders/$id" params={{ id: orderId }}>
                Order
              </Link>
            ),
        },
        { title: 'By the provider', cell: ({ there }) => shown(there), isFigure: true },
        { title: 'By the books', cell: ({ here }) => shown(here), isFigure: true },
        { title: "Provider's name", cell: ({ reference }) => reference ?? '–' },
        { title: 'Time', cell: ({ at }) => (at === null ? '–' : <Moment at={at} />) },
        { title: 'What to do', cell: ({ remedy }) => remedy },
      ]}
    />
  );
}

const verdictOf = ({ differenceCount, needsAction, hasStatement, movementsHere }: Report): string => {
  if (!hasStatement && movementsHere === 0) return 'There are no movements and no statement on this day.';
  if (differenceCount === 0) return 'The provider and the books agree.';
  return needsAction
    ? `${differenceCount} differences.`
    : `${differenceCount} movements on another day: nothing needs to be done.`;
};

function Reconciled({ report }: { readonly report: Report }) {
  const { day, isOver, movementsThere, movementsHere, totals, differences, differenceCount } = report;
  return (
    <>
      <p role="status">{verdictOf(report)}</p>
      <p>
        {movementsThere.toLocaleString()} movements by the provider, {movementsHere.toLocaleString()} by the
        books.
        {!isOver && ' The day is not over, so the statement may lack movements.'}
      </p>
      {totals.length > 0 && <Totals totals={totals} />}
      {differences.length > 0 && (
        <>
          <h2>Differences</h2>
          {differences.length < differenceCount && (
            <p>The first {differences.length} are shown; waybill payments reconcile shows all.</p>
          )}
          <Differences differences={differences} />
          <div>
            <CsvDownload
              file={`payments-${day}.csv`}
              titles={titles}
              rows={() => differences.map((of) => rowOf(day, of))}
            />
          </div>
        </>
      )}
    </>
  );
}

function Reconciliation() {
  const { day = yesterday() } = useSearch({ from: '/admin/payments' });
  const navigate = useNavigate({ from: '/admin/payments' });
  const query = useShown(reconciliationQuery, { day });
  return (
    <Page title="Payments by day">
      <search>
        <Form
          key={day}
          submit="Compare"
          isRunning={false}
          problem={undefined}
          onSubmit={({ day: typed }) => void navigate({ search: { day: typed || undefined } })}
        >
          <Input
            name="day"
            type="date"
            label="Day"
            help="In the shop's time zone"
            required
            defaultValue={day}
          />
        </Form>
      </search>
      <Loaded shown={query}>
        {({ paymentReconciliation: report }) =>
          report === null ? <Empty>There is no report of this day.</Empty> : <Reconciled report={report} />
        }
      </Loaded>
    </Page>
  );
}

/** The comparison of a day of the payment provider with the books, for staff. */
export function PaymentsPage() {
  return (
    <ForAccount permission="payment:reconcile">
      <Reconciliation />
    </ForAccount>
  );
}
