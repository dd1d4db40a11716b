export { renderDeliveryNote } from './delivery-note';
export type { ShownDeliveryNote } from './delivery-note';
export { renderInvoice } from './invoice';
export type { ShownInvoice } from './invoice';
