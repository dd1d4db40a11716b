import { z } from 'zod';
import type { AccountId, PriceScheduleId, ProductFamilyId, ProductId } from '../domain/kernel';
import type { MerchantProductsRestored, MerchantProductsWithdrawn } from '../domain/merchant';
import { taxCategories } from '../domain/money';
import type {
  ProductEvent,
  ProductJoinedFamily,
  ProductLeftFamily,
  ProductPriceScheduled,
} from '../domain/product';
import type {
  FamilyOption,
  ProductFamilyCreated,
  ProductFamilyEvent,
  ProductVariantRemoved,
} from '../domain/product-family';
import type { ReviewSubject } from '../domain/review';
import type {
  StockReceived,
  StockReleased,
  StockRemoved,
  StockReserved,
  StockShipped,
} from '../domain/stock';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { instant, money, pictureId, uuid } from './fields';
import { PastPrice, PriceReduction, pricesAfter } from './price-window';
import { searchKeysOf } from './product-search';
import { noRating, ratingAfter, RatingSummary, type RatingEvent } from './rating';

export const ProductOption = z
  .strictObject({
    name: z.string().describe('The name of the option, such as `Size`.'),
    value: z.string().describe('The value of the product.'),
  })
  .describe('The value of a product in an option of its family.');
type ProductOption = DocumentOf<typeof ProductOption>;

export const ProductSale = z
  .strictObject({
    scheduleId: uuid<PriceScheduleId>().describe('The scheduled price.'),
    regularPrice: money.describe('The price of one piece that comes back after the sale.'),
    until: instant.describe('The time at which the sale ends.'),
  })
  .describe('A price that is lower than the regular one until a time.');

export const ProductPicture = z
  .strictObject({
    id: pictureId.describe('The unique identifier of the picture.'),
    thumbnailId: z.string().describe('The hash of its small size.'),
    width: z.int32().describe('The width in pixels.'),
    height: z.int32().describe('The height in pixels.'),
    altEn: z
      .string()
      .nullable()
      .describe('The words that describe it, in English; null where there are none.'),
    altZh: z
      .string()
      .nullable()
      .describe('The words that describe it, in Chinese; null where there are none.'),
  })
  .describe('A picture of a product, with words for those who do not see it.');
export type ProductPicture = DocumentOf<typeof ProductPicture>;

export const CatalogueProduct = z
  .strictObject({
    id: uuid<ProductId>().describe('The unique identifier, derived from the SKU.'),
    number: z.int().describe('The number under which the World knows the product.'),
    sku: z.string().describe("The seller's own key of the product."),
    name: z.string().describe('The name shown to customers.'),
    description: z.string().describe('The description shown to customers.'),
    category: z.string().describe('The category that the product is listed in.'),
    price: money.describe('The price of one piece.'),
    imageUrl: z.string().nullable().describe('The URL of a picture; null where there is none.'),
    sellerId: uuid<AccountId>()
      .nullable()
      .describe("The seller's account; null where the shop itself sells the product."),
    active: z.boolean().describe('Whether the product is sold now.'),
    isDiscontinued: z.boolean().describe('Whether the seller or staff took it off sale.'),
    isWithdrawn: z.boolean().describe('Whether it is off sale because staff disabled its seller.'),
    registeredAt: instant.describe('The time when the product was added to the catalogue.'),
    onHand: z.int().describe('The number of pieces in all warehouses that are free to be sold.'),
    reserved: z.int().describe('The number of pieces in all warehouses that are set aside for orders.'),
    rating: RatingSummary,
    searchKeys: z
      .array(z.string())
      .readonly()
      .describe('Keys by which a search finds the name and the category in spite of a typing error.'),
    weightGrams: z
      .int32()
      .nullable()
      .describe('The weight of one piece with its packing, in grams; null where it was never weighed.'),
    unit: z
      .string()
      .nullable()
      .describe('The unit of one piece, such as `piece` or `box`; null where there is none in particular.'),
    taxCategory: z.enum(taxCategories).describe('The category at whose rate the product is taxed.'),
    familyId: uuid<ProductFamilyId>()
      .nullable()
      .describe('The family of products to which it belongs; null where it belongs to none.'),
    options: z
      .array(ProductOption)
      .describe('Its values in the options of its family, in their order; empty without a family.'),
    recentPrices: z
      .array(PastPrice)
      .readonly()
      .describe('Earlier prices, of which each may be the lowest of the 30 days before a reduction.'),
    reduction: PriceReduction.nullable().describe('The price before, if it is lower now; null otherwise.'),
    sale: ProductSale.nullable().describe('The sale that is on; null where there is none.'),
    pictures: z.array(ProductPicture).describe('Its uploaded pictures, in their order.'),
  })
  .describe('A product as a shopper sees it.');
