import { customerId, day, of, passDeadline, requested } from '../../tests/support/domain/after-sales';
import { given } from '../../tests/support/domain/given';
import { gbp } from '../../tests/support/domain/orders';
import { afterSales } from './';

const worth = gbp(15_000);
const escalated = {
  type: 'AfterSalesEscalated',
  data: { ...of, customerId, cause: 'UNDECIDED', escalatedAt: day(2) },
} as const;
const approved = {
  type: 'AfterSalesApproved',
  data: { ...of, by: 'CLOCK', remark: '', sendBy: day(9), approvedAt: day(2) },
} as const;

describe('the clock leaves a small request to staff', () => {
  it('where the refunds of the order without a return are large together', () =>
    given(afterSales, [requested('REFUND_ONLY', { worth })])
      .when(passDeadline(2, { otherRefundsOnly: gbp(5_001) }))
      .then([escalated]));

  it('where the order has a refund that names no goods', () =>
    given(afterSales, [requested('REFUND_ONLY', { worth })])
      .when(passDeadline(2, { hasRefundWithoutGoods: true }))
      .then([escalated]));

  it('but not a return, because its goods come back', () =>
    given(afterSales, [requested('RETURN', { worth })])
      .when(passDeadline(2, { otherRefundsOnly: gbp(5_001) }))
      .then([approved]));
});
