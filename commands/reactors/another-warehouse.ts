import { distanceSquared, type WarehouseId } from '../../domain/kernel';
import type { KnownOrder } from '../../domain/order';
import type { KnownShipment } from '../../domain/shipment';
import type { Aggregates } from '../../platform/execution';
import { loadHoldings } from './holdings';
import type { Warehouses } from './sites';

/**
 * Returns the nearest active warehouse that has all goods of a shipment and sends no part of the order, now or before;
 * undefined if there is none.
 */
export const anotherWarehouse = async (
  { aggregates, warehouses }: { readonly aggregates: Aggregates; readonly warehouses: Warehouses },
  { orderId, parts, moved, destination }: KnownOrder,
  { items, warehouseId: present }: KnownShipment,
): Promise<WarehouseId | undefined> => {
  const used = new Set([
    present,
    ...parts.map(({ warehouseId }) => warehouseId),
    ...moved.flatMap(({ from, to }) => [from, to]),
  ]);
  const sites = (await warehouses())
    .filter(({ active, warehouseId }) => active && !used.has(warehouseId))
    .map((site) => ({ ...site, distance: distanceSquared(site.place, destination) }))
    .sort((one, other) => (one.distance < other.distance ? -1 : 1));
  const products = items.map(({ productId }) => productId);
  const holdings = await loadHoldings(aggregates, orderId, sites, products);
  const found = sites.find(({ warehouseId }) =>
    items.every(({ productId, quantity }) => holdings.of(warehouseId, productId).available >= quantity),
  );
  return found?.warehouseId;
};
