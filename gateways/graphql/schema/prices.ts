import type { CatalogueProduct } from '../../../projections/catalogue';
import { priceHistory, PricePoint } from '../../../projections/price-history';
import { isReducedAt, PriceReduction } from '../../../projections/price-window';
import { demandPermission, signedIn } from '../caller';
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
    description: 'The price before it was reduced, for 30 days from then on; null where it is not reduced.',
    resolve: (
      // A document of version 2 has no such field.
      { reduction = null }: Partial<CatalogueProduct>,
      _args: object,
      { services }: EdgeContext,
    ) => (reduction && isReducedAt(reduction, services.clock.now()) ? reduction : null),
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
  objectType('PriceReduction', PriceReduction),
  objectType('PricePoint', PricePoint, { readModels: [priceHistory], omit: ['productId'] }),
  connectionType('PricePoint', 'prices'),
);
