import type { OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import { availableOf, awaitedBy, setAsideFor, stock, type StockState } from '../../domain/stock';
import type { Aggregates } from '../../platform/execution';
import { stockIdOf } from '../warehouse';
import type { Site } from './sites';

/** What one warehouse has of one product, as far as one order is concerned. */
export type Holding = {
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  readonly available: number;
  readonly setAside: number;
  readonly awaited: number;
};

export interface Holdings {
  of(warehouseId: WarehouseId, productId: ProductId): Holding;
  /** Those in which the order has, or waits for, something. */
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

/** Asks the stock itself, never a read model: what is set aside for the order is exact. */
export const loadHoldings = async (
  aggregates: Aggregates,
  orderId: OrderId,
  sites: readonly Pick<Site, 'warehouseId'>[],
  products: readonly ProductId[],
): Promise<Holdings> => {
  const holdings = new Map<string, Holding>();
  for (const { warehouseId } of sites) {
    const states = await Promise.all(
      products.map((productId) => aggregates.load(stock, stockIdOf(warehouseId, productId))),
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
