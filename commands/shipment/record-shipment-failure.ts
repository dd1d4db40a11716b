import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, reasonSchema, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({
  shipmentId: shipmentIdSchema,
  step: z.enum(['packing', 'loading']),
  reason: reasonSchema,
});

/** The World refused a step for good; staff may have it tried again. */
export const recordShipmentFailure =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordShipmentFailure'> =>
  async (input, context) => {
    const { shipmentId, step, reason } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordShipmentFailure', shipmentId, step, reason, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
