import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, shipmentIdSchema, textSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema, trackingNumber: textSchema(100) });

/** The carrier has given it a number of its own. */
export const assignTracking =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'assignTracking'> =>
  async (input, context) => {
    const { shipmentId, trackingNumber } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'AssignTracking', shipmentId, trackingNumber, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
