import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { availableOf, awaitedBy, setAsideFor, stock, type StockState } from '../../domain/stock';
import type { Aggregates } from '../../platform/execution';
import { stockIdOf } from '../warehouse';
import type { Site } from './sites';

/** The stock of one product in one warehouse, with one order's reservation. */
export type Holding = {
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  readonly available: number;
  readonly setAside: number;
  readonly awaited: number;
};

export interface Holdings {
  of(warehouseId: WarehouseId, productId: ProductId): Holding;
  /** Returns those in which the order has a reservation or waits. */
  ofOrder(): readonly Holding[];
}

const holdingOf = (
  state: StockState,
  orderId: OrderId,
  { warehouseId, productId }: Pick<Holding, 'warehouseId' | 'productId'>,
): Holding => ({
  warehouseId,
  productId,
  available: availableOf(state),
  setAside: setAsideFor(state, orderId),
  awaited: awaitedBy(state, orderId),
});

/** Loads the stock itself, never a read model, because the order's reservations must be exact. */
export const loadHoldings = async (
  aggregates: Aggregates,
  orderId: OrderId,
  sites: readonly Pick<Site, 'warehouseId'>[],
  products: readonly ProductId[],
): Promise<Holdings> => {
  const holdings = new Map<string, Holding>();
  for (const { warehouseId } of sites) {
    const states = await Promise.all(
      products.map((productId) => aggregates.of(stock).load(stockIdOf(warehouseId, productId))),
    );
    for (const [index, productId] of products.entries()) {
      const holding = holdingOf(states[index] ?? stock.initial, orderId, { warehouseId, productId });
      holdings.set(stockIdOf(warehouseId, productId), holding);
    }
  }
  return {
    of: (warehouseId, productId) =>
      holdings.get(stockIdOf(warehouseId, productId)) ??
      holdingOf(stock.initial, orderId, { warehouseId, productId }),
    ofOrder: () => [...holdings.values()].filter(({ setAside, awaited }) => setAside + awaited > 0),
  };
};
