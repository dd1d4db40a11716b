import type { ProductId, ReplenishmentId, WarehouseId } from '../domain/kernel';
import { stock, type StockEvent } from '../domain/stock';
import { streamName, type StreamName } from '../platform/event-store';
import type { EventOf, Handler, Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { list, record, text, whole } from './schema';

/** One product in one warehouse; `id` is `<warehouseId>-<productId>`. received = onHand + reserved + shipped + removed. */
export type StockLevel = {
  readonly id: string;
  readonly warehouseId: WarehouseId;
  readonly productId: ProductId;
  readonly onHand: number;
  readonly reserved: number;
  readonly shipped: number;
  readonly removed: number;
  readonly received: number;
  /** Wanted by orders that wait. */
  readonly backordered: number;
  /** Asked for and not arrived yet: the sum of `replenishments`. */
  readonly onOrder: number;
  /** What was asked for and has not arrived, in the order of asking. */
  readonly replenishments: readonly { readonly id: ReplenishmentId; readonly quantity: number }[];
};

/** The streams that a stock level's document comes from. For time travel. */
export const stockLevelStreams = ({ id }: Pick<StockLevel, 'id'>): readonly StreamName[] => [
  streamName(stock.category, id),
];

const collection: CollectionSpec = {
  name: 'stock_levels',
  version: 1,
  indexes: [
    { name: 'by_product', fields: ['productId', 'warehouseId'] },
    { name: 'by_warehouse', fields: ['warehouseId', 'productId'] },
    { name: 'by_backorder', fields: ['backordered'] },
  ],
  schema: record<StockLevel>(
    {
      id: text('`<warehouseId>-<productId>`.'),
      warehouseId: whole("The World's `whnum`."),
      productId: text('UUID.'),
      onHand: whole('Free to be sold now.'),
      reserved: whole('Set aside for orders.'),
      shipped: whole('Gone out with shipments.'),
      removed: whole('Left the books otherwise: broken, lost, counted wrong.'),
      received: whole('All that ever came: onHand + reserved + shipped + removed.'),
      backordered: whole('Wanted by orders that wait.'),
      onOrder: whole('Asked for and not arrived yet.'),
      replenishments: list(
        record<StockLevel['replenishments'][number]>(
          { id: text('UUID.'), quantity: whole('How many were asked for.') },
          'One request for more.',
        ),
        'What was asked for and has not arrived, in the order of asking.',
      ),
    },
    'One product in one warehouse.',
  ),
};

type At = { readonly warehouseId: WarehouseId; readonly productId: ProductId };

const idOf = ({ data: { warehouseId, productId } }: { readonly data: At }) => [`${warehouseId}-${productId}`];

const nothingAt = ({ warehouseId, productId }: At, id: string): StockLevel => ({
  id,
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
});

/** What the fact does to the figures; a stock that was not heard of before begins with nothing. */
const on = <Fact extends StockEvent>(
  change: (level: StockLevel, data: EventOf<Fact>['data']) => Partial<StockLevel>,
): Handler<StockLevel, Fact> => ({
  ids: idOf,
  evolve: (document, { data }, id) => {
    const level = document ?? nothingAt(data, id);
    return { ...level, ...change(level, data) };
  },
});

const onOrder = (replenishments: StockLevel['replenishments']): Partial<StockLevel> => ({
  replenishments,
  onOrder: replenishments.reduce((sum, { quantity }) => sum + quantity, 0),
});

/** How many there are of each product in each warehouse, were, and will be. */
export const stockLevels: Projection<StockLevel, StockEvent> = {
  collection,
  handlers: {
    StockReceived: on((level, { quantity, replenishmentId }) => ({
      received: level.received + quantity,
      onHand: level.onHand + quantity,
      ...onOrder(level.replenishments.filter(({ id }) => id !== replenishmentId)),
    })),
    StockRemoved: on((level, { quantity }) => ({
      onHand: level.onHand - quantity,
      removed: level.removed + quantity,
    })),
    StockReserved: on((level, { quantity, backorderFilled }) => ({
      onHand: level.onHand - quantity,
      reserved: level.reserved + quantity,
      backordered: backorderFilled ? level.backordered - quantity : level.backordered,
    })),
    StockBackordered: on((level, { quantity }) => ({ backordered: level.backordered + quantity })),
    StockReleased: on((level, { quantity, awaited }) => ({
      onHand: level.onHand + quantity,
      reserved: level.reserved - quantity,
      backordered: level.backordered - awaited,
    })),
    StockShipped: on((level, { quantity }) => ({
      reserved: level.reserved - quantity,
      shipped: level.shipped + quantity,
    })),
    StockReplenishmentRequested: on((level, { replenishmentId: id, quantity }) =>
      onOrder([...level.replenishments, { id, quantity }]),
    ),
  },
};
