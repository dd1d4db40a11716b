export { requestAttempt, requestPayment } from './attempt-payment';
export { checkOutCart } from './check-out-cart';
export { nextActionsOf } from './next-actions';
export type { NextAction, OrderActionName } from './next-actions';
export { orderUseCases } from './order-use-cases';
export { startPartLoading } from './start-part-loading';
export type { PlaceOrderDeps } from './place-order';
