import { z } from 'zod';
import { shipment } from '../domain/shipment';
import type { CommandContext } from '../platform/execution';
import { demandGateway, demandStaff } from './authorization';
import { parse, reasonSchema, shipmentIdSchema, truckIdSchema, warehouseIdSchema } from './input';
import { nothing, outcomeOf } from './outcome';
import type { UseCaseDeps, UseCaseOf } from './use-case';

const ofShipmentSchema = z.object({ shipmentId: shipmentIdSchema });

/** What is asked of a shipment by its id alone. */
type Name =
  | 'recordPacked'
  | 'recordLoaded'
  | 'recordDeliveryStarted'
  | 'recordDelivered'
  | 'requestShipmentStatus'
  | 'retryShipment';

/** @param demand - refuses whoever may not ask it. */
const ofShipment =
  <Asked extends Name>(type: Capitalize<Asked>, demand: (context: CommandContext) => void) =>
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<Asked> =>
  async (input, context) => {
    const { shipmentId } = parse(ofShipmentSchema, input);
    demand(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type, shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

/** It is at the door. */
export const recordDelivered = ofShipment<'recordDelivered'>('RecordDelivered', demandGateway);

/** The truck is on its way to the customer. */
export const recordDeliveryStarted = ofShipment<'recordDeliveryStarted'>(
  'RecordDeliveryStarted',
  demandGateway,
);

/** The World has put it on the truck. */
export const recordLoaded = ofShipment<'recordLoaded'>('RecordLoaded', demandGateway);

/** The World has packed it. */
export const recordPacked = ofShipment<'recordPacked'>('RecordPacked', demandGateway);

const recordShipmentFailureSchema = z.object({
  shipmentId: shipmentIdSchema,
  step: z.enum(['packing', 'loading']),
  reason: reasonSchema,
});

/** The World refused a step for good; staff may have it tried again. */
export const recordShipmentFailure =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordShipmentFailure'> =>
  async (input, context) => {
    const { shipmentId, step, reason } = parse(recordShipmentFailureSchema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordShipmentFailure', shipmentId, step, reason, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const recordTruckArrivedSchema = z.object({
  shipmentId: shipmentIdSchema,
  truckId: truckIdSchema,
  warehouseId: warehouseIdSchema,
});

/** The carrier's truck is at the warehouse; it may be there before the shipment is packed. */
export const recordTruckArrived =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordTruckArrived'> =>
  async (input, context) => {
    const { shipmentId, truckId, warehouseId } = parse(recordTruckArrivedSchema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordTruckArrived', shipmentId, truckId, warehouseId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

const recordTruckDispatchedSchema = z.object({ shipmentId: shipmentIdSchema, truckId: truckIdSchema });

/** The carrier has sent a truck for it. */
export const recordTruckDispatched =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordTruckDispatched'> =>
  async (input, context) => {
    const { shipmentId, truckId } = parse(recordTruckDispatchedSchema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordTruckDispatched', shipmentId, truckId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };

/** Has the carrier asked how a shipment is; what it answers comes as any report of its. */
export const requestShipmentStatus = ofShipment<'requestShipmentStatus'>(
  'RequestShipmentStatus',
  demandStaff,
);

/** Has the failed step done again. */
export const retryShipment = ofShipment<'retryShipment'>('RetryShipment', demandStaff);
