import type { AccountId, Fact, Instant, ProductFamilyId, ProductId, SerialNumber } from '../kernel';
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
    imageUrl?: string | undefined;
    sellerId?: AccountId | undefined;
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
    imageUrl?: string | undefined;
    describedAt: Instant;
  }
>;

export type ProductDiscontinued = Fact<
  'ProductDiscontinued',
  { productId: ProductId; discontinuedAt: Instant }
>;

export type ProductReinstated = Fact<'ProductReinstated', { productId: ProductId; reinstatedAt: Instant }>;

/** The weight of one piece, with its packing, was measured. */
export type ProductWeighed = Fact<
  'ProductWeighed',
  { productId: ProductId; weightGrams: number; weighedAt: Instant }
>;

/** The unit in which the product is counted and priced, such as `piece` or `box`. Empty text: none in particular. */
export type ProductUnitSet = Fact<'ProductUnitSet', { productId: ProductId; unit: string; setAt: Instant }>;

/**
 * The product belongs to a family, in which it is to have these values. A product has one family at a time, so its own stream
 * decides which. `claim` counts the times that it joined one.
 */
export type ProductJoinedFamily = Fact<
  'ProductJoinedFamily',
  {
    productId: ProductId;
    familyId: ProductFamilyId;
    claim: number;
    values: readonly string[];
    joinedAt: Instant;
  }
>;

export type ProductLeftFamily = Fact<
  'ProductLeftFamily',
  { productId: ProductId; familyId: ProductFamilyId; claim: number; leftAt: Instant }
>;

export type ProductEvent =
  | ProductRegistered
  | ProductPriceChanged
  | ProductDescribed
  | ProductDiscontinued
  | ProductReinstated
  | ProductWeighed
  | ProductUnitSet
  | ProductJoinedFamily
  | ProductLeftFamily;

export const productEventTypes = {
  ProductRegistered: true,
  ProductPriceChanged: true,
  ProductDescribed: true,
  ProductDiscontinued: true,
  ProductReinstated: true,
  ProductWeighed: true,
  ProductUnitSet: true,
  ProductJoinedFamily: true,
  ProductLeftFamily: true,
} as const satisfies Record<ProductEvent['type'], true>;
