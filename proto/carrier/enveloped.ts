import { z } from 'zod';
import { coordinate, described, quantity, serial, truckNumber, warehouseNumber } from './fields';

const shipment = { shipment_id: serial };
const shipmentAsText = { shipment_id: z.string().regex(/^[1-9]\d{0,15}$/) };
const place = { destination_x: coordinate, destination_y: coordinate };

const envelope = (type: string, payload: z.ZodType, says: string) =>
  described(
    z.looseObject({
      message_type: z.literal(type),
      timestamp: z.string().min(1).max(64),
      sequence_number: z.int().min(0).optional(),
      payload,
    }),
    says,
  );
const message = (path: string, type: string, payload: z.ZodRawShape, says: string) =>
  [path, envelope(type, z.looseObject(payload), `POST ${path}: ${says}`)] as const;

/** The notices from Waybill to a carrier of the enveloped dialect, by path after its base URL and prefix. */
export const envelopedNotices = [
  message(
    '/shipment',
    'ShipmentCreated',
    {
      ...{ user_id: z.int().min(0), email: z.string(), ...shipment, warehouse_id: warehouseNumber, ...place },
      ups_account: z.string().optional(),
    },
    'A shipment must be fetched at the warehouse and delivered to the destination.',
  ),
  message('/shipment_loaded', 'ShipmentLoaded', shipment, 'The shipment is on its truck.'),
  message(
    '/shipment_status',
    'ShipmentStatusRequest',
    shipmentAsText,
    'The carrier must report the status of the shipment.',
  ),
  message(
    '/address_change',
    'AddressChange',
    { ...shipmentAsText, ...place },
    'The shipment has another destination.',
  ),
] as const;

/** The reports from a carrier of the enveloped dialect to Waybill, by path. */
export const envelopedReports = [
  message(
    '/api/webhooks/truck-dispatched',
    'TruckDispatched',
    { truck_id: truckNumber, ...shipment },
    'A truck is on its way to the warehouse of the shipment.',
  ),
  message(
    '/api/webhooks/truck-arrived',
    'TruckArrived',
    { truck_id: truckNumber, warehouse_id: warehouseNumber, shipment_id: serial.optional() },
    'The truck is at the warehouse. Without a shipment it takes all packed shipments there.',
  ),
  message('/api/webhooks/shipment-delivered', 'ShipmentDelivered', shipment, 'The shipment is delivered.'),
  message(
    '/api/webhooks/shipment-detail-request',
    'PackageDetailRequest',
    shipment,
    'A request for the items and the destination of the shipment. The answer is ShipmentDetailResponse.',
  ),
] as const;

const item = z.object({ product_id: serial, description: z.string(), quantity });

/** Waybill's answer to a request for details. */
export const shipmentDetailResponse = envelope(
  'ShipmentDetailResponse',
  z.looseObject({ ...shipment, warehouse_id: warehouseNumber, ...place, items: z.array(item) }),
  'The items and the destination of the shipment.',
);
