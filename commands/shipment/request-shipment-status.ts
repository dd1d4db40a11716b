import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandStaff } from '../authorization';
import { parse, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema });

/** Has the carrier asked how a shipment is; what it answers comes as any report of its. */
export const requestShipmentStatus =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'requestShipmentStatus'> =>
  async (input, context) => {
    const { shipmentId } = parse(schema, input);
    demandStaff(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RequestShipmentStatus', shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
