export { issueCreditNote, issueInvoice } from './issue-invoice';
export type { InvoiceDeps } from './issue-invoice';
export { createInvoiceNumbers } from './number-invoices';
export type { InvoiceNumbers } from './number-invoices';
