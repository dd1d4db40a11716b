import type { AccountId, Fact, Instant, ProductId, SerialNumber } from '../kernel';
import type { Money } from '../money';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
export type ProductRegistered = Fact<
  'ProductRegistered',
  {
    productId: ProductId;
    number: SerialNumber;
    sku: string;
    name: string;
    description: string;
    category: string;
    price: Money;
    imageUrl?: string;
    sellerId?: AccountId;
    registeredAt: Instant;
  }
>;
export type ProductPriceChanged = Fact<
  'ProductPriceChanged',
  { productId: ProductId; price: Money; previous: Money; changedAt: Instant }
>;
export type ProductDescribed = Fact<
  'ProductDescribed',
  {
    productId: ProductId;
    name: string;
    description: string;
    category: string;
    imageUrl?: string;
    describedAt: Instant;
  }
>;
export type ProductDiscontinued = Fact<
  'ProductDiscontinued',
  { productId: ProductId; discontinuedAt: Instant }
>;
export type ProductReinstated = Fact<'ProductReinstated', { productId: ProductId; reinstatedAt: Instant }>;

export type ProductEvent =
  ProductRegistered | ProductPriceChanged | ProductDescribed | ProductDiscontinued | ProductReinstated;

export const productEventTypes = {
  ProductRegistered: true,
  ProductPriceChanged: true,
  ProductDescribed: true,
  ProductDiscontinued: true,
  ProductReinstated: true,
} as const satisfies Record<ProductEvent['type'], true>;
