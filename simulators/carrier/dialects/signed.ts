import { z } from 'zod';
import { signWebhook, verifyWebhook } from '../../../platform/webhook-signing';
import type { CarrierWebhook } from '../../../proto/carrier';
import type { Notice, Report } from '../words';
import { jsonBody, type Dialect, type ParsedRequest } from './dialect';

const number = z.number().int();
const shipmentId = number.positive();
const destination = z.object({ x: number, y: number });

const cloudEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('waybill.shipment.created'),
    data: z.object({ shipmentId, warehouseId: number, destination }),
  }),
  z.object({ type: z.literal('waybill.shipment.packed'), data: z.object({ shipmentId }) }),
  z.object({ type: z.literal('waybill.shipment.loaded'), data: z.object({ shipmentId }) }),
  z.object({
    type: z.literal('waybill.shipment.destination-changed'),
    data: z.object({ shipmentId, destination }),
  }),
  z.object({ type: z.literal('waybill.shipment.cancelled'), data: z.object({ shipmentId }) }),
  z.object({ type: z.literal('waybill.shipment.status-requested'), data: z.object({ shipmentId }) }),
]);

const noticeOf = ({ type, data }: z.infer<typeof cloudEvent>): Notice => {
  const shipment = data.shipmentId;
  switch (type) {
    case 'waybill.shipment.created':
      return {
        kind: 'created',
        shipment,
        warehouse: data.warehouseId,
        destination: data.destination,
        packed: false,
      };
    case 'waybill.shipment.destination-changed':
      return { kind: 'destination-changed', shipment, destination: data.destination };
    case 'waybill.shipment.packed':
      return { kind: 'packed', shipment };
    case 'waybill.shipment.loaded':
      return { kind: 'loaded', shipment };
    case 'waybill.shipment.cancelled':
      return { kind: 'cancelled', shipment };
    case 'waybill.shipment.status-requested':
      return { kind: 'status-requested', shipment };
  }
};

const read = (body: Buffer): ParsedRequest => {
  try {
    return {
      status: 202,
      body: { accepted: true },
      notice: noticeOf(cloudEvent.parse(JSON.parse(body.toString()))),
    };
  } catch {
    return { status: 400, body: { error: 'This is not a CloudEvent that this carrier knows.' } };
  }
};

type TypeAndData = CarrierWebhook extends infer Event
  ? Event extends CarrierWebhook
    ? Pick<Event, 'type' | 'data'>
    : never
  : never;

const eventOf = (report: Report): TypeAndData | undefined => {
  if (report.kind === 'details-wanted') return undefined;
  if (report.kind === 'world-chosen')
    return { type: 'carrier.world.chosen', data: { worldId: report.world } };
  const data = { shipmentId: report.shipment };
  switch (report.kind) {
    case 'truck-dispatched':
      return { type: 'carrier.truck.dispatched', data: { ...data, truckId: report.truck } };
    case 'truck-arrived':
      return {
        type: 'carrier.truck.arrived',
        data: { ...data, truckId: report.truck, warehouseId: report.warehouse },
      };
    case 'tracking-assigned':
      return { type: 'carrier.tracking.assigned', data: { ...data, trackingNumber: report.trackingNumber } };
    case 'delivery-started':
      return { type: 'carrier.delivery.started', data };
    case 'delivered':
      return { type: 'carrier.shipment.delivered', data };
  }
};

/** The signed dialect: signed CloudEvents in both directions. @param name - the shop's name of this carrier. */
export const signedDialect = (name: string, secrets: readonly string[]): Dialect => ({
  parse: ({ headers, body, now }) => {
    const verified = verifyWebhook(headers, body, secrets, now);
    return verified.ok ? read(body) : { status: 401, body: { error: `The signature is ${verified.why}.` } };
  },
  format: (report, { messageId, now, traceparent }) => {
    const event = eventOf(report);
    if (event === undefined) return undefined;
    const body = jsonBody({
      specversion: '1.0',
      id: messageId,
      source: `/carriers/${name}`,
      subject: 'shipment' in report ? String(report.shipment) : report.world,
      time: now,
      datacontenttype: 'application/json',
      traceparent,
      ...event,
    });
    const headers = {
      'content-type': 'application/cloudevents+json',
      ...signWebhook(messageId, body, secrets, now),
    };
    return { path: `/webhooks/${name}`, headers, body };
  },
});
