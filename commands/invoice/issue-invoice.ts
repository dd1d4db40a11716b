import {
  invoice,
  invoiceSeriesOf,
  type InvoiceContent,
  type InvoiceParty,
  type InvoiceSubject,
} from '../../domain/invoice';
import type { Instant, InvoiceId, OrderId, RefundId } from '../../domain/kernel';
import { order, paymentOf, type KnownOrder } from '../../domain/order';
import type { CommandContext } from '../../platform/execution';
import { commandId, invoiceIdOfOrder, invoiceIdOfRefund } from '../../platform/ids';
import { requireAccepted, RetryLater } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { billedTo, rowsOfRefund, rowsOfSale } from './invoice-content';
import type { InvoiceNumbers } from './number-invoices';

/** `issuer`: the shop, as invoices name it. `timeZone`: that of their dates. */
export type InvoiceDeps = UseCaseDeps & {
  readonly issuer: InvoiceParty;
  readonly timeZone: string;
  readonly invoiceNumbers: InvoiceNumbers;
};

/** Returns the day of a moment in a time zone: `2026-11-30`. */
const dayIn = (timeZone: string, at: Instant): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(at));

/** Returns a paid order that has invoices; undefined for an imported one, whose invoice was issued where it was sold. */
const invoicedOrder = async (
  { aggregates }: UseCaseDeps,
  orderId: OrderId,
): Promise<KnownOrder | undefined> => {
  const state = await aggregates.of(order).load(orderId);
  return state.progress === 'NONE' || state.sale !== undefined ? undefined : state;
};

type Draft = {
  readonly invoiceId: InvoiceId;
  readonly subject: InvoiceSubject;
  readonly rows: Omit<InvoiceContent, 'issuer' | 'billedTo'>;
  readonly settledAt: Instant;
};

/** Drafts an invoice and has it numbered. Each step may be repeated. @returns its number. */
const issue = async (
  deps: InvoiceDeps,
  known: KnownOrder,
  { invoiceId, subject, rows, settledAt }: Draft,
  context: CommandContext,
): Promise<string> => {
  const { aggregates, clock, issuer, timeZone, invoiceNumbers } = deps;
  const invoices = aggregates.of(invoice);
  const { orderId, number: orderNumber, customerId } = known;
  const found = await invoices.load(invoiceId);
  if (found.status === 'ISSUED') return found.number;
  if (found.status === 'NONE') {
    const draftedAt = clock.now();
    const issuedOn = dayIn(timeZone, draftedAt);
    const draft = {
      ...{ invoiceId, subject, series: invoiceSeriesOf(subject.kind, issuedOn) },
      ...{ orderId, orderNumber, customerId },
      content: { issuer, billedTo: await billedTo(deps, known), ...rows },
      ...{ settledOn: dayIn(timeZone, settledAt), issuedOn, draftedAt },
    };
    const command = { type: 'DraftInvoice', draft } as const;
    const step = { ...context, commandId: commandId(invoiceId, 'draft') };
    requireAccepted(await invoices.execute(invoiceId, command, step, { assumeNew: true }));
  }
  const drafted = await invoices.load(invoiceId);
  if (drafted.status === 'NONE') throw new Error(`The draft ${invoiceId} is not there`);
  // The series of the draft: a draft of last year keeps it, even if its number comes this year.
  await invoiceNumbers.number(drafted.series, invoiceId, context);
  const issued = await invoices.load(invoiceId);
  if (issued.status !== 'ISSUED') throw new Error(`The invoice ${invoiceId} has no number`);
  return issued.number;
};

/** Issues the invoice of a paid order. @returns its number; undefined where the order has none. */
export const issueInvoice = async (
  deps: InvoiceDeps,
  { orderId, paidAt }: { readonly orderId: OrderId; readonly paidAt: Instant },
  context: CommandContext,
): Promise<string | undefined> => {
  const known = await invoicedOrder(deps, orderId);
  if (known === undefined) return undefined;
  const draft = {
    invoiceId: invoiceIdOfOrder(orderId),
    subject: { kind: 'INVOICE' } as const,
    ...{ rows: rowsOfSale(known), settledAt: paidAt },
  };
  return issue(deps, known, draft, context);
};

/** Issues the credit note of a refund. */
export const issueCreditNote = async (
  deps: InvoiceDeps,
  refunded: { readonly orderId: OrderId; readonly refundId: RefundId; readonly refundedAt: Instant },
  context: CommandContext,
): Promise<void> => {
  const { orderId, refundId, refundedAt } = refunded;
  const known = await invoicedOrder(deps, orderId);
  const refund = known && paymentOf(known)?.refunds.find((one) => one.refundId === refundId);
  if (known === undefined || refund === undefined) return;
  const invoiceId = invoiceIdOfOrder(orderId);
  const corrected = await deps.aggregates.of(invoice).load(invoiceId);
  // The reaction to the payment comes first. While it is parked, this one is too.
  if (corrected.status !== 'ISSUED') throw new RetryLater(`The order ${orderId} has no invoice yet`);
  const subject = { kind: 'CREDIT_NOTE', refundId, corrects: corrected.number } as const;
  const rows = rowsOfRefund(known, refund);
  const draft = { invoiceId: invoiceIdOfRefund(refundId), subject, rows, settledAt: refundedAt };
  await issue(deps, known, draft, context);
};
