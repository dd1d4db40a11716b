import { z } from 'zod';
import type { ProductId, ReplenishmentId, WarehouseId } from '../domain/kernel';
import { stock, type StockEvent } from '../domain/stock';
import { streamName, type StreamName } from '../platform/event-store';
import { readModel, type DocumentOf, type EventOf, type Fold } from '../platform/projections';
import { uuid, warehouseId } from './fields';

const Replenishment = z
  .strictObject({
    id: uuid<ReplenishmentId>().describe('The unique identifier.'),
    quantity: z.int32().describe('The number of pieces that were requested.'),
  })
  .describe('One request for more of the product.');

export const StockLevel = z
  .strictObject({
    id: z.string().describe('`<warehouseId>-<productId>`.'),
    warehouseId: warehouseId.describe('The warehouse.'),
    productId: uuid<ProductId>().describe('The product.'),
    onHand: z.int().describe('The number of pieces that are free to be sold.'),
    reserved: z.int().describe('The number of pieces that are set aside for orders.'),
    shipped: z.int().describe('The number of pieces that have left with shipments.'),
    removed: z.int().describe('The number of pieces that were written off: broken, lost or miscounted.'),
    received: z.int().describe('All pieces that ever arrived: onHand + reserved + shipped + removed.'),
    backordered: z.int().describe('The number of pieces that orders wait for.'),
    onOrder: z.int().describe('The number of pieces that were requested and have not arrived.'),
    replenishments: z
      .array(Replenishment)
      .describe('The requests that have not arrived, in the order in which they were made.'),
    lowStockThreshold: z
      .int32()
      .nullable()
      .describe('The quantity below which the stock counts as low; null where none was set.'),
    isLow: z.boolean().describe('Whether fewer pieces are free to be sold than the threshold.'),
  })
  .describe(
    'The quantities of one product in one warehouse. received = onHand + reserved + shipped + removed.',
  );
export type StockLevel = DocumentOf<typeof StockLevel>;

/** The streams that the document of a stock level is made from. For time travel. */
export const stockLevelStreams = ({ id }: Pick<StockLevel, 'id'>): readonly StreamName[] => [
  streamName(stock.category, id),
];

type At = { readonly warehouseId: WarehouseId; readonly productId: ProductId };

/** Returns the id of the document of a product in a warehouse. */
export const stockLevelIdOf = ({ warehouseId, productId }: At): string => `${warehouseId}-${productId}`;

const emptyAt = ({ warehouseId, productId }: At): StockLevel => ({
  id: stockLevelIdOf({ warehouseId, productId }),
  warehouseId,
  productId,
  onHand: 0,
  reserved: 0,
  shipped: 0,
  removed: 0,
  received: 0,
  backordered: 0,
  onOrder: 0,
  replenishments: [],
  lowStockThreshold: null,
  isLow: false,
});

/** Returns the fold of an event that changes some figures. The first event of a stock begins with an empty one. */
const changing =
  <Fact extends StockEvent>(
    change: (level: StockLevel, data: EventOf<Fact>['data']) => Partial<StockLevel>,
  ): Fold<StockLevel, Fact> =>
  (found, { data }) => {
    const level = found ?? emptyAt(data);
    const changed = { ...level, ...change(level, data) };
    return { ...changed, isLow: changed.onHand < (changed.lowStockThreshold ?? 0) };
  };

const onOrder = (replenishments: StockLevel['replenishments']): Partial<StockLevel> => ({
  replenishments,
  onOrder: replenishments.reduce((sum, { quantity }) => sum + quantity, 0),
});

export const stockLevels = readModel<StockLevel, StockEvent>('stock_levels', {
  question: 'How many pieces of each product does each warehouse have, and how many will arrive?',
  version: 2,
  document: StockLevel,
  indexes: {
    by_product: ['productId', 'warehouseId'],
    by_warehouse: ['warehouseId', 'productId'],
    by_backorder: ['backordered'],
    by_low: ['isLow', 'warehouseId', 'productId'],
  },
  key: ({ data }) => stockLevelIdOf(data),
  on: {
    StockReceived: changing((level, { quantity, replenishmentId }) => ({
      received: level.received + quantity,
      onHand: level.onHand + quantity,
      ...onOrder(level.replenishments.filter(({ id }) => id !== replenishmentId)),
    })),
    StockRemoved: changing((level, { quantity }) => ({
      onHand: level.onHand - quantity,
      removed: level.removed + quantity,
    })),
    StockReserved: changing((level, { quantity, backorderFilled }) => ({
      onHand: level.onHand - quantity,
      reserved: level.reserved + quantity,
      backordered: backorderFilled ? level.backordered - quantity : level.backordered,
    })),
    StockBackordered: changing((level, { quantity }) => ({ backordered: level.backordered + quantity })),
    StockReleased: changing((level, { quantity, awaited }) => ({
      onHand: level.onHand + quantity,
      reserved: level.reserved - quantity,
      backordered: level.backordered - awaited,
    })),
    StockShipped: changing((level, { quantity }) => ({
      reserved: level.reserved - quantity,
      shipped: level.shipped + quantity,
    })),
    StockReplenishmentRequested: changing((level, { replenishmentId: id, quantity }) =>
      onOrder([...level.replenishments, { id, quantity }]),
    ),
    StockThresholdSet: changing((_, { threshold }) => ({ lowStockThreshold: threshold })),
  },
});
