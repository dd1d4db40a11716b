import { invoiceEventTypes, sumOf, type InvoiceDrafted, type InvoiceEvent } from '../../domain/invoice';
import { invoiceSeriesEventTypes, type InvoiceSeriesEvent } from '../../domain/invoice-series';
import { epochMsOf, type InvoiceId, type OrderId, type RefundId } from '../../domain/kernel';
import { subtract, type Money } from '../../domain/money';
import { orderEventTypes, type OrderEvent } from '../../domain/order';
import type { RecordedEvent } from '../../platform/event-store';
import { entryOf, isFact, type Book, type Breach } from './breach';

export type InvoiceBook = Book & { readonly invoices: () => number };

/** A payment or a refund, which an invoice or a credit note follows. */
type Cause = { readonly orderId: OrderId; readonly sum: Money; readonly atMs: number };

type Issued = { readonly draft: InvoiceDrafted['data']; number?: string };

/** A reactor issues it within moments: what has just happened is not missed yet. */
const FOLLOWS_WITHIN_MS = 10_000;

const causeIdOf = ({ subject, orderId }: InvoiceDrafted['data']): OrderId | RefundId =>
  subject.kind === 'INVOICE' ? orderId : subject.refundId;

type Seen = {
  readonly causes: ReadonlyMap<OrderId | RefundId, Cause>;
  readonly imported: ReadonlySet<OrderId>;
  readonly series: ReadonlyMap<string, readonly InvoiceId[]>;
  readonly issued: ReadonlyMap<InvoiceId, Issued>;
  readonly ofCauses: ReadonlyMap<OrderId | RefundId, InvoiceId>;
};

/** Returns the payments and refunds without an invoice, and the numbers that are on none. */
const missingIn = (
  { causes, imported, series, issued, ofCauses }: Seen,
  newestMs: number,
): readonly Breach[] => {
  const isIssued = (id: InvoiceId | undefined): boolean =>
    id !== undefined && issued.get(id)?.number !== undefined;
  const none = [...causes].flatMap(([id, { orderId, atMs }]): readonly Breach[] => {
    if (isIssued(ofCauses.get(id)) || imported.has(orderId) || newestMs - atMs < FOLLOWS_WITHIN_MS) return [];
    const detail = id === orderId ? 'has no invoice' : `has no credit note for the refund ${id}`;
    return [{ invariant: 'V11', subject: `order-${orderId}`, detail }];
  });
  const unused = [...series].flatMap(([name, ids]) =>
    ids.flatMap((id, index): readonly Breach[] =>
      isIssued(id)
        ? []
        : [
            {
              ...({ invariant: 'V11', subject: `invoice_series-${name}` } as const),
              detail: `number ${index + 1} is on no invoice`,
            },
          ],
    ),
  );
  return [...none, ...unused];
};

/**
 * V11: the numbers of a series have no gaps, and each belongs to one invoice; each paid order has one invoice, and each refund one
 * credit note, over its sum; of held money once the first of it is taken. Imported orders have none.
 */
export const invoiceBook = (): InvoiceBook => {
  const causes = new Map<OrderId | RefundId, Cause>();
  const [imported, held] = [new Set<OrderId>(), new Map<OrderId, Money>()];
  const series = new Map<string, InvoiceId[]>();
  const issued = new Map<InvoiceId, Issued>();
  const ofCauses = new Map<OrderId | RefundId, InvoiceId>();
  const found: Breach[] = [];
  let newestMs = 0;

  const breach = (subject: string, detail: string): void =>
    void found.push({ invariant: 'V11', subject, detail });

  const seeOrder = (event: OrderEvent, atMs: number): void => {
    const { orderId } = event.data;
    if (event.type === 'OrderSaleRecorded' || (event.type === 'OrderPlaced' && event.data.sale !== undefined))
      imported.add(orderId);
    if (event.type === 'OrderPaid') {
      const { paid: sum, authorisedUntil } = event.data;
      // What is held is invoiced when the first of it is taken.
      if (authorisedUntil === undefined) causes.set(orderId, { orderId, sum, atMs });
      else held.set(orderId, sum);
    }
    if (event.type === 'OrderCaptured' && event.data.isFirst)
      causes.set(orderId, { orderId, sum: held.get(orderId) ?? event.data.amount, atMs });
    if (event.type !== 'OrderRefunded') return;
    const { refundId, amount: sum, isUntaken } = event.data;
    if (isUntaken) held.set(orderId, subtract(held.get(orderId) ?? sum, sum));
    else causes.set(refundId, { orderId, sum, atMs });
  };

  const seeSeries = ({ data: { series: name, first, invoiceIds } }: InvoiceSeriesEvent): void => {
    const numbered = entryOf(series, name, () => []);
    if (first !== numbered.length + 1)
      breach(`invoice_series-${name}`, `number ${first} comes after ${numbered.length}`);
    numbered.push(...invoiceIds);
  };

  const seeDraft = (draft: InvoiceDrafted['data']): void => {
    const { invoiceId, content } = draft;
    const subject = `invoice-${invoiceId}`;
    const [cause, causeId] = [causes.get(causeIdOf(draft)), causeIdOf(draft)];
    const { amountMinor, currency } = content.total;
    if (ofCauses.has(causeId)) breach(subject, `is the second one about ${causeId}`);
    if (cause === undefined) breach(subject, 'is about nothing that was paid or refunded');
    else if (cause.sum.amountMinor !== amountMinor || cause.sum.currency !== currency)
      breach(subject, `is over ${amountMinor} ${currency}, and ${cause.sum.amountMinor} was moved`);
    if (sumOf(content) !== amountMinor)
      breach(subject, `its rows add up to ${sumOf(content)}, its total is ${amountMinor}`);
    ofCauses.set(causeId, invoiceId);
    issued.set(invoiceId, { draft });
  };

  const seeInvoice = (event: InvoiceEvent): void => {
    if (event.type === 'InvoiceDrafted') {
      seeDraft(event.data);
      return;
    }
    const { invoiceId, sequence, number } = event.data;
    const one = issued.get(invoiceId);
    const assigned = one && series.get(one.draft.series)?.[sequence - 1];
    if (one === undefined || assigned !== invoiceId || one.number !== undefined)
      breach(`invoice-${invoiceId}`, `has the number ${number}, which was not assigned to it`);
    else one.number = number;
  };

  return {
    see: (event: RecordedEvent) => {
      newestMs = Math.max(newestMs, epochMsOf(event.recordedAt));
      if (isFact<OrderEvent>(orderEventTypes, event)) seeOrder(event, epochMsOf(event.recordedAt));
      else if (isFact<InvoiceSeriesEvent>(invoiceSeriesEventTypes, event)) seeSeries(event);
      else if (isFact<InvoiceEvent>(invoiceEventTypes, event)) seeInvoice(event);
    },
    breaches: (settled) =>
      settled ? [...found, ...missingIn({ causes, imported, series, issued, ofCauses }, newestMs)] : found,
    invoices: () => issued.size,
  };
};
