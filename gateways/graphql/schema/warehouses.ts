import { z } from 'zod';
import { placeSchema } from '../../../commands/use-case/input';
import {
  distanceSquared,
  type Instant,
  type Place,
  type ProductId,
  type WarehouseId,
} from '../../../domain/kernel';
import { StockLevel, stockLevelIdOf, stockLevels } from '../../../projections/stock-levels';
import { Warehouse, warehouses as sites } from '../../../projections/warehouses';
import type { EdgeContext } from '../context';
import { instead, mutationsConcept, shown, type Mutations } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';
import { warehouseIdOf } from './values';

/** The nearest active one; of two as near, the one that was there first. */
const nearest = (place: Place, all: readonly Warehouse[]): Warehouse | null => {
  let best: { readonly warehouse: Warehouse; readonly distance: bigint } | undefined;
  for (const warehouse of all) {
    if (!warehouse.active) continue;
    const distance = distanceSquared(place, warehouse);
    if (best === undefined || distance < best.distance) best = { warehouse, distance };
  }
  return best?.warehouse ?? null;
};

const queries = `
extend type Query {
  "All warehouses, ordered by number."
  warehouses: [Warehouse!]
  "The active warehouse that is nearest to a place, in a straight line; null where there is none."
  nearestWarehouse(
    "From west to east."
    x: Int!
    "From south to north."
    y: Int!
  ): Warehouse
  "The stock that is below its low-stock threshold, ordered by warehouse. For staff."
  lowStock(${pageArguments}
    "Returns only the stock of this warehouse."
    warehouseId: ID
    "Returns the list as it was at this moment. It is built on the side, so the first answer may be the error \`PAST_BEING_BUILT\`."
    asOf: DateTime
  ): StockLevelConnection
  "The stock of a product in a warehouse; null where there never was any. For staff."
  stockLevel(
    "The number of the warehouse."
    warehouseId: ID!
    "The unique identifier of the product."
    productId: ID!
    "Returns the stock as it was at this moment."
    asOf: DateTime
  ): StockLevel
}
`;

type LowStockArguments = PageArguments & {
  readonly warehouseId?: string | null;
  readonly asOf?: Instant | null;
};
type OneStockLevel = {
  readonly warehouseId: string;
  readonly productId: ProductId;
  readonly asOf?: Instant | null;
};

const resolvers: Concept['resolvers'] = {
  Query: {
    warehouses: allowed('everyone', (_args: object, { services }) => services.readers.warehouses.list()),
    nearestWarehouse: allowed('everyone', async ({ x, y }: Place, { services }) =>
      nearest({ x, y }, await services.readers.warehouses.list()),
    ),
    lowStock: allowed(
      'stock:read',
      async ({ warehouseId, asOf, ...page }: LowStockArguments, { services }) => {
        const only = typeof warehouseId === 'string' ? warehouseIdOf(warehouseId) : undefined;
        const { stock } = asOf ? await services.past.readers(stockLevels, asOf) : services.readers;
        return connectionOf(stock.low(only), page);
      },
    ),
    stockLevel: allowed('stock:read', ({ warehouseId, productId, asOf }: OneStockLevel, context) =>
      context.stockLevel(
        stockLevelIdOf({
          warehouseId: warehouseIdOf(warehouseId),
          productId: productId.toLowerCase() as ProductId,
        }),
        asOf ?? undefined,
      ),
    ),
  },
};

const warehouseType = objectType('Warehouse', Warehouse, {
  isNode: true,
  readModels: [sites],
  omit: ['warehouseId'],
  fields: {
    stock: {
      type: 'StockLevelConnection',
      description: 'The stock of all products in the warehouse. For staff.',
      args: pageArguments,
      resolve: allowed('stock:read', (args: PageArguments, { services }, { warehouseId }: Warehouse) =>
        connectionOf(services.readers.stock.ofWarehouse(warehouseId), args),
      ),
    },
  },
});

const stockLevelType = objectType('StockLevel', StockLevel, {
  readModels: [stockLevels],
  omit: ['id', 'warehouseId', 'productId', 'replenishments'],
  fields: {
    warehouse: {
      type: 'Warehouse',
      description: 'The warehouse that has the stock.',
      resolve: ({ warehouseId }: StockLevel, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.warehouses.load(String(warehouseId), viewer),
    },
    // A document of version 1 has no such field.
    isLow: { resolve: ({ isLow = false }: Partial<StockLevel>) => isLow },
    product: {
      type: 'Product',
      description: 'The product; null while the catalogue does not show it.',
      resolve: ({ productId }: StockLevel, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.products.load(productId, viewer),
    },
  },
});

type OfWarehouse = { readonly warehouseId: WarehouseId };
type OfStock = OfWarehouse & { readonly productId: ProductId };

const shownWarehouse = {
  shows: shown('warehouse', 'Warehouse', ({ warehouseId }: OfWarehouse, context) =>
    context.loaders.warehouses.load(String(warehouseId), context.viewer),
  ),
};

const shownStock = {
  shows: shown('stock', 'StockLevel', async ({ warehouseId, productId }: OfStock, { services }) => {
    const levels = await services.readers.stock.ofProduct(productId);
    return levels.find((level) => level.warehouseId === warehouseId) ?? null;
  }),
};

export const warehouseMutations = {
  registerWarehouse: {
    ...shownWarehouse,
    replaces: { place: instead(z.object(placeSchema.shape), ({ x, y }) => ({ x, y })) },
  },
  deactivateWarehouse: shownWarehouse,
  reactivateWarehouse: shownWarehouse,
  receiveStock: { ...shownStock, omits: ['replenishmentId'] },
  removeStock: shownStock,
  setLowStockThreshold: shownStock,
  replenish: { ...shownStock, repeats: ['replenishmentId'] },
} satisfies Mutations;

const mutations = mutationsConcept(warehouseMutations);

export const warehouses: Concept = combined(
  { typeDefs: queries, resolvers },
  warehouseType,
  stockLevelType,
  connectionType('StockLevel', "products in a warehouse's stock"),
  mutations,
);
