import type { ProductId } from '../../domain/kernel';
import { product, type KnownProduct } from '../../domain/product';
import type { Aggregates } from '../aggregates';
import { rejected } from '../outcome';

type Found = { readonly kind: 'found'; readonly product: KnownProduct } | ReturnType<typeof rejected>;

/** The product as it is sold today; refused where it is unknown or not sold any more. */
export const sellableProduct = async (aggregates: Aggregates, productId: ProductId): Promise<Found> => {
  const state = await aggregates.load(product, productId);
  switch (state.status) {
    case 'NONE':
      return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
    case 'DISCONTINUED':
      return rejected({ code: 'PRODUCT_DISCONTINUED', productId });
    case 'ACTIVE':
      return { kind: 'found', product: state };
  }
};
