import { distanceSquared, type Place, type ProductId, type WarehouseId } from '../../../domain/kernel';
import { StockLevel, stockLevels } from '../../../projections/stock-levels';
import { Warehouse, warehouses as sites } from '../../../projections/warehouses';
import type { EdgeContext } from '../context';
import { staff } from '../caller';
import { afterwards, mutation, mutationsConcept } from './mutation';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { combined, objectType } from './object-type';
import type { Concept } from './resolvers';
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
}
`;

const resolvers: Concept['resolvers'] = {
  Query: {
    warehouses: (_root: unknown, _args: object, { services }: EdgeContext) =>
      services.readers.warehouses.list(),
    nearestWarehouse: async (_root: unknown, { x, y }: Place, { services }: EdgeContext) =>
      nearest({ x, y }, await services.readers.warehouses.list()),
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
      resolve: ({ warehouseId }: Warehouse, args: PageArguments, { viewer, services }: EdgeContext) => {
        staff(viewer);
        return connectionOf(services.readers.stock.ofWarehouse(warehouseId), args);
      },
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
      resolve: ({ warehouseId }: StockLevel, _args: object, context: EdgeContext) =>
        context.warehouse(warehouseId),
    },
    product: {
      type: 'Product',
      description: 'The product; null while the catalogue does not show it.',
      resolve: ({ productId }: StockLevel, _args: object, context: EdgeContext) => context.product(productId),
    },
  },
});

type OfWarehouse = { readonly warehouseId: WarehouseId };
type OfWarehouseInput = { readonly warehouseId: string };
type StockInput = OfWarehouseInput & { readonly productId: ProductId; readonly quantity: number };
type OfStock = OfWarehouse & { readonly productId: ProductId };

const warehouseSuccess = `
  "The warehouse as it is now; null where the read models don't show it yet: read it later."
  warehouse: Warehouse`;
const warehouseIdInput = `
  "The warehouse."
  warehouseId: ID!`;
const stockInput = `${warehouseIdInput}
  "The product."
  productId: ID!
  "How many."
  quantity: Int!`;
const stockSuccess = `
  "The stock as it is now; null where the read models don't show it yet: read it later."
  stock: StockLevel`;

const warehouseFields = {
  warehouse: afterwards(({ warehouseId }: OfWarehouse, context) => context.warehouse(warehouseId)),
};
const keepWarehouse = (_value: object, { warehouseId }: OfWarehouseInput): OfWarehouse => ({
  warehouseId: warehouseIdOf(warehouseId),
});

const stockFields = {
  stock: afterwards(async ({ warehouseId, productId }: OfStock, { services }) => {
    const levels = await services.readers.stock.ofProduct(productId);
    return levels.find((level) => level.warehouseId === warehouseId) ?? null;
  }),
};
const stockCommand = ({ warehouseId, productId, quantity }: StockInput) => ({
  warehouseId: warehouseIdOf(warehouseId),
  productId,
  quantity,
});
const keepStock = (_value: object, { warehouseId, productId }: StockInput): OfStock => ({
  warehouseId: warehouseIdOf(warehouseId),
  productId,
});

export const warehouseMutations = {
  registerWarehouse: mutation('registerWarehouse', {
    description: 'Opens a warehouse. For staff.',
    input: `
  "From west to east."
  x: Int!
  "From south to north."
  y: Int!
  "What people call it."
  name: String!`,
    success: warehouseSuccess,
    rejections: ['NAME_EMPTY', 'PLACE_OUT_OF_RANGE', 'WAREHOUSE_ALREADY_REGISTERED'],
    command: ({ x, y, name }: Place & { name: string }) => ({ name, place: { x, y } }),
    keep: ({ warehouseId }): OfWarehouse => ({ warehouseId }),
    fields: warehouseFields,
  }),
  deactivateWarehouse: mutation('deactivateWarehouse', {
    description: 'Packs no new orders here. For staff.',
    input: warehouseIdInput,
    success: warehouseSuccess,
    rejections: ['WAREHOUSE_NOT_FOUND'],
    command: ({ warehouseId }: OfWarehouseInput) => ({ warehouseId: warehouseIdOf(warehouseId) }),
    keep: keepWarehouse,
    fields: warehouseFields,
  }),
  reactivateWarehouse: mutation('reactivateWarehouse', {
    description: 'Packs new orders here again. For staff.',
    input: warehouseIdInput,
    success: warehouseSuccess,
    rejections: ['WAREHOUSE_NOT_FOUND'],
    command: ({ warehouseId }: OfWarehouseInput) => ({ warehouseId: warehouseIdOf(warehouseId) }),
    keep: keepWarehouse,
    fields: warehouseFields,
  }),
  receiveStock: mutation('receiveStock', {
    description: 'Books goods that have arrived. For staff.',
    input: stockInput,
    success: stockSuccess,
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE'],
    command: stockCommand,
    keep: keepStock,
    fields: stockFields,
  }),
  removeStock: mutation('removeStock', {
    description: 'Writes off goods that are broken, lost or miscounted. For staff.',
    input: `${stockInput}
  "Why."
  reason: String!`,
    success: stockSuccess,
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE', 'INSUFFICIENT_STOCK'],
    command: ({ reason, ...input }: StockInput & { reason: string }) => ({ ...stockCommand(input), reason }),
    keep: keepStock,
    fields: stockFields,
  }),
  replenish: mutation('replenish', {
    description: 'Asks the World for more of a product. For staff.',
    input: stockInput,
    success: `${stockSuccess}
  "Names the request."
  replenishmentId: ID!`,
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE'],
    command: stockCommand,
    keep: ({ replenishmentId }, input: StockInput) => ({ ...keepStock({}, input), replenishmentId }),
    fields: stockFields,
  }),
};

const mutations = mutationsConcept(warehouseMutations);

export const warehouses: Concept = combined(
  { typeDefs: queries, resolvers },
  warehouseType,
  stockLevelType,
  connectionType('StockLevel', "products in a warehouse's stock"),
  mutations,
);
