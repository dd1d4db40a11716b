import { graphql, useShown } from '../api';
import { useEvery } from '../ui/every';
import { Table } from '../ui/list';
import { PdfButton } from './pdf-button';
import { useInvoiceWords } from './words';

const invoicesQuery = graphql(`
  query OrderInvoices($id: ID!) {
    order(id: $id) {
      id
      invoices {
        id
        number
        kind
        issuedOn
        total {
          formatted
        }
      }
    }
  }
`);

/** An invoice follows the payment, and a credit note the refund, within moments. */
const EVERY_MS = 3_000;

/** The invoices of an order. `expected`: there are at least as many soon; they are looked for until then. */
export function OrderInvoices({ id, expected }: { readonly id: string; readonly expected: number }) {
  const words = useInvoiceWords();
  const shown = useShown(invoicesQuery, { id }, expected === 0);
  const invoices = shown.data?.order?.invoices ?? [];
  useEvery(EVERY_MS, () => {
    if (invoices.length < expected) shown.reload();
  });
  if (invoices.length === 0) return null;
  return (
    <>
      <h2>{words.title}</h2>
      <Table
        caption={words.title}
        rows={invoices}
        keyOf={(invoice) => invoice.id}
        columns={[
          { title: words.number, cell: ({ number }) => number },
          { title: words.kind, cell: ({ kind }) => words.kinds[kind] },
          { title: words.date, cell: ({ issuedOn }) => issuedOn },
          { title: words.total, cell: ({ total }) => total.formatted, isFigure: true },
          { title: 'PDF', cell: ({ number }) => <PdfButton number={number} /> },
        ]}
      />
    </>
  );
}

type Settled = {
  readonly paid: { readonly amountMinor: number };
  readonly refunded: { readonly amountMinor: number };
};

/** Returns how many invoices an order has at least. */
export const invoicesOf = ({ paid, refunded }: Settled): number =>
  (paid.amountMinor > 0 ? 1 : 0) + (refunded.amountMinor > 0 ? 1 : 0);
