import { z } from 'zod';
import type { ProductId, WarehouseId } from '../domain/kernel';
import { product } from '../domain/product';
import { stock, type StockCommand } from '../domain/stock';
import { warehouse } from '../domain/warehouse';
import type { CommandContext } from '../platform/execution';
import { replenishmentId as replenishmentIdOf } from '../platform/ids';
import {
  nameSchema,
  placeSchema,
  productIdSchema,
  quantitySchema,
  reasonSchema,
  replenishmentIdSchema,
  warehouseIdSchema,
} from './use-case/input';
import { reserveNumbers } from './numbering';
import { nothing, outcomeOf, rejected, stepOf, type Outcome } from './use-case/outcome';
import { useCase, type UseCaseDeps } from './use-case/use-case';

/** The id of the stream of one product's stock in one warehouse. */
export const stockIdOf = (warehouseId: WarehouseId, productId: ProductId): string =>
  `${warehouseId}-${productId}`;

/** Tests whether there is such a warehouse, active or not. */
export const isWarehouse = async (
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
  warehouseId: WarehouseId,
): Promise<boolean> => (await aggregates.of(warehouse).load(warehouseId)).status !== 'NONE';

type StockOutcome = Outcome<typeof nothing, 'WAREHOUSE_NOT_FOUND' | 'PRODUCT_NOT_FOUND'>;

/** Executes a command on the stock of a product in a warehouse, both of which must exist. */
const executeOnStock = async (
  command: Extract<StockCommand, { warehouseId: WarehouseId; productId: ProductId }>,
  context: CommandContext,
  { aggregates }: UseCaseDeps,
): Promise<StockOutcome> => {
  const { warehouseId, productId } = command;
  const [place, goods] = await Promise.all([
    aggregates.of(warehouse).load(warehouseId),
    aggregates.of(product).load(productId),
  ]);
  if (place.status === 'NONE') return rejected({ code: 'WAREHOUSE_NOT_FOUND', warehouseId });
  if (goods.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
  const stockId = stockIdOf(warehouseId, productId);
  return outcomeOf(await aggregates.of(stock).execute(stockId, command, context), nothing);
};

const ofStock = { warehouseId: warehouseIdSchema, productId: productIdSchema, quantity: quantitySchema };

export const warehouseUseCases = {
  registerWarehouse: useCase({
    summary: 'Opens a warehouse.',
    allow: 'warehouse:change',
    input: z.object({
      place: placeSchema.describe('The place of the warehouse.'),
      name: nameSchema.describe('The name of the warehouse.'),
    }),
    success: z.object({ warehouseId: warehouseIdSchema }),
    rejections: ['NAME_EMPTY', 'PLACE_OUT_OF_RANGE', 'WAREHOUSE_ALREADY_REGISTERED'],
    handle: async ({ name, place }, context, { aggregates, clock }) => {
      // Its id is the World's `whnum`. It is reserved by itself, not taken from a block, so that a repeat gets the same number.
      const reservation = stepOf(context, 'number-of-warehouse');
      const number = await reserveNumbers(aggregates, { series: 'warehouse', count: 1 }, reservation);
      const warehouseId = number as WarehouseId;
      const warehouses = aggregates.of(warehouse);
      const executed = await warehouses.execute(
        warehouseId,
        { type: 'RegisterWarehouse', warehouseId, name, place, at: clock.now() },
        context,
      );
      return outcomeOf(executed, { warehouseId });
    },
  }),

  deactivateWarehouse: useCase({
    summary: 'Stops new orders from being packed in a warehouse. Orders that are under way go on.',
    allow: 'warehouse:change',
    input: z.object({ warehouseId: warehouseIdSchema }),
    success: z.object({}),
    rejections: ['WAREHOUSE_NOT_FOUND'],
    handle: async ({ warehouseId }, context, { aggregates, clock }) => {
      const command = { type: 'DeactivateWarehouse', warehouseId, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(warehouse).execute(warehouseId, command, context), nothing);
    },
  }),

  reactivateWarehouse: useCase({
    summary: 'Lets new orders be packed in a warehouse again.',
    allow: 'warehouse:change',
    input: z.object({ warehouseId: warehouseIdSchema }),
    success: z.object({}),
    rejections: ['WAREHOUSE_NOT_FOUND'],
    handle: async ({ warehouseId }, context, { aggregates, clock }) => {
      const command = { type: 'ReactivateWarehouse', warehouseId, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(warehouse).execute(warehouseId, command, context), nothing);
    },
  }),

  receiveStock: useCase({
    summary: 'Adds goods that have arrived to the stock of a warehouse.',
    allow: { by: 'gateway', or: 'stock:change' },
    input: z.object({
      ...ofStock,
      replenishmentId: replenishmentIdSchema
        .describe('The replenishment that the goods were ordered with. It is received once.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE'],
    handle: (input, context, deps) =>
      executeOnStock({ type: 'ReceiveStock', ...input, at: deps.clock.now() }, context, deps),
  }),

  removeStock: useCase({
    summary: 'Removes goods that are broken, lost or miscounted from the stock of a warehouse.',
    allow: 'stock:change',
    input: z.object({ ...ofStock, reason: reasonSchema }),
    success: z.object({}),
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE', 'INSUFFICIENT_STOCK'],
    handle: (input, context, deps) => {
      const replenishmentId = replenishmentIdOf(context.commandId);
      const command = { type: 'RemoveStock', ...input, replenishmentId, at: deps.clock.now() } as const;
      return executeOnStock(command, context, deps);
    },
  }),

  setLowStockThreshold: useCase({
    summary: 'Sets the quantity below which the stock of a product in a warehouse counts as low.',
    allow: 'stock:change',
    input: z.object({
      warehouseId: warehouseIdSchema,
      productId: productIdSchema,
      threshold: quantitySchema.describe('The number of pieces. With 0 the stock never counts as low.'),
    }),
    success: z.object({}),
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'LOW_STOCK_THRESHOLD_OUT_OF_RANGE'],
    handle: (input, context, deps) =>
      executeOnStock({ type: 'SetLowStockThreshold', ...input, at: deps.clock.now() }, context, deps),
  }),

  replenish: useCase({
    summary: 'Orders more of a product from the World for a warehouse.',
    allow: 'stock:change',
    input: z.object(ofStock),
    success: z.object({ replenishmentId: replenishmentIdSchema }),
    rejections: ['WAREHOUSE_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'QUANTITY_OUT_OF_RANGE'],
    handle: async (input, context, deps) => {
      const replenishmentId = replenishmentIdOf(context.commandId);
      const command = { type: 'ReplenishStock', ...input, replenishmentId, at: deps.clock.now() } as const;
      const outcome = await executeOnStock(command, context, deps);
      return outcome.kind === 'accepted' ? { ...outcome, value: { replenishmentId } } : outcome;
    },
  }),
};
