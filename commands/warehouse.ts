import { z } from 'zod';
import type { ProductId, WarehouseId } from '../domain/kernel';
import { product } from '../domain/product';
import { stock } from '../domain/stock';
import { warehouse } from '../domain/warehouse';
import type { Aggregates } from '../platform/execution';
import { replenishmentId as replenishmentIdOf } from '../platform/ids';
import { demandGateway, demandStaff } from './authorization';
import {
  nameSchema,
  parse,
  placeSchema,
  productIdSchema,
  quantitySchema,
  reasonSchema,
  replenishmentIdSchema,
  warehouseIdSchema,
} from './input';
import { reserveNumbers } from './numbering';
import { nothing, outcomeOf, rejected, stepOf } from './outcome';
import type { UseCaseDeps, UseCaseOf } from './use-case';

const deactivateWarehouseSchema = z.object({ warehouseId: warehouseIdSchema });

/** Takes no new orders; what is under way goes on. */
export const deactivateWarehouse =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'deactivateWarehouse'> =>
  async (input, context) => {
    const { warehouseId } = parse(deactivateWarehouseSchema, input);
    demandStaff(context);
    const executed = await aggregates.execute(
      warehouse,
      warehouseId,
      { type: 'DeactivateWarehouse', warehouseId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const reactivateWarehouseSchema = z.object({ warehouseId: warehouseIdSchema });

/** Takes orders again. */
export const reactivateWarehouse =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'reactivateWarehouse'> =>
  async (input, context) => {
    const { warehouseId } = parse(reactivateWarehouseSchema, input);
    demandStaff(context);
    const executed = await aggregates.execute(
      warehouse,
      warehouseId,
      { type: 'ReactivateWarehouse', warehouseId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

/** The id of the stream of one product's stock in one warehouse. */
export const stockIdOf = (warehouseId: WarehouseId, productId: ProductId): string =>
  `${warehouseId}-${productId}`;

/** Refuses stock of what does not exist, or in a place that does not. */
const refusalOfStock = async (
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

const receiveStockSchema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
  replenishmentId: replenishmentIdSchema.optional(),
});

/** Books goods that have arrived; once per replenishment, where they were asked for. */
export const receiveStock =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'receiveStock'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity, replenishmentId } = parse(receiveStockSchema, input);
    demandGateway(context);
    const refusal = await refusalOfStock(aggregates, warehouseId, productId);
    if (refusal) return refusal;
    const executed = await aggregates.execute(
      stock,
      stockIdOf(warehouseId, productId),
      {
        type: 'ReceiveStock',
        warehouseId,
        productId,
        quantity,
        ...(replenishmentId === undefined ? {} : { replenishmentId }),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const registerWarehouseSchema = z.object({ name: nameSchema, place: placeSchema });

/** Opens a warehouse. Its id is the World's `whnum`, so it is a number, given out in order. */
export const registerWarehouse =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'registerWarehouse'> =>
  async (input, context) => {
    const { name, place } = parse(registerWarehouseSchema, input);
    demandStaff(context);
    // Not from a block: a repeat has to find the number that it was given the first time.
    const reservation = stepOf(context, 'number-of-warehouse');
    const number = await reserveNumbers(aggregates, { series: 'warehouse', count: 1 }, reservation);
    const warehouseId = number as WarehouseId;
    const executed = await aggregates.execute(
      warehouse,
      warehouseId,
      { type: 'RegisterWarehouse', warehouseId, name, place, at: clock.now() },
      context,
    );
    return outcomeOf(executed, { warehouseId });
  };

const removeStockSchema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
  reason: reasonSchema,
});

/** Writes goods off that are broken, lost or miscounted. */
export const removeStock =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'removeStock'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity, reason } = parse(removeStockSchema, input);
    demandStaff(context);
    const refusal = await refusalOfStock(aggregates, warehouseId, productId);
    if (refusal) return refusal;
    const executed = await aggregates.execute(
      stock,
      stockIdOf(warehouseId, productId),
      {
        type: 'RemoveStock',
        warehouseId,
        productId,
        quantity,
        reason,
        replenishmentId: replenishmentIdOf(context.commandId),
        at: clock.now(),
      },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const replenishSchema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
});

/** Asks the World for more of a product. */
export const replenish =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'replenish'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity } = parse(replenishSchema, input);
    demandStaff(context);
    const refusal = await refusalOfStock(aggregates, warehouseId, productId);
    if (refusal) return refusal;
    const replenishmentId = replenishmentIdOf(context.commandId);
    const executed = await aggregates.execute(
      stock,
      stockIdOf(warehouseId, productId),
      { type: 'ReplenishStock', warehouseId, productId, quantity, replenishmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, { replenishmentId });
  };
