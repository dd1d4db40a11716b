export { removeUnusedPictures } from './unused-pictures';
export { createExpiry } from './expiry';
export type { Expiry } from './expiry';
export { invoicesWorkflow } from './invoices';
export { orderReactors, retryOrdersOn } from './order-reactors';
export type { DueAfterSales, DueOrders, DueProductPrices, Site, Warehouses } from './sites';
