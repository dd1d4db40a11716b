export { renderInvoice } from './render-invoice';
export type { ShownInvoice } from './render-invoice';