export type CatalogueProduct = DocumentOf<typeof CatalogueProduct>;

/** Events of stock that change what can be sold. */
type StockMoved = StockReceived | StockRemoved | StockReserved | StockReleased | StockShipped;

/** The product decides to which family it belongs, and the family about its values there. */
type DescribedProduct = Exclude<
  ProductEvent,
  ProductJoinedFamily | ProductLeftFamily | ProductPriceScheduled
>;
type FamilyChanged =
  | ProductJoinedFamily
  | ProductLeftFamily
  | Exclude<ProductFamilyEvent, ProductFamilyCreated | ProductVariantRemoved>;

/** The merchant of products was disabled, or enabled again. */
type MerchantSwitched = MerchantProductsWithdrawn | MerchantProductsRestored;

type Shown = DescribedProduct | FamilyChanged | MerchantSwitched | StockMoved | RatingEvent;

const reviewedProduct = (subject: ReviewSubject): ProductId | undefined =>
  subject.kind === 'product' ? subject.productId : undefined;

const changing =
  <Fact extends DescribedProduct | MerchantSwitched | StockMoved>(
    change: (product: CatalogueProduct, data: Fact['data']) => Partial<CatalogueProduct>,
  ): Fold<CatalogueProduct, Fact> =>
  (found, { data }) =>
    found && { ...found, ...change(found, data) };

type Switches = Pick<CatalogueProduct, 'active'> &
  Partial<Pick<CatalogueProduct, 'isDiscontinued' | 'isWithdrawn'>>;

/** A product is sold unless one of the two switches is off. A document of version 6 has neither, and knew the first one alone. */
const switched = (
  { active, isDiscontinued = !active, isWithdrawn = false }: Switches,
  change: Partial<Pick<CatalogueProduct, 'isDiscontinued' | 'isWithdrawn'>>,
): Partial<CatalogueProduct> => {
  const switches = { isDiscontinued, isWithdrawn, ...change };
  return { ...switches, active: !switches.isDiscontinued && !switches.isWithdrawn };
};

type OnSale = Partial<Pick<CatalogueProduct, 'sale'>>;
type Priced = Pick<CatalogueProduct, 'price'> & Partial<Pick<CatalogueProduct, 'recentPrices'>>;

const rated: Fold<CatalogueProduct, RatingEvent> = (found, event) =>
  found && { ...found, rating: ratingAfter(found.rating, event) };

const optionsOf = (options: readonly FamilyOption[], values: readonly string[]): readonly ProductOption[] =>
  options.map(({ name }, index) => ({ name, value: values[index] ?? '' }));

/** A late event of a family, about a product that has left it or joined another one meanwhile, changes nothing. */
const changingOf =
  <Fact extends FamilyChanged>(
    change: (data: Fact['data'], id: string) => Partial<CatalogueProduct>,
  ): Fold<CatalogueProduct, Fact> =>
  (found, { data }, id) =>
    found?.familyId === data.familyId ? { ...found, ...change(data, id) } : found;

const withoutFamily = (): Partial<CatalogueProduct> => ({ familyId: null, options: [] });

const changedProducts = (data: FamilyChanged['data']): readonly ProductId[] => {
  if ('productId' in data) return [data.productId];
  return 'variants' in data ? data.variants.map(({ productId }) => productId) : data.productIds;
};

