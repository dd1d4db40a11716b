import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown, type ResultOf } from '../../api';
import { Chart, type Series } from '../../ui/chart';
import { CsvDownload } from '../../ui/download';
import { Form, Input } from '../../ui/form';
import { pageVariables, Pager, Table } from '../../ui/list';
import { decimalOf, formattedOf } from '../../ui/money';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const salesQuery = graphql(
  `
    query SalesByDay($first: Int, $after: String, $last: Int, $before: String, $from: String, $to: String) {
      salesByDay(first: $first, after: $after, last: $last, before: $before, from: $from, to: $to) {
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            day
            orders
            units
            cancelled
            amounts {
              total {
                amountMinor
                currency
              }
              paid {
                amountMinor
              }
              refunded {
                amountMinor
              }
              refundsRefused {
                amountMinor
              }
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

type Day = NonNullable<ResultOf<typeof salesQuery>['salesByDay']>['edges'][number]['node'];
type Amounts = Day['amounts'][number];

// A day costs some 80 of the 5,000 that an operation may cost.
const DAYS = 50;

/** The latest days, where the address names no page. */
const latest = { first: null, after: null, last: DAYS, before: null };

const secondsOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1_000;

const currenciesOf = (days: readonly Day[]): readonly string[] =>
  [...new Set(days.flatMap(({ amounts }) => amounts.map(({ total }) => total.currency)))].sort();

const soldIn = (currency: string, days: readonly Day[]): Series => ({
  name: `Sold in ${currency}`,
  values: days.map(({ amounts }) => {
    const sum = amounts.find(({ total }) => total.currency === currency);
    return Number(decimalOf(sum?.total.amountMinor ?? 0, currency));
  }),
});

const sumsOf = (amounts: readonly Amounts[], kind: 'total' | 'paid' | 'refunded'): string =>
  amounts.map((sums) => formattedOf(sums[kind].amountMinor, sums.total.currency)).join(', ') || '–';

const titles = [
  'day',
  'orders',
  'units',
  'cancelled',
  'currency',
  'sold',
  'paid',
  'refunded',
  'refunds_refused',
];

/** Returns a row for each day and currency; a day without sums has one row. */
const rowsOf = (days: readonly Day[]) =>
  days.flatMap(({ day, orders, units, cancelled, amounts }) => {
    const counts = [day, orders, units, cancelled];
    if (amounts.length === 0) return [[...counts, null, null, null, null, null]];
    return amounts.map(({ total, paid, refunded, refundsRefused }) => [
      ...counts,
      total.currency,
      ...[total, paid, refunded, refundsRefused].map(({ amountMinor }) =>
        Number(decimalOf(amountMinor, total.currency)),
      ),
    ]);
  });

function Sales({ days }: { readonly days: readonly Day[] }) {
  const at = days.map(({ day }) => secondsOf(day));
  const counts = [
    { name: 'Orders', values: days.map(({ orders }) => orders) },
    { name: 'Pieces', values: days.map(({ units }) => units) },
  ];
  return (
    <>
      <Chart label="Orders and pieces by day" at={at} series={counts} isByDay />
      {currenciesOf(days).map((currency) => (
        <Chart
          key={currency}
          label={`Sales in ${currency} by day`}
          at={at}
          series={[soldIn(currency, days)]}
          isByDay
        />
      ))}
      <div>
        <CsvDownload file="sales-by-day.csv" titles={titles} rows={() => rowsOf(days)} />
      </div>
      <Table
        caption="Sales by day"
        keyOf={({ day }) => day}
        rows={[...days].reverse()}
        columns={[
          { title: 'Day (UTC)', cell: ({ day }) => day },
          { title: 'Orders', cell: ({ orders }) => orders.toLocaleString(), isFigure: true },
          { title: 'Pieces', cell: ({ units }) => units.toLocaleString(), isFigure: true },
          { title: 'Cancelled', cell: ({ cancelled }) => cancelled.toLocaleString(), isFigure: true },
          { title: 'Sold', cell: ({ amounts }) => sumsOf(amounts, 'total'), isFigure: true },
          { title: 'Paid', cell: ({ amounts }) => sumsOf(amounts, 'paid'), isFigure: true },
          { title: 'Refunded', cell: ({ amounts }) => sumsOf(amounts, 'refunded'), isFigure: true },
        ]}
      />
    </>
  );
}

/** The sales of each day as charts, a table and a file. */
export function ReportsPage() {
  const search = useSearch({ from: '/admin/reports' });
  const navigate = useNavigate({ from: '/admin/reports' });
  const { from, to, after, before } = search;
  const page = after === undefined && before === undefined ? latest : pageVariables(search, DAYS);
  const shown = useShown(salesQuery, { ...page, from, to });
  return (
    <Page title="Sales by day">
      <search>
        <Form
          key={`${from ?? ''}/${to ?? ''}`}
          submit="Show"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) =>
            void navigate({ search: { from: typed['from'] || undefined, to: typed['to'] || undefined } })
          }
        >
          <Input name="from" type="date" label="From (UTC)" defaultValue={from} />
          <Input name="to" type="date" label="To (UTC)" defaultValue={to} />
        </Form>
      </search>
      <Loaded shown={shown}>
        {({ salesByDay }) =>
          salesByDay && (
            <>
              {salesByDay.edges.length === 0 ? (
                <Empty>Nothing was sold on these days. Choose other days, or clear both.</Empty>
              ) : (
                <Sales days={salesByDay.edges.map(({ node }) => node)} />
              )}
              <Pager connection={salesByDay} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
