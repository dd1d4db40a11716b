import type { CatalogueProduct } from '../../../projections/catalogue';
import { priceHistory, PricePoint } from '../../../projections/price-history';
import { ScheduledPrice, scheduledPrices } from '../../../projections/scheduled-prices';
import { isReducedAt, PriceReduction } from '../../../projections/price-window';
import { demandPermission, signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { combined, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type Owned = Pick<CatalogueProduct, 'sellerId'>;

/** Permits the seller of the product, and those who may change all products. */
export const demandOwner = ({ viewer }: EdgeContext, { sellerId }: Owned): void => {
  if (sellerId === null || signedIn(viewer).id !== sellerId) demandPermission(viewer, 'product:change');
};

/** The fields of a product about its prices. */
export const priceFields = {
  reduction: {
    description:
      'The price before it was reduced, during a sale and otherwise for 30 days; null where it is not reduced.',
    // A document of version 2 has no such fields.
    resolve: (
      { reduction = null, sale = null }: Partial<CatalogueProduct>,
      _args: object,
      { services }: EdgeContext,
    ) => {
      if (reduction === null) return null;
      if (sale) return { ...reduction, previousPrice: sale.regularPrice, until: sale.until };
      return isReducedAt(reduction, services.clock.now()) ? { ...reduction, until: null } : null;
    },
  },
  regularPrice: {
    type: 'Money!',
    description: 'The price without the sale that is on: the one that `changeProductPrice` changes.',
    resolve: ({ sale = null, price }: Pick<CatalogueProduct, 'price'> & Partial<CatalogueProduct>) =>
      sale?.regularPrice ?? price,
  },
  scheduledPrices: {
    type: '[ScheduledPrice!]',
    description:
      'The prices that are scheduled, and the sale that is on, the next one first: at most 21. For staff and the seller of the product.',
    resolve: allowed(
      { by: 'seller', or: 'product:change' },
      async (_args: object, context, product: CatalogueProduct) => {
        demandOwner(context, product);
        const found = await context.loaders.scheduledPrices.load(product.id, context.viewer);
        return found?.schedules ?? [];
      },
    ),
  },
  priceHistory: {
    type: 'PricePointConnection',
    description:
      'The prices that the product had, the present one first. For staff and the seller of the product.',
    args: pageArguments,
    resolve: allowed(
      { by: 'seller', or: 'product:change' },
      (args: PageArguments, context, product: CatalogueProduct) => {
        demandOwner(context, product);
        return connectionOf(context.services.readers.priceHistory.ofProduct(product.id), args);
      },
    ),
  },
} as const;

export const prices: Concept = combined(
  objectType('PriceReduction', PriceReduction, {
    fields: {
      previousPrice: { description: 'The price before the reduction; during a sale the regular price.' },
      until: {
        type: 'DateTime',
        description: 'The time at which the sale ends; null where the price is not one of a sale.',
      },
    },
  }),
  objectType('ScheduledPrice', ScheduledPrice, { readModels: [scheduledPrices] }),
  objectType('PricePoint', PricePoint, { readModels: [priceHistory], omit: ['productId'] }),
  connectionType('PricePoint', 'prices'),
);
