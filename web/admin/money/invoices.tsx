import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown, type ResultOf } from '../../api';
import { usePages } from '../../api/pages';
import { PdfButton } from '../../invoices/pdf-button';
import { WholeListDownload, type WholeListWords } from '../../ui/download';
import { Form, Input } from '../../ui/form';
import { pageVariables, Pager, Table } from '../../ui/list';
import { decimalOf } from '../../ui/money';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';

const invoicesQuery = graphql(
  `
    query Invoices(
      $first: Int
      $after: String
      $last: Int
      $before: String
      $series: String
      $from: String
      $until: String
    ) {
      invoices(
        first: $first
        after: $after
        last: $last
        before: $before
        series: $series
        issuedFrom: $from
        issuedBefore: $until
      ) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            ...InvoiceRow
          }
        }
      }
    }
  `,
  [
    pageEnds,
    graphql(`
      fragment InvoiceRow on Invoice @_unmask {
        id
        number
        series
        kind
        issuedOn
        settledOn
        corrects
        orderNumber
        order {
          id
        }
        billedTo {
          name
        }
        tax {
          country
          isIncluded
          entries {
            rateHundredths
            net {
              amountMinor
            }
            tax {
              amountMinor
            }
          }
        }
        total {
          amountMinor
          currency
          formatted
        }
      }
    `),
  ],
);

type Invoice = NonNullable<ResultOf<typeof invoicesQuery>['invoices']>['edges'][number]['node'];

/** An invoice with its order and tax costs some 250 of the 5,000 that an operation may cost. */
const INVOICES = 15;

const titles = [
  ...['number', 'kind', 'date', 'settled', 'corrects', 'order', 'customer', 'currency', 'total'],
  ...['tax_country', 'tax_rate', 'net', 'tax'],
];

/** Returns a row for each rate of tax; an invoice without tax has one row. Credit notes are negative. */
const rowsOf = (invoices: readonly Invoice[]) =>
  invoices.flatMap(({ number, kind, issuedOn, settledOn, corrects, orderNumber, billedTo, tax, total }) => {
    const sign = kind === 'CREDIT_NOTE' ? -1 : 1;
    const decimal = (minor: number): number => Number(decimalOf(sign * minor, total.currency));
    const facts = [
      ...[number, kind, issuedOn, settledOn, corrects, orderNumber, billedTo.name, total.currency],
      decimal(total.amountMinor),
    ];
    if (tax === null) return [[...facts, null, null, null, null]];
    return tax.entries.map((entry) => [
      ...facts,
      ...[tax.country, entry.rateHundredths / 100],
      ...[decimal(entry.net.amountMinor), decimal(entry.tax.amountMinor)],
    ]);
  });

const downloadWords: WholeListWords = {
  download: 'Download all as CSV',
  running: (rows) => `${rows} rows were read.`,
  saved: (rows) => `${rows} rows are in the file.`,
  failed: 'The list could not be read to its end, and no file was saved.',
};

/** The part of the invoices that is shown. */
type Filter = {
  readonly series: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
};

/** Saves all invoices of a filter, also those on other pages. */
function Download({ filter }: { readonly filter: Filter }) {
  const invoices = usePages(invoicesQuery, (data) => data.invoices);
  const pages = async function* () {
    for await (const page of invoices({ first: INVOICES, ...filter })) yield rowsOf(page);
  };
  return <WholeListDownload file="invoices.csv" titles={titles} pages={pages} words={downloadWords} />;
}

function Invoices({ of, filter }: { readonly of: readonly Invoice[]; readonly filter: Filter }) {
  return (
    <>
      <Download filter={filter} />
      <Table
        caption="Invoices and credit notes"
        keyOf={({ id }) => id}
        rows={of}
        columns={[
          { title: 'Number', cell: ({ number }) => number },
          {
            title: 'Kind',
            cell: ({ kind, corrects }) =>
              kind === 'INVOICE' ? 'Invoice' : `Credit note for ${corrects ?? ''}`,
          },
          { title: 'Date', cell: ({ issuedOn }) => issuedOn },
          {
            title: 'Order',
            cell: ({ order, orderNumber }) =>
              order === null ? (
                orderNumber
              ) : (
                <Link to="/admin/orders/$id" params={{ id: order.id }}>
                  {orderNumber}
                </Link>
              ),
          },
          { title: 'Billed to', cell: ({ billedTo }) => billedTo.name },
          { title: 'Total', cell: ({ total }) => total.formatted, isFigure: true },
          { title: 'PDF', cell: ({ number }) => <PdfButton number={number} /> },
        ]}
      />
    </>
  );
}

/** The invoices and credit notes, with a file for the tax adviser. */
export function InvoicesPage() {
  const search = useSearch({ from: '/admin/invoices' });
  const navigate = useNavigate({ from: '/admin/invoices' });
  const { series, from, until } = search;
  const shown = useShown(invoicesQuery, { ...pageVariables(search, INVOICES), series, from, until });
  return (
    <Page title="Invoices and credit notes">
      <search>
        <Form
          key={`${series ?? ''}/${from ?? ''}/${until ?? ''}`}
          submit="Show"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) =>
            void navigate({
              search: {
                series: typed['series'] || undefined,
                from: typed['from'] || undefined,
                until: typed['until'] || undefined,
              },
            })
          }
        >
          <Input name="series" label="Series" help="Such as INV-2026 or CN-2026" defaultValue={series} />
          <Input name="from" type="date" label="From" defaultValue={from} />
          <Input name="until" type="date" label="Before" defaultValue={until} />
        </Form>
      </search>
      <Loaded shown={shown}>
        {({ invoices }) =>
          invoices && (
            <>
              {invoices.edges.length === 0 ? (
                <Empty>There are none. Choose another series or other days, or clear all.</Empty>
              ) : (
                <Invoices of={invoices.edges.map(({ node }) => node)} filter={{ series, from, until }} />
              )}
              <Pager connection={invoices} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
