import {
  accept,
  erasedText,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type InvoiceId,
  type OrderId,
  type PersonalData,
  type RefundId,
  type SerialNumber,
} from './kernel';
import type { ItemTax, Money, TaxEntry } from './money';

export const invoiceKinds = ['INVOICE', 'CREDIT_NOTE'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

/** The shop or a customer, as an invoice names them. */
export type InvoiceParty = {
  readonly name: string;
  /** The postal address as it is printed, line by line; empty where none is known. */
  readonly address: readonly string[];
  readonly taxId?: string | undefined;
};

/** Pieces of one product. */
export type InvoiceLine = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Absent in a credit note, which gives back a share of what the pieces cost. */
  readonly unitPrice?: Money | undefined;
  /** The sum that promotions took off the price of all pieces; absent where none did. */
  readonly discount?: Money | undefined;
  /** The price of all pieces after the discount, or the share of it that is given back. */
  readonly amount: Money;
  /** The tax of all pieces; absent without tax, and in a credit note for a part of an order. */
  readonly tax?: ItemTax | undefined;
};

/** The tax by its rates. `isIncluded`: the amounts of the rows contain it; else it is added to them. */
export type InvoiceTax = {
  readonly country: string;
  readonly isIncluded: boolean;
  readonly entries: readonly TaxEntry[];
};

/** The content of an invoice. All sums have one currency. Those of a credit note are positive, too: it is deducted as a whole. */
export type InvoiceContent = {
  readonly issuer: InvoiceParty;
  readonly billedTo: InvoiceParty;
  readonly lines: readonly InvoiceLine[];
  /** Absent where the order was sent free of charge, or the charge is not given back with all else. */
  readonly shipping?: { readonly name: string; readonly charge: Money } | undefined;
  /**
   * The part of a credit note that no line names, such as a sum for a scratch; absent where there is none, and negative where
   * less is given back than the goods cost.
   */
  readonly other?: Money | undefined;
  /** Absent where no tax was due. */
  readonly tax?: InvoiceTax | undefined;
  readonly total: Money;
};

/** An invoice of a paid order, or a credit note of a refund. */
export type InvoiceSubject =
  | { readonly kind: 'INVOICE' }
  /** `corrects`: the number of the invoice whose sum is lowered. */
  | { readonly kind: 'CREDIT_NOTE'; readonly refundId: RefundId; readonly corrects: string };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** All that the invoice says except its number, which follows. */
export type InvoiceDrafted = Fact<
  'InvoiceDrafted',
  {
    invoiceId: InvoiceId;
    subject: InvoiceSubject;
    /** The series from which its number comes: `INV-2026`. */
    series: string;
    orderId: OrderId;
    orderNumber: SerialNumber;
    customerId: AccountId;
    content: InvoiceContent;
    /** The day of the payment or the refund, in the time zone of the shop: `2026-11-30`. */
    settledOn: string;
    /** The date of the invoice, in the same time zone. The series is of its year. */
    issuedOn: string;
    draftedAt: Instant;
  }
>;
/** From now on the invoice is issued. `sequence`: its place in its series, from 1. `number`: as people read it. */
export type InvoiceNumbered = Fact<
  'InvoiceNumbered',
  { invoiceId: InvoiceId; orderId: OrderId; sequence: number; number: string; numberedAt: Instant }
>;

export type InvoiceEvent = InvoiceDrafted | InvoiceNumbered;

export const invoiceEventTypes = {
  InvoiceDrafted: true,
  InvoiceNumbered: true,
} as const satisfies Record<InvoiceEvent['type'], true>;

const personalData: PersonalData<InvoiceEvent> = {
  InvoiceDrafted: {
    person: 'customerId',
    erased: { 'content.billedTo': { name: erasedText, address: [] } },
  },
};

type DraftInvoice = { readonly type: 'DraftInvoice'; readonly draft: InvoiceDrafted['data'] };
/** Tests whether the invoice still needs a number. */
type DemandNumber = { readonly type: 'DemandNumber'; readonly invoiceId: InvoiceId };
type NumberInvoice = {
  readonly type: 'NumberInvoice';
  readonly invoiceId: InvoiceId;
  readonly sequence: number;
  readonly at: Instant;
};

export type InvoiceCommand = DraftInvoice | DemandNumber | NumberInvoice;

export type InvoiceRejection =
  | { readonly code: 'INVOICE_NOT_DRAFTED'; readonly invoiceId: InvoiceId }
  | { readonly code: 'INVOICE_NUMBERED'; readonly invoiceId: InvoiceId; readonly number: string }
  | { readonly code: 'INVOICE_SUMS_DIFFER'; readonly total: number; readonly sum: number };

