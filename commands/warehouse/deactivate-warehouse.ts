import { z } from 'zod';
import { warehouse } from '../../domain/warehouse';
import { demandStaff } from '../authorization';
import { parse, warehouseIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ warehouseId: warehouseIdSchema });

/** Takes no new orders; what is under way goes on. */
export const deactivateWarehouse =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'deactivateWarehouse'> =>
  async (input, context) => {
    const { warehouseId } = parse(schema, input);
    demandStaff(context);
    const executed = await aggregates.execute(
      warehouse,
      warehouseId,
      { type: 'DeactivateWarehouse', warehouseId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
