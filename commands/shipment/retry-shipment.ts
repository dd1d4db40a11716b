import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandStaff } from '../authorization';
import { parse, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema });

/** Has the failed step done again. */
export const retryShipment =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'retryShipment'> =>
  async (input, context) => {
    const { shipmentId } = parse(schema, input);
    demandStaff(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RetryShipment', shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