export type InvoiceState =
  | { readonly status: 'NONE' }
  | { readonly status: 'DRAFTED'; readonly series: string; readonly orderId: OrderId }
  | {
      readonly status: 'ISSUED';
      readonly series: string;
      readonly orderId: OrderId;
      readonly sequence: number;
      readonly number: string;
    };

/** The number of digits to which the place in a series is padded, so that numbers sort as texts. */
const DIGITS = 6;

export const invoiceNumberOf = (series: string, sequence: number): string =>
  `${series}-${String(sequence).padStart(DIGITS, '0')}`;

const prefixes = { INVOICE: 'INV', CREDIT_NOTE: 'CN' } as const satisfies Record<InvoiceKind, string>;

/** Returns the series of a kind and of the year of a day: `INV-2026`. */
export const invoiceSeriesOf = (kind: InvoiceKind, issuedOn: string): string =>
  `${prefixes[kind]}-${issuedOn.slice(0, 4)}`;

const evolve = (state: InvoiceState, event: InvoiceEvent): InvoiceState => {
  switch (event.type) {
    case 'InvoiceDrafted': {
      const { series, orderId } = event.data;
      return { status: 'DRAFTED', series, orderId };
    }
    case 'InvoiceNumbered': {
      if (state.status === 'NONE') throw new Error('A number cannot come before the draft');
      const { sequence, number } = event.data;
      return { status: 'ISSUED', series: state.series, orderId: state.orderId, sequence, number };
    }
    default:
      return unreachable(event);
  }
};

/** Returns the tax that is added to the rows of an invoice, in minor units. */
const addedTax = (tax: InvoiceTax | undefined): number =>
  tax === undefined || tax.isIncluded
    ? 0
    : tax.entries.reduce((sum, entry) => sum + entry.tax.amountMinor, 0);

/** Returns what the rows of an invoice and the tax that they do not contain add up to, in minor units. */
export const sumOf = ({
  lines,
  shipping,
  other,
  tax,
}: Pick<InvoiceContent, 'lines' | 'shipping' | 'other' | 'tax'>): number =>
  lines.reduce(
    (sum, { amount }) => sum + amount.amountMinor,
    (shipping?.charge.amountMinor ?? 0) + (other?.amountMinor ?? 0) + addedTax(tax),
  );

type InvoiceDecision = Decision<InvoiceEvent, InvoiceRejection>;

const draft = ({ draft: data }: DraftInvoice, state: InvoiceState): InvoiceDecision => {
  // The id is derived from the order or the refund. What it says was decided once.
  if (state.status !== 'NONE') return accept();
  const { total } = data.content;
  const sum = sumOf(data.content);
  // An invoice whose rows do not add up is worth nothing to a tax office.
  if (sum !== total.amountMinor)
    return reject({ code: 'INVOICE_SUMS_DIFFER', total: total.amountMinor, sum });
  return accept({ type: 'InvoiceDrafted', data });
};

const number = ({ invoiceId, sequence, at }: NumberInvoice, state: InvoiceState): InvoiceDecision => {
  if (state.status === 'NONE') return reject({ code: 'INVOICE_NOT_DRAFTED', invoiceId });
  if (state.status === 'ISSUED')
    return state.sequence === sequence
      ? accept()
      : // A second number would leave a gap, or stand on two invoices.
        reject({ code: 'INVOICE_NUMBERED', invoiceId, number: state.number });
  const { series, orderId } = state;
  const text = invoiceNumberOf(series, sequence);
  return accept({
    type: 'InvoiceNumbered',
    data: { invoiceId, orderId, sequence, number: text, numberedAt: at },
  });
};

const demandNumber = ({ invoiceId }: DemandNumber, state: InvoiceState): InvoiceDecision => {
  if (state.status === 'NONE') return reject({ code: 'INVOICE_NOT_DRAFTED', invoiceId });
  return state.status === 'ISSUED'
    ? reject({ code: 'INVOICE_NUMBERED', invoiceId, number: state.number })
    : accept();
};

const decide = (command: InvoiceCommand, state: InvoiceState): InvoiceDecision => {
  switch (command.type) {
    case 'DraftInvoice':
      return draft(command, state);
    case 'DemandNumber':
      return demandNumber(command, state);
    case 'NumberInvoice':
      return number(command, state);
    default:
      return unreachable(command);
  }
};

/** An invoice or a credit note: a draft, which gets its number from its series. */
export const invoice: Decider<InvoiceState, InvoiceCommand, InvoiceEvent, InvoiceRejection> = {
  category: 'invoice',
  initial: { status: 'NONE' },
  decide,
  evolve,
  personalData,
};
