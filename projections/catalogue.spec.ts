import type {
  AccountId,
  Instant,
  PriceScheduleId,
  PictureId,
  ProductFamilyId,
  ProductId,
  SerialNumber,
} from '../domain/kernel';
import type { MerchantProductsRestored, MerchantProductsWithdrawn } from '../domain/merchant';
import { money } from '../domain/money';
import type { CurrencyCode } from '../domain/money';
import type { ProductDescribed, ProductRegistered } from '../domain/product';
import { stock } from '../domain/stock';
import type { StockEvent } from '../domain/stock';
import { itProjects, projected } from '../tests/support/projections/it-projects';
import {
  edited,
  hidden,
  ofProduct,
  ofSeller,
  restored,
  withdrawn,
  written,
} from '../tests/support/domain/reviews';
import { offers, received, released, removed, reserved, shipped } from '../tests/support/domain/stocks';
import { alongEveryWalk } from '../tests/support/domain/walk';
import { searchKeysOf } from './product-search';
import { noRating } from './rating';
import { catalogue } from './catalogue';
import type { CatalogueProduct } from './catalogue';

const id = 'mug' as ProductId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
const facts = { sku: 'MUG-01', name: 'Dockside mug', description: 'Stoneware.', category: 'kitchen' };

const registered: ProductRegistered = {
  type: 'ProductRegistered',
  data: { productId: id, number: 12 as SerialNumber, ...facts, price: gbp(890), registeredAt: at },
};
const mug: CatalogueProduct = {
  id,
  number: 12,
  ...facts,
  price: gbp(890),
  imageUrl: null,
  sellerId: null,
  active: true,
  isDiscontinued: false,
  isWithdrawn: false,
  registeredAt: at,
  onHand: 0,
  reserved: 0,
  rating: noRating,
  searchKeys: searchKeysOf('Dockside mug', 'kitchen'),
  weightGrams: null,
  unit: null,
  taxCategory: 'STANDARD',
  familyId: null,
  options: [],
  recentPrices: [],
  reduction: null,
  sale: null,
  pictures: [],
};
const accountId = 'sam' as AccountId;
const sellerDisabled: MerchantProductsWithdrawn = {
  type: 'MerchantProductsWithdrawn',
  data: { accountId, productIds: [id], withdrawnAt: at },
};
const sellerEnabled: MerchantProductsRestored = {
  type: 'MerchantProductsRestored',
  data: { accountId, productIds: [id], restoredAt: at },
};
const scheduleId = 'sale' as PriceScheduleId;
const sale = { scheduleId, regularPrice: gbp(890), until: at };
const familyId = 'mugs' as ProductFamilyId;
const another = 'cups' as ProductFamilyId;
const options = [{ name: 'Colour', values: ['Red', 'Blue'] }];
const redMug: CatalogueProduct = { ...mug, familyId, options: [{ name: 'Colour', value: 'Red' }] };
const picture = 'https://shop.example/mug.jpg';
const described = (imageUrl?: string): ProductDescribed => ({
  type: 'ProductDescribed',
  data: {
    productId: id,
    name: 'Mug',
    description: 'Holds tea.',
    category: 'tea',
    ...(imageUrl && { imageUrl }),
    describedAt: at,
  },
});
const inStock: CatalogueProduct = { ...mug, onHand: 6, reserved: 4 };
const four = { count: 1, average: 4, counts: [0, 0, 0, 1, 0] };
const two = { count: 1, average: 2, counts: [0, 1, 0, 0, 0] };

const row = <Fact>(
  on: Fact,
  because: string,
  before: CatalogueProduct,
  changes: Partial<CatalogueProduct>,
) => ({
  on,
  because,
  touches: [{ id, before, after: { ...before, ...changes } }],
});

