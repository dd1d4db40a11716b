import type { ProductId, WarehouseId } from '../../domain/kernel';
import { product } from '../../domain/product';
import { warehouse } from '../../domain/warehouse';
import type { Aggregates } from '../aggregates';
import { rejected } from '../outcome';

/** The id of the stream of one product's stock in one warehouse. */
export const stockIdOf = (warehouseId: WarehouseId, productId: ProductId): string =>
  `${warehouseId}-${productId}`;

/** Refuses stock of what does not exist, or in a place that does not. */
export const refusalOfStock = async (
  aggregates: Aggregates,
  warehouseId: WarehouseId,
  productId: ProductId,
): Promise<ReturnType<typeof rejected> | undefined> => {
  const [place, goods] = await Promise.all([
    aggregates.load(warehouse, warehouseId),
    aggregates.load(product, productId),
  ]);
  if (place.status === 'NONE') return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  if (goods.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
  return undefined;
};
