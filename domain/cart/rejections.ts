import type { ProductId } from '../kernel';
import type { CurrencyCode } from '../money';

export type CartRejection =
  | {
      readonly code: 'QUANTITY_OUT_OF_RANGE';
      readonly quantity: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'CART_FULL'; readonly linesMax: number }
  | { readonly code: 'CART_TOTAL_TOO_LARGE'; readonly totalMinorMax: number }
  | { readonly code: 'CART_LINE_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'CART_CURRENCY_MIXED'; readonly cart: CurrencyCode; readonly product: CurrencyCode }
  | { readonly code: 'CART_EMPTY' };