itProjects(catalogue, [
  { on: registered, because: 'comes into the catalogue', touches: [{ id, after: mug }] },
  {
    on: { ...registered, data: { ...registered.data, imageUrl: picture, sellerId: 'bob' as AccountId } },
    because: 'has a picture and a seller',
    touches: [{ id, after: { ...mug, imageUrl: picture, sellerId: 'bob' as AccountId } }],
  },
  row(
    {
      type: 'ProductPriceChanged',
      data: { productId: id, price: gbp(990), previous: gbp(890), changedAt: at },
    },
    'costs more',
    mug,
    { price: gbp(990), recentPrices: [{ amountMinor: 890, endedAt: at }] },
  ),
  row(
    {
      type: 'ProductPriceChanged',
      data: { productId: id, price: gbp(790), previous: gbp(890), changedAt: at },
    },
    'costs less',
    mug,
    {
      price: gbp(790),
      recentPrices: [{ amountMinor: 890, endedAt: at }],
      reduction: { previousPrice: gbp(890), lowestPrice: gbp(890), since: at },
    },
  ),
  row(
    {
      type: 'ProductSaleStarted',
      data: { productId: id, scheduleId, regularPrice: gbp(890), until: at, startedAt: at },
    },
    'is on sale',
    mug,
    { sale },
  ),
  row(
    {
      type: 'ProductRegularPriceChanged',
      data: { productId: id, price: gbp(990), previous: gbp(890), changedAt: at },
    },
    'has another price after the sale',
    { ...mug, sale },
    { sale: { ...sale, regularPrice: gbp(990) } },
  ),
  row(
    {
      type: 'ProductPriceScheduleEnded',
      data: { productId: id, scheduleId, because: 'over', endedAt: at },
    },
    'is on sale no more',
    { ...mug, sale },
    { sale: null },
  ),
  row(
    {
      type: 'ProductPriceScheduleEnded',
      data: { productId: id, scheduleId: 'another' as PriceScheduleId, because: 'cancelled', endedAt: at },
    },
    'goes on with its sale where another one is cancelled',
    { ...mug, sale },
    { sale },
  ),
  row(described(picture), 'is called otherwise', mug, {
    name: 'Mug',
    description: 'Holds tea.',
    category: 'tea',
    imageUrl: picture,
    searchKeys: searchKeysOf('Mug', 'tea'),
  }),
  row(
    described(),
    'loses its picture',
    { ...mug, imageUrl: picture },
    {
      name: 'Mug',
      description: 'Holds tea.',
      category: 'tea',
      imageUrl: null,
      searchKeys: searchKeysOf('Mug', 'tea'),
    },
  ),
  row({ type: 'ProductDiscontinued', data: { productId: id, discontinuedAt: at } }, 'is sold no more', mug, {
    active: false,
    isDiscontinued: true,
  }),
  row(
    { type: 'ProductReinstated', data: { productId: id, reinstatedAt: at } },
    'is sold again',
    { ...mug, active: false, isDiscontinued: true },
    { active: true, isDiscontinued: false },
  ),
  row(sellerDisabled, 'is withdrawn with its merchant', mug, { active: false, isWithdrawn: true }),
  row(
    { type: 'ProductReinstated', data: { productId: id, reinstatedAt: at } },
    'is reinstated while its merchant is disabled',
    { ...mug, active: false, isDiscontinued: true, isWithdrawn: true },
    { isDiscontinued: false },
  ),
  row(
    sellerEnabled,
    'is restored with its merchant',
    { ...mug, active: false, isWithdrawn: true },
    { active: true, isWithdrawn: false },
  ),
  row(
    sellerEnabled,
    'stays off sale where it was discontinued meanwhile',
    { ...mug, active: false, isDiscontinued: true, isWithdrawn: true },
    { isWithdrawn: false },
  ),
  row(
    { type: 'ProductWeighed', data: { productId: id, weightGrams: 350, weighedAt: at } },
    'is weighed',
    mug,
    { weightGrams: 350 },
  ),
  row(
    { type: 'ProductTaxCategorySet', data: { productId: id, taxCategory: 'REDUCED', setAt: at } },
    'is taxed at another rate',
    mug,
    { taxCategory: 'REDUCED' },
  ),
  row(
    {
      type: 'ProductPicturesSet',
      data: {
        productId: id,
        pictures: [{ pictureId: 'p' as PictureId, thumbnailId: 't', width: 8, height: 6, altEn: 'A mug.' }],
        removed: [],
        setAt: at,
      },
    },
    'has pictures',
    mug,
    {
      pictures: [
        { id: 'p' as PictureId, thumbnailId: 't', width: 8, height: 6, altEn: 'A mug.', altZh: null },
      ],
    },
  ),
  row({ type: 'ProductUnitSet', data: { productId: id, unit: 'box', setAt: at } }, 'is counted', mug, {
    unit: 'box',
  }),
  row(
    { type: 'ProductUnitSet', data: { productId: id, unit: '', setAt: at } },
    'is not counted in particular',
    { ...mug, unit: 'box' },
    { unit: null },
  ),
  row(
    {
      type: 'ProductJoinedFamily',
      data: { familyId, productId: id, values: ['Red'], claim: 1, joinedAt: at },
    },
    'belongs to a family',
    mug,
    { familyId },
  ),
  row(
    {
      type: 'ProductVariantAdded',
      data: { familyId, productId: id, values: ['Red'], claim: 1, options, addedAt: at },
    },
    'has a value in its family',
    { ...mug, familyId },
    { options: redMug.options },
  ),
  row(
    {
      type: 'ProductVariantAdded',
      data: { familyId: another, productId: id, values: ['Blue'], claim: 1, options, addedAt: at },
    },
    'has left that family before it knew of the product',
    redMug,
    {},
  ),
  row(
    {
      type: 'ProductVariantChanged',
      data: { familyId, productId: id, values: ['Blue'], options, changedAt: at },
    },
    'has another value',
    redMug,
    { options: [{ name: 'Colour', value: 'Blue' }] },
  ),
  row(
    { type: 'ProductLeftFamily', data: { familyId, productId: id, claim: 1, leftAt: at } },
    'belongs to no family any more',
    redMug,
    { familyId: null, options: [] },
  ),
  row(
    { type: 'ProductLeftFamily', data: { familyId: another, productId: id, claim: 1, leftAt: at } },
    'has joined another family meanwhile',
    redMug,
    {},
  ),
  row(
    {
      type: 'ProductFamilyDescribed',
      data: {
        ...{ familyId, name: 'Mugs', options: [{ name: 'Color', values: ['Crimson'] }], describedAt: at },
        variants: [{ productId: id, values: ['Crimson'] }],
      },
    },
    'has the new names',
    redMug,
    { options: [{ name: 'Color', value: 'Crimson' }] },
  ),
  row(
    { type: 'ProductFamilyRetired', data: { familyId, productIds: [id], retiredAt: at } },
    'has lost its family',
    redMug,
    { familyId: null, options: [] },
  ),
  row(received(10), 'has come', inStock, { onHand: 16 }),
  row(removed(2), 'is broken', inStock, { onHand: 4 }),
  row(reserved(3), 'is set aside', inStock, { onHand: 3, reserved: 7 }),
  row(released(4), 'is free again', inStock, { onHand: 10, reserved: 0 }),
  row(released(0, 20), 'is waited for no more, which changes nothing here', inStock, {}),
  row(shipped(4), 'has left', inStock, { reserved: 0 }),
  { on: received(10), because: 'is an unknown product', touches: [{ id }] },
  row(written(ofProduct, 4), 'has a first review', mug, { rating: four }),
  row(edited(ofProduct, 4, 2), 'is liked less', { ...mug, rating: four }, { rating: two }),
  row(hidden(ofProduct, 2), 'has its review hidden', { ...mug, rating: two }, { rating: noRating }),
  row(restored(ofProduct, 2), 'has its review again', mug, { rating: two }),
  row(withdrawn(ofProduct, 2), 'has no review left', { ...mug, rating: two }, { rating: noRating }),
  { on: written(ofSeller, 1), because: 'is of a seller', touches: [] },
]);

