import type { ProductId } from '../kernel';
import type { CurrencyCode, Money } from '../money';

export type ProductRejection =
  | { readonly code: 'PRODUCT_NOT_FOUND'; readonly productId: ProductId }
  | { readonly code: 'PRODUCT_ALREADY_REGISTERED'; readonly productId: ProductId; readonly sku: string }
  | { readonly code: 'PRICE_NOT_POSITIVE'; readonly price: Money }
  | { readonly code: 'CURRENCY_CHANGED'; readonly was: CurrencyCode; readonly now: CurrencyCode }
  | { readonly code: 'SKU_EMPTY' }
  | { readonly code: 'NAME_EMPTY' };
