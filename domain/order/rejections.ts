import type { OrderId, PaymentId, Place, ProductId, RefundId, ShipmentId } from '../kernel';
import type { CurrencyCode, Money } from '../money';
import type { OrderStatus } from './status';

/** A field in which an imported order differs from the stored order of the same id. */
export type OrderDifference = 'customer' | 'lines' | 'soldAt' | 'country';

export type OrderRejection =
  | { readonly code: 'ORDER_NOT_FOUND'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_ALREADY_PLACED'; readonly orderId: OrderId }
  | {
      readonly code: 'ORDER_DIFFERS';
      readonly orderId: OrderId;
      readonly differs: readonly OrderDifference[];
      readonly was: Money;
      readonly now: Money;
    }
  | { readonly code: 'ORDER_EMPTY' }
  | { readonly code: 'ORDER_TOO_LARGE'; readonly linesMax: number; readonly totalMinorMax: number }
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'ORDER_CURRENCY_MIXED'; readonly currencies: readonly CurrencyCode[] }
  | {
      readonly code: 'PRICE_CHANGED';
      readonly productId: ProductId;
      readonly was: Money;
      readonly now: Money;
    }
  | { readonly code: 'PRICE_NOT_POSITIVE'; readonly price: Money }
  | { readonly code: 'PLACE_OUT_OF_RANGE'; readonly place: Place }
  | { readonly code: 'ORDER_WRONG_STATUS'; readonly orderId: OrderId; readonly status: OrderStatus }
  | { readonly code: 'ORDER_ALREADY_PAID'; readonly orderId: OrderId; readonly paymentId: PaymentId }
  | { readonly code: 'ORDER_PAYMENT_PENDING'; readonly orderId: OrderId; readonly paymentId: PaymentId }
  | { readonly code: 'PAYMENT_MISMATCH'; readonly due: Money; readonly paid: Money }
  | { readonly code: 'ALLOCATION_MISMATCH'; readonly orderId: OrderId }
  | { readonly code: 'ORDER_PART_NOT_FOUND'; readonly orderId: OrderId; readonly shipmentId: ShipmentId }
  | { readonly code: 'ORDER_ALREADY_SHIPPED'; readonly orderId: OrderId }
  | { readonly code: 'REFUND_NOT_POSITIVE'; readonly asked: Money }
  | { readonly code: 'REFUND_TOO_LARGE'; readonly refundable: Money; readonly asked: Money }
  | { readonly code: 'REFUND_NOT_FOUND'; readonly refundId: RefundId }
  | {
      readonly code: 'REFUND_DIFFERS';
      readonly refundId: RefundId;
      readonly was: Money;
      readonly now: Money;
    };