it('shows the family that the product joined last, also if a former one receives the product only now', () => {
  const of = (family: ProductFamilyId, claim: number) => ({ familyId: family, productId: id, claim });
  const values = ['Red'];
  const facts = [
    registered,
    { type: 'ProductJoinedFamily', data: { ...of(another, 1), values, joinedAt: at } },
    { type: 'ProductLeftFamily', data: { ...of(another, 1), leftAt: at } },
    { type: 'ProductJoinedFamily', data: { ...of(familyId, 2), values, joinedAt: at } },
    { type: 'ProductVariantAdded', data: { ...of(familyId, 2), values, options, addedAt: at } },
    { type: 'ProductVariantAdded', data: { ...of(another, 1), values, options, addedAt: at } },
    { type: 'ProductVariantRemoved', data: { ...of(another, 1), removedAt: at } },
  ].filter(({ type }) => type in catalogue.handlers) as readonly ProductRegistered[];
  expect(projected(catalogue, facts).get(id)).toEqual(redMug);
});

it('offers exactly the stock on hand after any events', () => {
  let told: readonly StockEvent[] = [];
  alongEveryWalk(stock, offers, ({ before, decision, after }) => {
    if (before === stock.initial) told = [];
    if (decision.ok) told = [...told, ...decision.events];
    const shown = told.filter(({ type }) => type in catalogue.handlers) as readonly ReturnType<
      typeof received
    >[];
    expect(projected(catalogue, [registered, ...shown]).get(id)?.onHand).toBe(after.onHand);
  });
});
