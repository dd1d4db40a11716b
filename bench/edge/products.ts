import { productId } from '../../platform/ids';
import type { Instant } from '../../domain/kernel';
import { formatMoney, money, type CurrencyCode } from '../../domain/money';
import { searchKeysOf } from '../../projections/product-search';
import type { CatalogueProduct } from '../../projections/catalogue';

const product = (number: number): CatalogueProduct => {
  const sku = `SKU-${String(number).padStart(4, '0')}`;
  return {
    id: productId(sku),
    number,
    sku,
    name: `Light holder ${String(number).padStart(4, '0')}`,
    description: 'White hanging heart T-light holder, cast iron.',
    category: 'home',
    price: money(1_000 + number, 'GBP' as CurrencyCode),
    imageUrl: null,
    sellerId: null,
    active: true,
    isDiscontinued: false,
    isWithdrawn: false,
    registeredAt: '2026-01-31T08:00:00.000Z' as Instant,
    onHand: number,
    reserved: 3,
    searchKeys: searchKeysOf(`Light holder ${String(number).padStart(4, '0')}`, 'home'),
    rating: { count: 2, average: 4.5, counts: [0, 0, 0, 1, 1] },
    weightGrams: null,
    ...{
      unit: null,
      taxCategory: 'STANDARD',
      familyId: null,
      options: [],
      recentPrices: [],
      reduction: null,
      sale: null,
      pictures: [],
    },
  };
};

/** A catalogue sorted by name. */
export const products: readonly CatalogueProduct[] = Array.from({ length: 1_000 }, (_, index) =>
  product(index + 1),
);

/** The same catalogue for the peers, with formatted prices. */
export const productsForPeers = (): readonly object[] =>
  products.map((one) => ({ ...one, formatted: formatMoney(one.price) }));
