import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, shipmentIdSchema, truckIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema, truckId: truckIdSchema });

/** The carrier has sent a truck for it. */
export const recordTruckDispatched =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordTruckDispatched'> =>
  async (input, context) => {
    const { shipmentId, truckId } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordTruckDispatched', shipmentId, truckId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
