import { z } from 'zod';
import {
  coordinate,
  described,
  quantity,
  serial,
  trackingText,
  truckNumber,
  warehouseNumber,
} from './fields';

/**
 * Declares a message of the signed dialect: bodies are CloudEvents 1.0 (JSON), signed as Standard Webhooks. `subject`
 * is the number of the shipment as text, or that of the world; `time` is RFC 3339; `traceparent` is W3C trace context.
 */
const noticeOf = <Type extends string, Data extends z.ZodType>(type: Type, data: Data, says: string) =>
  described(
    z.object({
      specversion: z.literal('1.0'),
      id: z.string(),
      source: z.string(),
      type: z.literal(type),
      subject: z.string(),
      time: z.string(),
      datacontenttype: z.literal('application/json'),
      traceparent: z.string().optional(),
      data,
    }),
    says,
  );

const shipment = { shipmentId: serial };
const destination = z.object({ x: coordinate, y: coordinate });
const item = z.object({ productId: serial, description: z.string(), quantity });

/** The notices from Waybill to the carrier, POSTed to its base URL. */
export const shipmentNotices = [
  noticeOf(
    'waybill.shipment.created',
    z.object({
      ...shipment,
      warehouseId: warehouseNumber,
      destination,
      carrierAccount: z.string().optional(),
      items: z.array(item),
    }),
    'A shipment must be fetched at the warehouse and delivered to the destination.',
  ),
  noticeOf(
    'waybill.shipment.packed',
    z.object({ ...shipment, warehouseId: warehouseNumber }),
    'The shipment is packed at its warehouse.',
  ),
  noticeOf(
    'waybill.shipment.loaded',
    z.object({ ...shipment, warehouseId: warehouseNumber, truckId: truckNumber, destination }),
    'The shipment is on the truck.',
  ),
  noticeOf(
    'waybill.shipment.destination-changed',
    z.object({ ...shipment, destination }),
    'The shipment has another destination.',
  ),
  noticeOf('waybill.shipment.cancelled', z.object(shipment), 'The shipment must not be fetched.'),
  noticeOf(
    'waybill.shipment.status-requested',
    z.object(shipment),
    'The carrier must report the status of the shipment.',
  ),
] as const;

const webhookOf = <Type extends string, Data extends z.ZodType>(type: Type, data: Data, says: string) =>
  described(
    z.looseObject({
      specversion: z.literal('1.0'),
      id: z.string().min(1).max(256),
      source: z.string().min(1).max(1_000),
      type: z.literal(type),
      data,
    }),
    says,
  );

/** The reports from the carrier to Waybill, POSTed to `/webhooks/<carrier>`. */
export const carrierWebhooks = [
  webhookOf(
    'carrier.truck.dispatched',
    z.object({ ...shipment, truckId: truckNumber }),
    'A truck is on its way to the warehouse of the shipment.',
  ),
  webhookOf(
    'carrier.truck.arrived',
    z.object({ ...shipment, truckId: truckNumber, warehouseId: warehouseNumber }),
    'The truck is at the warehouse, for the shipment. It may come before the shipment is packed.',
  ),
  webhookOf(
    'carrier.tracking.assigned',
    z.object({ ...shipment, trackingNumber: trackingText }),
    'The shipment has a tracking number.',
  ),
  webhookOf('carrier.delivery.started', z.object(shipment), 'The shipment is on its way to the customer.'),
  webhookOf('carrier.shipment.delivered', z.object(shipment), 'The shipment is delivered.'),
  webhookOf(
    'carrier.world.chosen',
    z.object({ worldId: z.string().regex(/^\d{1,19}$/) }),
    'The world to connect to, an int64 as text, from a carrier with operator permission.',
  ),
] as const;

export type ShipmentNotice = z.infer<(typeof shipmentNotices)[number]>;
export type CarrierWebhook = z.infer<(typeof carrierWebhooks)[number]>;
