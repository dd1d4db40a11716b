import type { Listing, Readers } from '../../../gateways/graphql/readers/readers';
import { positionOf } from '../../../platform/event-store';
import type { CatalogueProduct } from '../../../projections/catalogue';
import type { PricePoint } from '../../../projections/price-history';
import type { CategoryTree } from '../../../projections/category-tree';
import type { ScheduledPrices } from '../../../projections/scheduled-prices';
import { facetsOf } from '../../../projections/product-search';

type CatalogueDocuments = {
  readonly products: readonly CatalogueProduct[];
  readonly priceHistory: readonly PricePoint[];
  readonly categoryTree: readonly CategoryTree[];
  readonly scheduledPrices: readonly ScheduledPrices[];
};

/** Readers over products and their prices. */
export const catalogueReaders = (
  shop: CatalogueDocuments,
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Pick<Readers, 'categoryTree' | 'priceHistory' | 'products' | 'scheduledPrices'> => ({
  products: {
    getMany: (wanted) =>
      told(
        'products',
        shop.products
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
    list: (asked) => {
      const found = shop.products.filter(
        ({ name, category, active }) =>
          active &&
          name.toLowerCase().includes((asked.text ?? '').toLowerCase()) &&
          (asked.categories?.includes(category) ?? true),
      );
      const ofSeller = found.filter(({ sellerId }) => (asked.sellerId ?? sellerId) === sellerId);
      const facets = () => told('products.facets', { ...facetsOf(ofSeller, ofSeller, {}), isExact: true });
      return { ...listing(`products.list ${asked.sort}`, ofSeller), facets };
    },
    ofSeller: (sellerId, text = '') =>
      listing(
        'products.ofSeller',
        shop.products.filter(
          (each) => each.sellerId === sellerId && each.name.toLowerCase().includes(text.toLowerCase()),
        ),
      ),
  },
  categoryTree: {
    getMany: () =>
      told(
        'categoryTree',
        shop.categoryTree.map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
  },
  scheduledPrices: {
    getMany: (wanted) =>
      told(
        'scheduledPrices',
        shop.scheduledPrices
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(1) })),
      ),
  },
  priceHistory: {
    ofProduct: (productId) =>
      listing(
        'priceHistory.ofProduct',
        shop.priceHistory.filter((one) => one.productId === productId),
      ),
  },
});
