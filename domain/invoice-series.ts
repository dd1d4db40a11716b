import { accept, plainState, reject } from './kernel';
import type { Decider, Decision, Fact, Instant, InvoiceId } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The invoices have the numbers from `first` on, in this order. */
export type InvoiceNumbersAssigned = Fact<
  'InvoiceNumbersAssigned',
  { series: string; first: number; invoiceIds: readonly InvoiceId[]; assignedAt: Instant }
>;

export type InvoiceSeriesEvent = InvoiceNumbersAssigned;

export const invoiceSeriesEventTypes = {
  InvoiceNumbersAssigned: true,
} as const satisfies Record<InvoiceSeriesEvent['type'], true>;

/**
 * Assigns the next numbers of the series.
 *
 * `after`: the last number that the sender knows of. The sender has seen that each invoice up to it has recorded its number,
 * and, after that, that none of these invoices had one.
 */
export type InvoiceSeriesCommand = {
  readonly type: 'AssignInvoiceNumbers';
  readonly series: string;
  readonly after: number;
  readonly invoiceIds: readonly InvoiceId[];
  readonly at: Instant;
};

export type InvoiceSeriesRejection =
  | { readonly code: 'INVOICE_COUNT_OUT_OF_RANGE'; readonly count: number; readonly max: number }
  | { readonly code: 'INVOICE_SERIES_MOVED_ON'; readonly last: number };

/**
 * A series knows its last number and the invoices that got the latest ones, and no more: those before them have recorded their
 * numbers themselves. So it stays small for ever.
 */
export type InvoiceSeriesState = {
  /** The last number that was assigned; 0 before the first. */
  readonly last: number;
  /** The invoices of the last assignment: `last` belongs to the last one. */
  readonly latest: readonly InvoiceId[];
};

/** One assignment has as many numbers at most. */
export const assignedMax = 100;

const evolve = (_state: InvoiceSeriesState, { data }: InvoiceSeriesEvent): InvoiceSeriesState => ({
  last: data.first + data.invoiceIds.length - 1,
  latest: data.invoiceIds,
});

/** Decides the only command: assign the next numbers. */
const decide = (
  { series, after, invoiceIds, at }: InvoiceSeriesCommand,
  { last, latest }: InvoiceSeriesState,
): Decision<InvoiceSeriesEvent, InvoiceSeriesRejection> => {
  const count = invoiceIds.length;
  if (count < 1 || count > assignedMax || new Set(invoiceIds).size < count)
    return reject({ code: 'INVOICE_COUNT_OUT_OF_RANGE', count, max: assignedMax });
  // The same assignment again, whose answer was lost.
  if (after + count === last && invoiceIds.every((id, index) => id === latest[index])) return accept();
  // One of the invoices may have got a number since the sender looked, and a second one would be a gap.
  if (after !== last) return reject({ code: 'INVOICE_SERIES_MOVED_ON', last });
  return accept({
    type: 'InvoiceNumbersAssigned',
    data: { series, first: last + 1, invoiceIds, assignedAt: at },
  });
};

/** The numbers of the invoices of one kind and year, without gaps. The stream has the name of the series. */
export const invoiceSeries: Decider<
  InvoiceSeriesState,
  InvoiceSeriesCommand,
  InvoiceSeriesEvent,
  InvoiceSeriesRejection
> = {
  category: 'invoice_series',
  initial: { last: 0, latest: [] },
  decide,
  evolve,
  snapshot: plainState(),
};
