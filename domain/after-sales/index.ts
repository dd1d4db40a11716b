import type { Decider } from '../kernel';
import type { AfterSalesCommand, AfterSalesRejection } from './commands';
import { decide } from './decide';
import { personalData } from './events';
import type { AfterSalesEvent } from './events';
import { evolve, initial } from './state';
import type { AfterSalesState } from './state';

/** One request of a customer about goods of an order, until it is refunded, replaced or ended. Each has a stream of its own. */
export const afterSales: Decider<AfterSalesState, AfterSalesCommand, AfterSalesEvent, AfterSalesRejection> = {
  category: 'after_sales',
  initial,
  decide,
  evolve,
  personalData,
};
export { afterSalesEventTypes } from './events';
export type {
  AfterSalesEvent,
  AfterSalesGoods,
  AfterSalesInspected,
  AfterSalesLine,
  AfterSalesPhotosRemoved,
  AfterSalesRefundDue,
  AfterSalesReplacementFailed,
  AfterSalesReplacementStarted,
  AfterSalesRequested,
  InspectedLine,
} from './events';
export {
  afterSalesTextMax,
  evidenceMax,
  evidenceUrlMax,
  requestLinesMax,
  requestPhotosMax,
  requestsMax,
} from './limits';
export type { KnownAfterSales } from './state';
export {
  afterSalesKinds,
  afterSalesReasons,
  afterSalesStatuses,
  isOpenAfterSales,
  orderNumberIn,
  serviceOrderNumbers,
} from './status';
export type { AfterSalesKind, AfterSalesReason, AfterSalesStatus } from './status';
export { afterSalesStateDiagram, afterSalesTransitions, afterSalesWaysOut } from './transitions';
export type { AfterSalesCommand, AfterSalesRejection, AfterSalesState };
