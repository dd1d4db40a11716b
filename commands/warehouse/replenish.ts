import { z } from 'zod';
import { stock } from '../../domain/stock';
import { replenishmentId as replenishmentIdOf } from '../../platform/identity';
import { demandStaff } from '../authorization';
import { parse, productIdSchema, quantitySchema, warehouseIdSchema } from '../input';
import { outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { refusalOfStock, stockIdOf } from './stock-of';

const schema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
});

/** Asks the World for more of a product. */
export const replenish =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'replenish'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity } = parse(schema, input);
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
