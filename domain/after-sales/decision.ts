import { reject } from '../kernel';
import type { AccountId, Decision, Instant } from '../kernel';
import type { AfterSalesRejection } from './commands';
import type { AfterSalesEvent, AfterSalesGoods, SettlementCause } from './events';
import { deadlineOf } from './limits';
import type { KnownAfterSales } from './state';

export type AfterSalesDecision = Decision<AfterSalesEvent, AfterSalesRejection>;

export const wrongStatus = ({ afterSalesId, status }: KnownAfterSales): AfterSalesDecision =>
  reject({ code: 'AFTER_SALES_WRONG_STATUS', afterSalesId, status });

export const ofRequest = ({ afterSalesId, orderId }: KnownAfterSales) => ({ afterSalesId, orderId });

/** Returns who decides with a command: without a seller, staff. */
export const decidedBy = (sellerId: AccountId | undefined) => (sellerId === undefined ? 'STAFF' : 'SELLER');

export const refundDue = (
  state: KnownAfterSales,
  lines: readonly AfterSalesGoods[],
  cause: SettlementCause,
  at: Instant,
): AfterSalesEvent => ({
  type: 'AfterSalesRefundDue',
  data: { ...ofRequest(state), attempt: state.refundAttempts + 1, lines, cause, dueAt: at },
});

/** Returns the event that gives the customer what was requested: the money, or for an exchange the goods. */
export const settled = (
  state: KnownAfterSales,
  lines: readonly AfterSalesGoods[],
  cause: SettlementCause,
  at: Instant,
): AfterSalesEvent =>
  state.kind === 'EXCHANGE'
    ? {
        type: 'AfterSalesReplacementDue',
        data: { ...ofRequest(state), lines, cause, replaceBy: deadlineOf('replace', at), dueAt: at },
      }
    : refundDue(state, lines, cause, at);
