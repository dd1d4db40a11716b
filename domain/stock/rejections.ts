import type { OrderId } from '../kernel';

export type StockRejection =
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'INSUFFICIENT_STOCK'; readonly available: number; readonly wanted: number }
  | { readonly code: 'RESERVATION_NOT_FOUND'; readonly orderId: OrderId };
