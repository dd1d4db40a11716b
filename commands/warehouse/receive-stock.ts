import { z } from 'zod';
import { stock } from '../../domain/stock';
import { demandGateway } from '../authorization';
import { parse, productIdSchema, quantitySchema, replenishmentIdSchema, warehouseIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { refusalOfStock, stockIdOf } from './stock-of';

const schema = z.object({
  warehouseId: warehouseIdSchema,
  productId: productIdSchema,
  quantity: quantitySchema,
  replenishmentId: replenishmentIdSchema.optional(),
});

/** Books goods that have arrived; once per replenishment, where they were asked for. */
export const receiveStock =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'receiveStock'> =>
  async (input, context) => {
    const { warehouseId, productId, quantity, replenishmentId } = parse(schema, input);
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
