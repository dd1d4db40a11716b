import { afterSales, type KnownAfterSales } from '../../domain/after-sales';
import type { AfterSalesId } from '../../domain/kernel';
import { add, zero, type Money } from '../../domain/money';
import { order, paymentOf, type KnownOrder } from '../../domain/order';
import type { CommandContext } from '../../platform/execution';
import type { UseCaseDeps } from '../use-case/use-case';
import { requestsOf, takesGoods } from './available';

const otherRefundsOnly = (
  { total }: KnownOrder,
  requests: readonly KnownAfterSales[],
  afterSalesId: AfterSalesId,
): Money =>
  requests
    .filter((one) => one.afterSalesId !== afterSalesId && one.kind === 'REFUND_ONLY' && takesGoods(one))
    .reduce((sum, { worth }) => add(sum, worth), zero(total.currency));

const hasRefundWithoutGoods = (known: KnownOrder): boolean =>
  paymentOf(known)?.refunds.some(({ refused, lines }) => !refused && lines.length === 0) ?? false;

/** Applies the deadline of a request, if it is over, in view of the order and its other requests. */
export const passDeadline = async (
  { aggregates, clock }: UseCaseDeps,
  afterSalesId: AfterSalesId,
  context: CommandContext,
): Promise<void> => {
  const request = await aggregates.of(afterSales).load(afterSalesId);
  if (request.status === 'NONE') return;
  const requests = await requestsOf(aggregates, request.orderId);
  const known = await aggregates.of(order).load(request.orderId);
  if (known.progress === 'NONE') throw new Error(`There is no order ${request.orderId}`);
  const command = {
    type: 'PassAfterSalesDeadline',
    ...{ afterSalesId, at: clock.now() },
    otherRefundsOnly: otherRefundsOnly(known, requests, afterSalesId),
    hasRefundWithoutGoods: hasRefundWithoutGoods(known),
  } as const;
  await aggregates.of(afterSales).execute(afterSalesId, command, context);
};
