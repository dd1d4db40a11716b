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

const seqnum = z.int().min(0);
const shipment = { shipment_id: serial };
const site = { warehouse_id: warehouseNumber };
const item = z.object({ product_id: serial, description: z.string(), quantity });

const notice = <Shape extends z.ZodRawShape>(path: string, shape: Shape, says: string) =>
  [path, described(z.object({ ...shape, seqnum }), `POST ${path}: ${says}`)] as const;

/** The notices from Waybill to a carrier of the plain dialect, by path after its base URL and prefix. */
export const plainNotices = [
  notice(
    '/package-created',
    {
      ...shipment,
      ...site,
      destination_x: coordinate,
      destination_y: coordinate,
      ups_account: z.string().optional(),
      items: z.array(item),
    },
    'A shipment must be fetched at the warehouse and delivered to the destination.',
  ),
  notice('/package-packed', { ...shipment, ...site }, 'The shipment is packed at its warehouse.'),
  notice('/package-loaded', { ...shipment, truck_id: truckNumber }, 'The shipment is on the truck.'),
] as const;

const report = <Shape extends z.ZodRawShape>(path: string, shape: Shape, says: string) =>
  [
    path,
    described(
      z.looseObject({ ...shape, seqnum: seqnum.optional(), acks: z.array(seqnum).optional() }),
      `POST ${path}: ${says}`,
    ),
  ] as const;

const goods = z.union([
  z.object({ ...site, product_id: serial, quantity }),
  z.object({
    ...site,
    things: z
      .array(z.object({ id: serial, count: quantity }))
      .min(1)
      .max(100),
  }),
]);
const worldEvent = (type: string, data: z.ZodType, says: string) =>
  report('/api/world/event', { event_type: z.literal(type), event_data: data }, says);

/** The reports from a carrier of the plain dialect to Waybill, by path. */
export const plainReports = [
  report(
    '/api/ups/truck-arrived',
    { truck_id: truckNumber, ...site },
    'A truck is at the warehouse; every packed shipment there goes on it.',
  ),
  report('/api/ups/package-delivered', shipment, 'The shipment is delivered.'),
  report(
    '/api/ups/tracking',
    { ...shipment, tracking_id: trackingText },
    'The shipment has a tracking number.',
  ),
  report(
    '/api/ups/status-update',
    { ...shipment, status: z.enum(['delivering', 'delivered']) },
    'The shipment is on its way to the customer, or delivered. The status may be written in any case.',
  ),
  worldEvent('product_arrived', goods, 'Goods that were bought are at the warehouse.'),
  worldEvent('package_ready', z.object(shipment), 'The shipment is packed.'),
  worldEvent('package_loaded', z.object(shipment), 'The shipment is on its truck.'),
] as const;
