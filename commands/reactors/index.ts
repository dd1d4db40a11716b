export { removeUnusedPictures } from './unused-pictures';
export { createExpiry } from './expiry';
export type { Expiry } from './expiry';
export { startPaymentPolls } from './payment-polls';
export { invoicesWorkflow } from './invoices';
export { orderReactors, retryOrdersOn } from './order-reactors';
export type { DueAfterSales, DueOrders, DueProductPrices, Site, WaitingPayments, Warehouses } from './sites';
