import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, shipmentIdSchema, truckIdSchema, warehouseIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({
  shipmentId: shipmentIdSchema,
  truckId: truckIdSchema,
  warehouseId: warehouseIdSchema,
});

/** The carrier's truck is at the warehouse; it may be there before the shipment is packed. */
export const recordTruckArrived =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordTruckArrived'> =>
  async (input, context) => {
    const { shipmentId, truckId, warehouseId } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordTruckArrived', shipmentId, truckId, warehouseId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
