import type { OrderPaid, OrderRefunded } from '../../domain/order';
import { contextFrom, reactor, type Reactor } from '../../platform/reactions';
import { issueCreditNote, issueInvoice, type InvoiceDeps } from '../invoice';

/** Issues the invoice of each paid order, and the credit note of each refund. */
export const invoicesWorkflow = (deps: InvoiceDeps): Reactor =>
  reactor<OrderPaid | OrderRefunded>('invoices', {
    OrderPaid: async (event) => {
      await issueInvoice(deps, event.data, contextFrom(event, 'issue'));
    },
    OrderRefunded: (event) => issueCreditNote(deps, event.data, contextFrom(event, 'issue')),
  });
