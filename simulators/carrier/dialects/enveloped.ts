import { z } from 'zod';
import { signBody } from '../../../platform/webhook-signing';
import type { Notice, Report } from '../words';
import { json, jsonBody, type Dialect, type Heard, type SpeakContext, type Spoken } from './dialect';

const id = z.number().int();
const place = { destination_x: id, destination_y: id };

const readers: Readonly<Record<string, (payload: unknown) => Notice>> = {
  shipment: (payload) => {
    const read = z.object({ shipment_id: id, warehouse_id: id, ...place }).parse(payload);
    const destination = { x: read.destination_x, y: read.destination_y };
    return {
      kind: 'created',
      shipment: read.shipment_id,
      warehouse: read.warehouse_id,
      destination,
      packed: true,
    };
  },
  shipment_loaded: (payload) => ({
    kind: 'loaded',
    shipment: z.object({ shipment_id: id }).parse(payload).shipment_id,
  }),
  shipment_status: (payload) => ({
    kind: 'status-requested',
    shipment: z.object({ shipment_id: id }).parse(payload).shipment_id,
  }),
  address_change: (payload) => {
    const read = z.object({ shipment_id: id, ...place }).parse(payload);
    const destination = { x: read.destination_x, y: read.destination_y };
    return { kind: 'destination-changed', shipment: read.shipment_id, destination };
  },
};

const envelope = z.object({ payload: z.unknown() });

const answer = (type: 'Acknowledgement' | 'Error', now: string, payload: object): object => ({
  message_type: type,
  timestamp: now,
  payload,
});

const fail = (now: string, code: number, message: string): Heard => ({
  status: 400,
  body: answer('Error', now, { status: 'fail', code, message }),
});

type Words = { readonly path: string; readonly type: string; readonly payload: object };

const wordsOf = (report: Exclude<Report, { kind: 'world-chosen' }>): Words | undefined => {
  const shipment = { shipment_id: report.shipment };
  switch (report.kind) {
    case 'truck-dispatched':
      return {
        path: 'truck-dispatched',
        type: 'TruckDispatched',
        payload: { truck_id: report.truck, ...shipment },
      };
    case 'truck-arrived':
      return {
        path: 'truck-arrived',
        type: 'TruckArrived',
        payload: { truck_id: report.truck, warehouse_id: report.warehouse, ...shipment },
      };
    case 'delivered':
      return { path: 'shipment-delivered', type: 'ShipmentDelivered', payload: shipment };
    case 'details-wanted':
      return { path: 'shipment-detail-request', type: 'PackageDetailRequest', payload: shipment };
    case 'tracking-assigned':
    case 'delivery-started':
      return undefined;
  }
};

const messageOf = (report: Report, { sequence, now }: SpeakContext): Omit<Spoken, 'headers'> | undefined => {
  // The one message that shops expect without an envelope.
  if (report.kind === 'world-chosen')
    return { path: '/set_worldid', body: jsonBody({ worldid: Number(report.world) }) };
  const words = wordsOf(report);
  if (words === undefined) return undefined;
  const { path, type, payload } = words;
  const body = { message_type: type, timestamp: now, sequence_number: sequence, payload };
  return { path: `/api/webhooks/${path}`, body: jsonBody(body) };
};

/** The answer to `PackageDetailRequest` says what `ShipmentCreated` says. */
const detailsIn = (body: string): Notice | undefined => {
  try {
    return readers['shipment']?.(envelope.parse(JSON.parse(body)).payload);
  } catch {
    return undefined;
  }
};

/** Enveloped webhooks, as the public mini-Amazon and its companion speak. Signed when there is a secret. */
export const envelopedDialect = (secrets: readonly string[]): Dialect => ({
  hear: ({ path, body, now }) => {
    const reader = readers[path.split('/').at(-1) ?? ''];
    if (reader === undefined) return fail(now, 1000, `There is nothing at ${path}.`);
    try {
      const notice = reader(envelope.parse(JSON.parse(body.toString())).payload);
      const acknowledged = { status: 'success', code: 200, message: 'received' };
      return { status: 200, body: answer('Acknowledgement', now, acknowledged), notice };
    } catch {
      return fail(now, 1001, 'A field is missing or is not a number.');
    }
  },
  speak: (report, context) => {
    const message = messageOf(report, context);
    if (message === undefined) return undefined;
    const [secret] = secrets;
    const signature = secret === undefined ? {} : { 'x-amazon-signature': signBody(message.body, secret) };
    return { ...message, headers: { ...json, ...signature } };
  },
  learn: ({ kind }, body) => (kind === 'details-wanted' ? detailsIn(body) : undefined),
});
