import { given } from '../../tests/support/domain/given';
import { at, gbp, lines, orderId, paid, paymentId, placed } from '../../tests/support/domain/orders';
import type { RefundId } from '../kernel';
import { order } from './';
import type { OrderEvent } from './';

const refundId = 'refund-9' as RefundId;
const { productId } = lines[0]!;
const goods = (quantity: number) => [{ productId, quantity }];
const command = (quantity: number) =>
  ({ type: 'RefundGoods', orderId, refundId, lines: goods(quantity), reason: 'broken', at }) as const;

const refund = (
  amountMinor: number,
  id: RefundId,
  quantity: number,
): Extract<OrderEvent, { readonly type: 'OrderRefundRequested' }> => ({
  type: 'OrderRefundRequested',
  data: {
    ...{ orderId, paymentId, refundId: id, amount: gbp(amountMinor), reason: 'broken', requestedAt: at },
    ...(quantity === 0 ? {} : { lines: goods(quantity) }),
  },
});

const other = 'refund-1' as RefundId;

describe('goods of an order', () => {
  it('are refunded at their price', () =>
    given(order, [placed, paid])
      .when(command(2))
      .then([refund(1_780, refundId, 2)]));

  it('are refunded by what is left of the payment', () =>
    given(order, [placed, paid, refund(2_000, other, 0)])
      .when(command(2))
      .then([refund(670, refundId, 2)]));

  it('are not refunded where nothing is left', () =>
    given(order, [placed, paid, refund(2_670, other, 0)])
      .when(command(1))
      .thenRejected({ code: 'REFUND_NOT_POSITIVE', asked: gbp(0) }));

  it('are not refunded twice', () =>
    given(order, [placed, paid, refund(1_780, other, 2)])
      .when(command(2))
      .thenRejected({ code: 'QUANTITY_OUT_OF_RANGE', quantity: 2, min: 1, max: 1 }));

  it('are not refunded before they are paid', () =>
    given(order, [placed])
      .when(command(1))
      .thenRejected({ code: 'ORDER_WRONG_STATUS', orderId, status: 'PLACED' }));
});
