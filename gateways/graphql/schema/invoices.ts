import type { InvoiceKind } from '../../../domain/invoice';
import {
  Invoice,
  InvoiceLine,
  InvoiceParty,
  invoices as issuedInvoices,
  InvoiceShipping,
  InvoiceTax,
  InvoiceTaxEntry,
} from '../../../projections/invoices';
import { accounts } from '../../../projections/accounts';
import type { EdgeContext } from '../context';
import type { InvoiceFilter } from '../readers/readers';
import { given } from './given';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type InvoicesArguments = PageArguments & {
  readonly series?: string | null;
  readonly issuedFrom?: string | null;
  readonly issuedBefore?: string | null;
};

const queries = `
extend type Query {
  "An invoice or a credit note by its number; null where there is none, or it belongs to another customer."
  invoice(
    "The number, such as INV-2026-000001."
    number: String!
  ): Invoice
  "The invoices and credit notes of all customers, the latest first. For staff."
  invoices(${pageArguments}
    "Returns only those of this series, such as INV-2026 or CN-2026."
    series: String
    "Returns only those of this day or later: 2026-11-30."
    issuedFrom: String
    "Returns only those of earlier days."
    issuedBefore: String
  ): InvoiceConnection
}
`;

const byNumber = async (
  number: string,
  { services: { readers }, loaders: { invoices }, viewer }: EdgeContext,
): Promise<Invoice | null> => {
  const found = await readers.invoices.byNumber(number);
  const readable = invoices.readable(found, viewer);
  // The time does not disclose whether another customer has it.
  if (found === undefined) await invoices.loadMissing();
  return readable;
};

const resolvers: Concept['resolvers'] = {
  Query: {
    invoice: allowed({ by: 'customer', or: 'invoice:read' }, ({ number }: { number: string }, context) =>
      byNumber(number, context),
    ),
    invoices: allowed('invoice:read', (args: InvoicesArguments, { services }) => {
      const { series, issuedFrom, issuedBefore } = args;
      const filter: InvoiceFilter = given({ series, issuedFrom, issuedBefore });
      return connectionOf(services.readers.invoices.list(filter), args);
    }),
  },
};

/** Returns the invoices of an order that the viewer may read, in the order in which they were issued. */
export const invoicesOfOrder = async (
  orderId: Invoice['orderId'],
  { loaders, viewer }: EdgeContext,
): Promise<readonly Invoice[]> =>
  ((await loaders.invoicesOfOrder(orderId)) ?? []).filter(
    (invoice) => loaders.invoices.readable(invoice, viewer) !== null,
  );

export const invoices: Concept = combined(
  { typeDefs: queries, resolvers },
  enumType<InvoiceKind>('InvoiceKind', 'The kinds of invoices.', {
    INVOICE: 'It says what was sold, and for how much.',
    CREDIT_NOTE: 'It corrects an invoice by what was given back.',
  }),
  objectType('InvoiceParty', InvoiceParty),
  objectType('InvoiceLine', InvoiceLine, { types: { taxCategory: 'TaxCategory' } }),
  objectType('InvoiceTaxEntry', InvoiceTaxEntry, { types: { category: 'TaxCategory' } }),
  objectType('InvoiceTax', InvoiceTax, { types: { entries: 'InvoiceTaxEntry' } }),
  objectType('InvoiceShipping', InvoiceShipping),
  objectType('Invoice', Invoice, {
    readModels: [issuedInvoices, accounts],
    omit: ['isIssued', 'customerId', 'orderId'],
    types: {
      kind: 'InvoiceKind',
      issuer: 'InvoiceParty',
      billedTo: 'InvoiceParty',
      lines: 'InvoiceLine',
      shipping: 'InvoiceShipping',
      tax: 'InvoiceTax',
    },
    fields: {
      orderNumber: { type: 'String!', resolve: ({ orderNumber }: Invoice) => String(orderNumber) },
      language: {
        type: 'Language',
        description:
          'The language of its PDF: the one that the customer has chosen; null for none, which is English.',
        // Not all who read invoices may read accounts, so this is the loader of what is public of them.
        resolve: async ({ customerId }: Invoice, _args: object, { loaders, viewer }: EdgeContext) =>
          (await loaders.sellers.load(customerId, viewer))?.language ?? null,
      },
      order: {
        type: 'Order',
        description: 'The order, as it is now.',
        resolve: ({ orderId }: Invoice, _args: object, context: EdgeContext) => context.order(orderId),
      },
    },
  }),
  connectionType('Invoice', 'invoices'),
  { typeDefs: '', resolvers: {}, readModels: { InvoiceConnection: [issuedInvoices] } },
);