export const catalogue = readModel<CatalogueProduct, Shown>('catalogue', {
  question: 'Which products are there, what do they cost, how many are left, and what do reviews say?',
  version: 7,
  document: CatalogueProduct,
  indexes: {
    by_name: ['active', 'name'],
    by_category_and_name: ['active', 'category', 'name'],
    by_price: ['active', 'price.amountMinor'],
    by_category_and_price: ['active', 'category', 'price.amountMinor'],
    by_age: ['active', 'registeredAt'],
    by_category_and_age: ['active', 'category', 'registeredAt'],
    by_rating: ['active', 'rating.average', 'rating.count'],
    by_category_and_rating: ['active', 'category', 'rating.average', 'rating.count'],
    by_seller: ['sellerId', 'name'],
    by_seller_and_activity: ['active', 'sellerId', 'name'],
    by_sku: ['sku'],
    by_number: ['number'],
  },
  searchFields: ['name', 'description', 'sku', 'category', 'searchKeys'],
  key: ({ data }) => {
    if ('subject' in data) return reviewedProduct(data.subject);
    if ('familyId' in data) return changedProducts(data);
    return 'productIds' in data ? data.productIds : data.productId;
  },
  on: {
    ProductRegistered: (_, { data }) => ({
      id: data.productId,
      number: data.number,
      sku: data.sku,
      name: data.name,
      description: data.description,
      category: data.category,
      price: data.price,
      imageUrl: data.imageUrl ?? null,
      sellerId: data.sellerId ?? null,
      active: true,
      isDiscontinued: false,
      isWithdrawn: false,
      registeredAt: data.registeredAt,
      onHand: 0,
      reserved: 0,
      rating: noRating,
      searchKeys: searchKeysOf(data.name, data.category),
      weightGrams: null,
      unit: null,
      taxCategory: 'STANDARD',
      familyId: null,
      options: [],
      recentPrices: [],
      reduction: null,
      sale: null,
      pictures: [],
    }),
    // A document of version 2 has no earlier prices.
    ProductPriceChanged: changing(({ price, recentPrices = [] }: Priced, change) =>
      pricesAfter({ price, recentPrices }, change),
    ),
    ProductSaleStarted: changing((_, { scheduleId, regularPrice, until }) => ({
      sale: { scheduleId, regularPrice, until },
    })),
    // A document of version 2 has no such field.
    ProductRegularPriceChanged: changing(({ sale = null }: OnSale, { price }) => ({
      sale: sale && { ...sale, regularPrice: price },
    })),
    ProductPriceScheduleEnded: changing(({ sale = null }: OnSale, { scheduleId }) => ({
      sale: sale?.scheduleId === scheduleId ? null : sale,
    })),
    ProductDescribed: changing((_, { name, description, category, imageUrl = null }) => ({
      name,
      description,
      category,
      imageUrl,
      searchKeys: searchKeysOf(name, category),
    })),
    ProductDiscontinued: changing((product) => switched(product, { isDiscontinued: true })),
    ProductReinstated: changing((product) => switched(product, { isDiscontinued: false })),
    MerchantProductsWithdrawn: changing((product) => switched(product, { isWithdrawn: true })),
    MerchantProductsRestored: changing((product) => switched(product, { isWithdrawn: false })),
    ProductWeighed: changing((_, { weightGrams }) => ({ weightGrams })),
    ProductTaxCategorySet: changing((_, { taxCategory }) => ({ taxCategory })),
    ProductUnitSet: changing((_, { unit }) => ({ unit: unit === '' ? null : unit })),
    ProductPicturesSet: changing((_, { pictures }) => ({
      pictures: pictures.map(({ pictureId: id, altEn = null, altZh = null, ...facts }) => ({
        ...{ id, altEn, altZh, ...facts },
      })),
    })),

    ProductJoinedFamily: (found, { data: { familyId } }) => found && { ...found, familyId, options: [] },
    ProductLeftFamily: changingOf(withoutFamily),
    ProductVariantAdded: changingOf(({ options, values }) => ({ options: optionsOf(options, values) })),
    ProductVariantChanged: changingOf(({ options, values }) => ({ options: optionsOf(options, values) })),
    ProductFamilyDescribed: changingOf(({ options, variants }, id) => ({
      options: optionsOf(options, variants.find(({ productId }) => productId === id)?.values ?? []),
    })),
    ProductFamilyRetired: changingOf(withoutFamily),

    StockReceived: changing(({ onHand }, { quantity }) => ({ onHand: onHand + quantity })),
    StockRemoved: changing(({ onHand }, { quantity }) => ({ onHand: onHand - quantity })),
    StockReserved: changing(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand - quantity,
      reserved: reserved + quantity,
    })),
    StockReleased: changing(({ onHand, reserved }, { quantity }) => ({
      onHand: onHand + quantity,
      reserved: reserved - quantity,
    })),
    StockShipped: changing(({ reserved }, { quantity }) => ({ reserved: reserved - quantity })),

    ReviewWritten: rated,
    ReviewEdited: rated,
    ReviewWithdrawn: rated,
    ReviewHidden: rated,
    ReviewRestored: rated,
  },
});
