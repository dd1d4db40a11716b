import type {
  AccountId,
  Fact,
  Instant,
  Picture,
  PictureId,
  PriceScheduleId,
  ProductFamilyId,
  ProductId,
  SerialNumber,
} from '../kernel';
import type { Money, TaxCategory } from '../money';

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

/** A price begins at a time. Without `until` it is for good; otherwise it is a sale, after which the regular price comes back. */
export type ProductPriceScheduled = Fact<
  'ProductPriceScheduled',
  {
    productId: ProductId;
    scheduleId: PriceScheduleId;
    price: Money;
    from: Instant;
    until?: Instant | undefined;
    scheduledAt: Instant;
  }
>;

/** A sale has begun. The price is that of the `ProductPriceChanged` behind it. */
export type ProductSaleStarted = Fact<
  'ProductSaleStarted',
  {
    productId: ProductId;
    scheduleId: PriceScheduleId;
    regularPrice: Money;
    until: Instant;
    startedAt: Instant;
  }
>;

/** While a sale is on, the price was changed that comes back after it. */
export type ProductRegularPriceChanged = Fact<
  'ProductRegularPriceChanged',
  { productId: ProductId; price: Money; previous: Money; changedAt: Instant }
>;

/**
 * A scheduled price has no effect any more: a sale is `over` or was `undercut` by a lower price, a price for good was `applied`,
 * it was `cancelled` (a running sale too), its whole time was `missed`, or it was `not-lower` than the price when it began.
 */
export type ProductPriceScheduleEnded = Fact<
  'ProductPriceScheduleEnded',
  {
    productId: ProductId;
    scheduleId: PriceScheduleId;
    because: 'over' | 'undercut' | 'applied' | 'cancelled' | 'missed' | 'not-lower';
    endedAt: Instant;
  }
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

/** The product is taxed at the rate of this category from now on. Until then it is of the standard one. */
export type ProductTaxCategorySet = Fact<
  'ProductTaxCategorySet',
  { productId: ProductId; taxCategory: TaxCategory; setAt: Instant }
>;

/** The unit in which the product is counted and priced, such as `piece` or `box`. Empty text: none in particular. */
export type ProductUnitSet = Fact<'ProductUnitSet', { productId: ProductId; unit: string; setAt: Instant }>;

/** A picture of the product, with the seller's words for those who do not see it. */
export type ProductPicture = Picture & { altEn?: string | undefined; altZh?: string | undefined };

/** The product has these pictures, in their order. `removed`: those that it no longer has. */
export type ProductPicturesSet = Fact<
  'ProductPicturesSet',
  {
    productId: ProductId;
    pictures: readonly ProductPicture[];
    removed: readonly PictureId[];
    setAt: Instant;
  }
>;

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
  | ProductPriceScheduled
  | ProductSaleStarted
  | ProductRegularPriceChanged
  | ProductPriceScheduleEnded
  | ProductDescribed
  | ProductDiscontinued
  | ProductReinstated
  | ProductWeighed
  | ProductUnitSet
  | ProductTaxCategorySet
  | ProductPicturesSet
  | ProductJoinedFamily
  | ProductLeftFamily;

export const productEventTypes = {
  ProductRegistered: true,
  ProductPriceChanged: true,
  ProductPriceScheduled: true,
  ProductSaleStarted: true,
  ProductRegularPriceChanged: true,
  ProductPriceScheduleEnded: true,
  ProductDescribed: true,
  ProductDiscontinued: true,
  ProductReinstated: true,
  ProductWeighed: true,
  ProductUnitSet: true,
  ProductTaxCategorySet: true,
  ProductPicturesSet: true,
  ProductJoinedFamily: true,
  ProductLeftFamily: true,
} as const satisfies Record<ProductEvent['type'], true>;
