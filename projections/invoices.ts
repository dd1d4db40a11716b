import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import {
  invoiceKinds,
  type InvoiceContent,
  type InvoiceDrafted,
  type InvoiceEvent,
  type InvoiceParty as Party,
} from '../domain/invoice';
import { taxCategories } from '../domain/money';
import { erasedText, type AccountId, type InvoiceId, type OrderId, type RefundId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { money, uuid } from './fields';

const day = z.string();

export const InvoiceParty = z
  .strictObject({
    name: z.string().describe('The name.'),
    address: z.array(z.string()).describe('The postal address, line by line; empty where none is known.'),
    taxId: z.string().nullable().describe('The tax number; null where it has none.'),
  })
  .describe('The shop or a customer, as an invoice names them.');
export type InvoiceParty = DocumentOf<typeof InvoiceParty>;

export const InvoiceLine = z
  .strictObject({
    sku: z.string().describe('The SKU of the product.'),
    name: z.string().describe('The name of the product at the time of the sale.'),
    quantity: z.int().describe('The number of pieces.'),
    unitPrice: money.nullable().describe('The price of one piece; null in a credit note.'),
    discount: money.nullable().describe('The sum that promotions took off; null where none did.'),
    amount: money.describe('The price of all pieces after the discount, or what is given back of it.'),
    taxCategory: z
      .enum(taxCategories)
      .nullable()
      .describe(
        'The category at whose rate it is taxed; null without tax, and in a credit note for a part of an order.',
      ),
  })
  .describe('Pieces of one product on an invoice.');
export type InvoiceLine = DocumentOf<typeof InvoiceLine>;

export const InvoiceTaxEntry = z
  .strictObject({
    category: z.enum(taxCategories).describe('The category of the goods.'),
    rateHundredths: z.int().describe('The rate in hundredths of a per cent: 1900 is 19 %.'),
    net: money.describe('The sum without the tax.'),
    tax: money.describe('The tax.'),
  })
  .describe('The sums that are taxed at one rate on an invoice.');

export const InvoiceTax = z
  .strictObject({
    country: z.string().describe('The country whose tax it is: ISO 3166-1, two capital letters.'),
    isIncluded: z.boolean().describe('Whether the amounts contain the tax. If not, it is added to them.'),
    entries: z.array(InvoiceTaxEntry).describe('The sums by rate.'),
  })
  .describe('The tax on an invoice.');

export const InvoiceShipping = z
  .strictObject({
    name: z.string().describe('The name of the shipping method.'),
    charge: money.describe('The charge.'),
  })
  .describe('The charge of the shipping on an invoice.');

export const Invoice = z
  .strictObject({
    id: uuid<InvoiceId>().describe('The unique identifier.'),
    kind: z.enum(invoiceKinds).describe('Whether money was taken or given back.'),
    isIssued: z.boolean().describe('Whether it has its number.'),
    number: z
      .string()
      .describe('The number, without gaps within its series: `INV-2026-000001`. Empty in a draft.'),
    series: z.string().describe('The series of one kind and year that the number is from: `INV-2026`.'),
    sequence: z.int().describe('The place in the series, from 1; 0 in a draft.'),
    orderId: uuid<OrderId>().describe('The order.'),
    orderNumber: z.int().describe('The number of the order.'),
    customerId: uuid<AccountId>().describe("The customer's account."),
    refundId: uuid<RefundId>()
      .nullable()
      .describe('The refund of the order that a credit note is about; null for an invoice.'),
    corrects: z
      .string()
      .nullable()
      .describe('The number of the invoice that a credit note corrects; null for an invoice.'),
    issuedOn: day.describe('The date, in the time zone of the shop: `2026-11-30`.'),
    settledOn: day.describe('The day of the payment, or of the refund.'),
    issuer: InvoiceParty.describe('The shop.'),
    billedTo: InvoiceParty.describe('The customer, as of the date of the invoice.'),
    lines: z.array(InvoiceLine).describe('The goods.'),
    shipping: InvoiceShipping.nullable().describe(
      'The shipping; null where nothing was charged or given back.',
    ),
    other: money
      .nullable()
      .describe(
        'The part of a credit note that is in no line; negative where less was given back than the goods cost, null where there is none.',
      ),
    tax: InvoiceTax.nullable().describe('The tax; null where none was due.'),
    total: money.describe('The sum of all.'),
  })
  .describe('An invoice of a paid order, or a credit note of a refund. All of its sums have one currency.');
export type Invoice = DocumentOf<typeof Invoice>;

const partyOf = ({ name, address, taxId }: Party): InvoiceParty => ({ name, address, taxId: taxId ?? null });

const linesOf = ({ lines }: InvoiceContent): readonly InvoiceLine[] =>
  lines.map(({ sku, name, quantity, unitPrice, discount, amount, tax }) => ({
    ...{ sku, name, quantity, amount },
    ...{ unitPrice: unitPrice ?? null, discount: discount ?? null, taxCategory: tax?.category ?? null },
  }));

const drafted = ({ data }: Pick<InvoiceDrafted, 'data'>): Invoice => {
  const { invoiceId: id, subject, series, orderId, orderNumber, customerId, content, issuedOn } = data;
  const isNote = subject.kind === 'CREDIT_NOTE';
  return {
    ...{ id, kind: subject.kind, isIssued: false, number: '', series, sequence: 0 },
    ...{ orderId, orderNumber, customerId },
    refundId: isNote ? subject.refundId : null,
    corrects: isNote ? subject.corrects : null,
    ...{ issuedOn, settledOn: data.settledOn },
    ...{ issuer: partyOf(content.issuer), billedTo: partyOf(content.billedTo), lines: linesOf(content) },
    ...{ shipping: content.shipping ?? null, other: content.other ?? null },
    ...{ tax: content.tax ?? null, total: content.total },
  };
};

export const invoices = readModel<Invoice, InvoiceEvent | PersonalDataErased>('invoices', {
  question: 'Which invoices and credit notes were issued, and what do they say?',
  version: 2,
  document: Invoice,
  // Drafts are in no list: each query has `isIssued`.
  indexes: {
    by_number: ['number'],
    by_order: ['orderId', 'isIssued', 'issuedOn'],
    by_day: ['isIssued', 'issuedOn', 'number'],
    by_customer: ['customerId', 'isIssued', 'issuedOn', 'number'],
    by_series: ['series', 'isIssued', 'issuedOn', 'number'],
  },
  key: (event) => (isErasure(event) ? erasedIn('invoice', event) : event.data.invoiceId),
  on: {
    InvoiceDrafted: (_, event) => drafted(event),
    InvoiceNumbered: (found, { data: { number, sequence } }) =>
      found && { ...found, isIssued: true, number, sequence },
    PersonalDataErased: (found) =>
      found && { ...found, billedTo: { name: erasedText, address: [], taxId: null } },
  },
});
