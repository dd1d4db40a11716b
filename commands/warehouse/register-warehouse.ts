import { z } from 'zod';
import type { WarehouseId } from '../../domain/kernel';
import { warehouse } from '../../domain/warehouse';
import { demandStaff } from '../authorization';
import { nameSchema, parse, placeSchema } from '../input';
import { reserveNumbers } from '../numbering';
import { outcomeOf, stepOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ name: nameSchema, place: placeSchema });

/** Opens a warehouse. Its id is the World's `whnum`, so it is a number, given out in order. */
export const registerWarehouse =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'registerWarehouse'> =>
  async (input, context) => {
    const { name, place } = parse(schema, input);
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
