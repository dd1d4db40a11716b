import type { AccountId, Instant, ProductId, SerialNumber } from '../kernel';
import type { Money } from '../money';

export type RegisterProduct = {
  readonly type: 'RegisterProduct';
  readonly productId: ProductId;
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string;
  readonly sellerId?: AccountId;
  readonly at: Instant;
};
export type ChangeProductPrice = {
  readonly type: 'ChangeProductPrice';
  readonly productId: ProductId;
  readonly price: Money;
  readonly at: Instant;
};
export type DescribeProduct = {
  readonly type: 'DescribeProduct';
  readonly productId: ProductId;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl?: string;
  readonly at: Instant;
};
export type DiscontinueProduct = {
  readonly type: 'DiscontinueProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};
export type ReinstateProduct = {
  readonly type: 'ReinstateProduct';
  readonly productId: ProductId;
  readonly at: Instant;
};

export type ProductCommand =
  RegisterProduct | ChangeProductPrice | DescribeProduct | DiscontinueProduct | ReinstateProduct;
