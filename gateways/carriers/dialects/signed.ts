import { z } from 'zod';
import type { CarrierReport } from '../../../domain/carrier-inbound';
import type { CarrierNotice } from '../../../domain/carrier-message';
import type { WorldId } from '../../../domain/kernel';
import type { CarrierWebhook, ShipmentNotice } from '../../../proto/carrier';
import {
  byStatus,
  isSuccess,
  json,
  statusOfRefusal,
  type Dialect,
  type Outbound,
  type NoticeContext,
} from './dialect';
import { readWith, serialNumber, trackingNumber, truckId, warehouseId, worldNumber } from './fields';

/** The schema of a CloudEvent 1.0; unknown attributes are ignored. */
const cloudEvent = <Type extends CarrierWebhook['type'], Data extends z.ZodType>(type: Type, data: Data) =>
  z.looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).max(256),
    source: z.string().min(1).max(1_000),
    type: z.literal(type),
    data,
  });

const about = { shipmentId: serialNumber };

const event = z.discriminatedUnion('type', [
  cloudEvent('carrier.truck.dispatched', z.object({ ...about, truckId })),
  cloudEvent('carrier.truck.arrived', z.object({ ...about, truckId, warehouseId })),
  cloudEvent('carrier.tracking.assigned', z.object({ ...about, trackingNumber })),
  cloudEvent('carrier.delivery.started', z.object(about)),
  cloudEvent('carrier.shipment.delivered', z.object(about)),
  cloudEvent('carrier.world.chosen', z.object({ worldId: worldNumber })),
]);
type Event = z.infer<typeof event>;

const reportOf = (said: Event): CarrierReport => {
  if (said.type === 'carrier.world.chosen')
    return { kind: 'world-chosen', worldId: said.data.worldId as WorldId };
  const { shipmentId: shipmentNumber } = said.data;
  switch (said.type) {
    case 'carrier.truck.dispatched':
      return { kind: 'truck-dispatched', shipmentNumber, truckId: said.data.truckId };
    case 'carrier.truck.arrived': {
      const { truckId: truck, warehouseId: warehouse } = said.data;
      return { kind: 'truck-arrived', shipmentNumber, truckId: truck, warehouseId: warehouse };
    }
    case 'carrier.tracking.assigned':
      return { kind: 'tracking-assigned', shipmentNumber, trackingNumber: said.data.trackingNumber };
    case 'carrier.delivery.started':
      return { kind: 'delivery-started', shipmentNumber };
    case 'carrier.shipment.delivered':
      return { kind: 'delivered', shipmentNumber };
  }
};

type TypeAndData = ShipmentNotice extends infer Notice
  ? Notice extends ShipmentNotice
    ? Pick<Notice, 'type' | 'data'>
    : never
  : never;

const typeAndDataOf = (notice: CarrierNotice): TypeAndData => {
  const { shipmentNumber: shipmentId, warehouseId } = notice;
  switch (notice.kind) {
    case 'created': {
      const { destination, carrierAccount, items } = notice;
      const account = carrierAccount === undefined ? {} : { carrierAccount };
      const things = items.map(({ productNumber, name, quantity }) => ({
        ...{ productId: productNumber, description: name, quantity },
      }));
      const data = { shipmentId, warehouseId, destination, ...account, items: things };
      return { type: 'waybill.shipment.created', data };
    }
    case 'packed':
      return { type: 'waybill.shipment.packed', data: { shipmentId, warehouseId } };
    case 'loaded': {
      const { truckId: truck, destination } = notice;
      return {
        type: 'waybill.shipment.loaded',
        data: { shipmentId, warehouseId, truckId: truck, destination },
      };
    }
    case 'destination-changed': {
      const { destination } = notice;
      return { type: 'waybill.shipment.destination-changed', data: { shipmentId, destination } };
    }
    case 'cancelled':
      return { type: 'waybill.shipment.cancelled', data: { shipmentId } };
    case 'status-requested':
      return { type: 'waybill.shipment.status-requested', data: { shipmentId } };
  }
};

const write = (notice: CarrierNotice, { messageId, queuedAt, traceparent }: NoticeContext): Outbound => {
  const body: ShipmentNotice = {
    specversion: '1.0',
    id: messageId,
    source: 'waybill',
    subject: String(notice.shipmentNumber),
    time: queuedAt,
    datacontenttype: 'application/json',
    traceparent,
    ...typeAndDataOf(notice),
  };
  return { path: '', body };
};

/** Dialect C: CloudEvents, signed as Standard Webhooks. The webhook's id in the headers is the message's id. */
export const signed: Dialect = {
  paths: ['/webhooks/:carrier'],
  read: (_, body) =>
    readWith(event, body, (said) => {
      const key = { text: said.id, certain: true };
      return {
        ok: true,
        inbound: { kind: 'report', acks: [], seqnum: undefined, report: reportOf(said), key },
      };
    }),
  answer: (settled) =>
    settled.kind === 'parked'
      ? json(202, { status: 'parked', code: settled.code, reason: settled.reason })
      : json(settled.kind === 'applied' ? 200 : 202, { status: settled.kind }),
  details: () => json(404, { error: { code: 'NOTHING_TOLD', message: 'The dialect has no such answer' } }),
  refuse: ({ why, message }) =>
    json(statusOfRefusal[why], { error: { code: why.toUpperCase().replaceAll('-', '_'), message } }),
  write,
  judge: (answer) => (isSuccess(answer) ? { kind: 'acked' } : byStatus(answer)),
};
