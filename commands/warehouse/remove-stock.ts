import { z } from 'zod';
import { stock } from '../../domain/stock';
import { replenishmentId as replenishmentIdOf } from '../../platform/identity';
import { demandStaff } from '../authorization';
import { parse, productIdSchema, quantitySchema, reasonSchema, warehouseIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { refusalOfStock, stockIdOf } from './stock-of';

const schema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
  reason: reasonSchema,
});

/** Writes goods off that are broken, lost or miscounted. */
export const removeStock =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'removeStock'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity, reason } = parse(schema, input);
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
