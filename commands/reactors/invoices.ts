import type { OrderCaptured, OrderPaid, OrderRefunded } from '../../domain/order';
import { contextFrom, reactor, type Reactor } from '../../platform/reactions';
import { issueCreditNote, issueInvoice, type InvoiceDeps } from '../invoice';

/** Issues the invoice of each order whose money is taken, and the credit note of each refund. */
export const invoicesWorkflow = (deps: InvoiceDeps): Reactor =>
  reactor<OrderPaid | OrderCaptured | OrderRefunded>('invoices', {
    OrderPaid: async (event) => {
      // What is held is not taken yet, and perhaps never is.
      if (event.data.authorisedUntil !== undefined) return;
      await issueInvoice(deps, event.data, contextFrom(event, 'issue'));
    },
    OrderCaptured: async (event) => {
      const { orderId, isFirst, capturedAt: paidAt } = event.data;
      if (isFirst) await issueInvoice(deps, { orderId, paidAt }, contextFrom(event, 'issue'));
    },
    OrderRefunded: async (event) => {
      // It is not on the invoice, which says what was left when the first money was taken.
      if (event.data.isUntaken) return;
      await issueCreditNote(deps, event.data, contextFrom(event, 'issue'));
    },
  });
