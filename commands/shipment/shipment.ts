import { z } from 'zod';
import { orderLinesMax } from '../../domain/order';
import { shipment, type ShipmentCommand } from '../../domain/shipment';
import { assignTracking } from './assign-tracking';
import {
  productIdSchema,
  reasonSchema,
  shipmentIdSchema,
  truckIdSchema,
  warehouseIdSchema,
} from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import type { CommandContext } from '../../platform/execution';

/** Executes one command on one shipment. */
const execute = async (command: ShipmentCommand, context: CommandContext, { aggregates }: UseCaseDeps) =>
  outcomeOf(await aggregates.of(shipment).execute(command.shipmentId, command, context), nothing);

const ofShipment = z.object({ shipmentId: shipmentIdSchema });

export const shipmentUseCases = {
  recordPacked: useCase({
    summary: 'Records that the World has packed a shipment.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordPacked', ...input, at: deps.clock.now() }, context, deps),
  }),

  recordTruckDispatched: useCase({
    summary: 'Records that the carrier has sent a truck for a shipment.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: z.object({ shipmentId: shipmentIdSchema, truckId: truckIdSchema }),
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS', 'WRONG_TRUCK'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordTruckDispatched', ...input, at: deps.clock.now() }, context, deps),
  }),

  recordTruckArrived: useCase({
    summary:
      "Records that the carrier's truck is at the warehouse. It may arrive before the shipment is packed.",
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: z.object({
      shipmentId: shipmentIdSchema,
      truckId: truckIdSchema,
      warehouseId: warehouseIdSchema,
    }),
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS', 'WRONG_WAREHOUSE', 'WRONG_TRUCK'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordTruckArrived', ...input, at: deps.clock.now() }, context, deps),
  }),

  recordLoaded: useCase({
    summary: 'Records that the World has loaded a shipment onto its truck.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordLoaded', ...input, at: deps.clock.now() }, context, deps),
  }),

  recordDeliveryStarted: useCase({
    summary: 'Records that the truck is on its way to the customer.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordDeliveryStarted', ...input, at: deps.clock.now() }, context, deps),
  }),

  recordDelivered: useCase({
    summary: 'Records that a shipment is delivered.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordDelivered', ...input, at: deps.clock.now() }, context, deps),
  }),

  assignTracking,

  recordShipmentFailure: useCase({
    summary: 'Records that the World refused a step for good. Staff can retry it.',
    allow: { by: 'gateway', or: 'shipment:report' },
    internal: true,
    input: z.object({
      shipmentId: shipmentIdSchema,
      step: z.enum(['packing', 'loading']).describe('The step that failed: `packing` or `loading`.'),
      reason: reasonSchema,
      lacking: z
        .array(productIdSchema)
        .max(orderLinesMax)
        .describe('The products of which the warehouse has too few, if that is the reason.')
        .exactOptional(),
    }),
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RecordShipmentFailure', ...input, at: deps.clock.now() }, context, deps),
  }),

  retryShipment: useCase({
    summary: 'Retries the step of a shipment that failed.',
    allow: 'shipment:retry',
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RetryShipment', ...input, at: deps.clock.now() }, context, deps),
  }),

  requestShipmentStatus: useCase({
    summary:
      'Asks the carrier for the status of a shipment that is on its truck. The carrier answers with a report, later. A `plain` carrier has no such question and is not asked.',
    allow: 'shipment:retry',
    input: ofShipment,
    success: z.object({}),
    rejections: ['SHIPMENT_NOT_FOUND', 'SHIPMENT_WRONG_STATUS'],
    handle: (input, context, deps) =>
      execute({ type: 'RequestShipmentStatus', ...input, at: deps.clock.now() }, context, deps),
  }),
};
