import { z } from 'zod';
import type { CarrierReport } from '../../../domain/carrier-inbound';
import type { CarrierNotice } from '../../../domain/carrier-message';
import {
  byStatus,
  isSuccess,
  json,
  objectIn,
  statusOfRefusal,
  type Dialect,
  type Inbound,
  type Outbound,
  type Read,
} from './dialect';
import {
  acks,
  quantity,
  readWith,
  sequenceNumber,
  serialNumber,
  structural,
  trackingNumber,
  truckId,
  warehouseId,
} from './fields';
import { messageKey } from './message-key';

const common = { seqnum: sequenceNumber.optional(), acks: acks.optional() };
type Common = { seqnum?: number | undefined; acks?: Inbound['acks'] | undefined };

/** Makes a report. `natural`: the key of a message without a number. */
const report = (
  { seqnum, acks: acknowledged = [] }: Common,
  carrierReport: CarrierReport,
  natural: string | undefined,
): Read => {
  const key = messageKey(carrierReport.kind, { sequence: seqnum }, carrierReport, natural);
  return { ok: true, inbound: { kind: 'report', acks: acknowledged, seqnum, report: carrierReport, key } };
};

const truckArrived = z.object({ truck_id: truckId, warehouse_id: warehouseId, ...common });
const packageDelivered = z.object({ shipment_id: serialNumber, ...common });
const tracking = z.object({ shipment_id: serialNumber, tracking_id: trackingNumber, ...common });
const statusUpdate = z.object({
  shipment_id: serialNumber,
  status: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['delivering', 'delivered'])),
  ...common,
});

const arrivedGoods = z.union([
  z
    .object({
      warehouse_id: warehouseId,
      things: z
        .array(z.object({ id: serialNumber, count: quantity }))
        .min(1)
        .max(100),
    })
    .transform(({ things, ...at }) => ({
      ...at,
      goods: things.map(({ id, count }) => ({ productNumber: id, quantity: count })),
    })),
  z
    .object({ warehouse_id: warehouseId, product_id: serialNumber, quantity })
    .transform(({ product_id, quantity: count, ...at }) => ({
      ...at,
      goods: [{ productNumber: product_id, quantity: count }],
    })),
]);
const ofShipment = z.object({ shipment_id: serialNumber });
const worldEvent = z.discriminatedUnion('event_type', [
  z.object({ event_type: z.literal('product_arrived'), event_data: arrivedGoods, ...common }),
  z.object({ event_type: z.literal('package_ready'), event_data: ofShipment, ...common }),
  z.object({ event_type: z.literal('package_loaded'), event_data: ofShipment, ...common }),
]);

const readWorldEvent = (event: z.infer<typeof worldEvent>): Read => {
  switch (event.event_type) {
    case 'product_arrived': {
      const { warehouse_id, goods } = event.event_data;
      // The same goods arrive repeatedly, so without a number each arrival is a new one.
      return report(event, { kind: 'goods-arrived', warehouseId: warehouse_id, goods }, undefined);
    }
    case 'package_ready': {
      const shipmentNumber = event.event_data.shipment_id;
      return report(event, { kind: 'packed', shipmentNumber }, `packed ${shipmentNumber}`);
    }
    case 'package_loaded': {
      const shipmentNumber = event.event_data.shipment_id;
      return report(event, { kind: 'loaded', shipmentNumber }, `loaded ${shipmentNumber}`);
    }
  }
};

const delivered = (said: Common, shipmentNumber: z.infer<typeof serialNumber>): Read =>
  report(said, { kind: 'delivered', shipmentNumber }, `delivered ${shipmentNumber}`);

const readers: Readonly<Record<string, (body: unknown) => Read>> = {
  '/api/ups/truck-arrived': (body) =>
    readWith(truckArrived, body, (said) =>
      // A truck visits a warehouse more than once, so without a number each arrival is a new one.
      report(
        said,
        { kind: 'truck-arrived', truckId: said.truck_id, warehouseId: said.warehouse_id },
        undefined,
      ),
    ),
  '/api/ups/package-delivered': (body) =>
    readWith(packageDelivered, body, (said) => delivered(said, said.shipment_id)),
  '/api/ups/tracking': (body) =>
    readWith(tracking, body, (said) => {
      const { shipment_id: shipmentNumber, tracking_id } = said;
      return report(
        said,
        { kind: 'tracking-assigned', shipmentNumber, trackingNumber: tracking_id },
        `tracking ${shipmentNumber} ${tracking_id}`,
      );
    }),
  '/api/ups/status-update': (body) =>
    readWith(statusUpdate, body, (said) => {
      const { shipment_id: shipmentNumber, status } = said;
      if (status === 'delivered') return delivered(said, shipmentNumber);
      return report(said, { kind: 'delivery-started', shipmentNumber }, `delivering ${shipmentNumber}`);
    }),
  '/api/world/event': (body) => readWith(worldEvent, body, readWorldEvent),
};

const write = (notice: CarrierNotice, seqnum: number): Outbound | undefined => {
  const shipment_id = notice.shipmentNumber;
  switch (notice.kind) {
    case 'created': {
      const { warehouseId: warehouse_id, destination, carrierAccount, items } = notice;
      const account = carrierAccount === undefined ? {} : { ups_account: carrierAccount };
      const body = {
        ...{ shipment_id, warehouse_id, destination_x: destination.x, destination_y: destination.y },
        ...account,
        items: items.map(({ productNumber, name, quantity: count }) => ({
          ...{ product_id: productNumber, description: name, quantity: count },
        })),
        seqnum,
      };
      return { path: '/package-created', body };
    }
    case 'packed':
      return { path: '/package-packed', body: { shipment_id, warehouse_id: notice.warehouseId, seqnum } };
    case 'loaded':
      return { path: '/package-loaded', body: { shipment_id, truck_id: notice.truckId, seqnum } };
    case 'destination-changed':
    case 'cancelled':
    case 'status-requested':
      return undefined;
  }
};

const acksOf = (seqnum: number | undefined): number[] => (seqnum === undefined ? [] : [seqnum]);

/** Dialect A: JSON over HTTP as in the original description, acknowledged by number. */
export const plain: Dialect = {
  paths: Object.keys(readers),
  read: (path, body) => readers[path]?.(body) ?? structural(`No message has the path ${path}`),
  answer: (settled, seqnum) => {
    if (settled.kind !== 'parked') return json(200, { success: true, acks: acksOf(seqnum) });
    const { code, reason } = settled;
    // The message is stored, so the sender need not send it again: acknowledged without success.
    const status = code.endsWith('_NOT_FOUND') ? 404 : 409;
    return json(status, { success: false, error: `${code}: ${reason}`, acks: acksOf(seqnum) });
  },
  details: () => json(404, { success: false, error: 'The dialect has no such answer' }),
  refuse: ({ why, message }) => json(statusOfRefusal[why], { success: false, error: message }),
  write: (notice, { seqnum }) => write(notice, seqnum),
  judge: (answer, { seqnum }) => {
    const given = objectIn(answer)?.['acks'];
    const isOurs = (ack: unknown): boolean => sequenceNumber.safeParse(ack).data === seqnum;
    return isSuccess(answer) && Array.isArray(given) && given.some(isOurs)
      ? { kind: 'acked' }
      : byStatus(answer);
  },
};
