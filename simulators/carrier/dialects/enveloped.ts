import { z } from 'zod';
import { signBody } from '../../../platform/webhook-signing';
import { envelopeTime } from '../../../proto/carrier';
import type { Notice, Report, Standing } from '../words';
import {
  json,
  jsonBody,
  type Answer,
  type Dialect,
  type ParsedRequest,
  type ReportContext,
  type OutgoingReport,
} from './dialect';

// The public programs of this dialect write some of their numbers as text.
const id = z.union([
  z.int(),
  z
    .string()
    .regex(/^(0|-?[1-9]\d{0,15})$/)
    .transform(Number)
    .pipe(z.int()),
]);
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

const enclose = (type: string, now: string, payload: object): object => ({
  message_type: type,
  timestamp: envelopeTime(now),
  payload,
});

const fail = (now: string, code: number, message: string, status = 400): Answer => ({
  status,
  body: enclose('Error', now, { status: 'fail', code, message }),
});

const statuses = {
  waiting: 'CREATED',
  assigned: 'TRUCK_DISPATCHED',
  loaded: 'PICKED_UP',
  'on-the-road': 'IN_TRANSIT',
  delivered: 'DELIVERED',
  cancelled: 'CANCELLED',
} as const satisfies Record<Standing['stage'], string>;

const statusAnswer =
  (shipment: number, now: string) =>
  (standing: Standing | undefined): Answer => {
    if (standing === undefined) return fail(now, 2000, `There is no shipment ${shipment}.`, 404);
    const { stage, truck, trackingNumber } = standing;
    const status = { shipment_id: shipment, tracking_number: trackingNumber, status: statuses[stage] };
    const payload = truck === null ? status : { ...status, truck_id: truck };
    return { status: 200, body: enclose('ShipmentStatusResponse', now, payload) };
  };

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

/** Returns a number if JSON can hold it exactly, else text. */
const exactly = (int64: string): number | string =>
  Number.isSafeInteger(Number(int64)) ? Number(int64) : int64;

const messageOf = (
  report: Report,
  { sequence, now }: ReportContext,
): Omit<OutgoingReport, 'headers'> | undefined => {
  const timestamp = envelopeTime(now);
  // This is the only message that shops expect without an envelope. A shop that checks signatures needs its time.
  if (report.kind === 'world-chosen')
    return { path: '/set_worldid', body: jsonBody({ worldid: exactly(report.world), timestamp }) };
  const words = wordsOf(report);
  if (words === undefined) return undefined;
  const { path, type, payload } = words;
  const body = { message_type: type, timestamp, sequence_number: sequence, payload };
  return { path: `/api/webhooks/${path}`, body: jsonBody(body) };
};

/** Reads the answer to `PackageDetailRequest`, which has the same fields as `ShipmentCreated`. */
const detailsIn = (body: string): Notice | undefined => {
  try {
    return readers['shipment']?.(envelope.parse(JSON.parse(body)).payload);
  } catch {
    return undefined;
  }
};

/**
 * The enveloped dialect, which the public mini-Amazon and its companion use. Messages are signed if there is a secret.
 */
export const envelopedDialect = (secrets: readonly string[]): Dialect => ({
  parse: ({ path, body, now }) => {
    const reader = readers[path.split('/').at(-1) ?? ''];
    if (reader === undefined) return fail(now, 1000, `There is nothing at ${path}.`);
    try {
      const notice = reader(envelope.parse(JSON.parse(body.toString())).payload);
      const acknowledged = { status: 'success', code: 200, message: 'received' };
      const parsed: ParsedRequest = {
        status: 200,
        body: enclose('Acknowledgement', now, acknowledged),
        notice,
      };
      return notice.kind === 'status-requested'
        ? { ...parsed, answerFor: statusAnswer(notice.shipment, now) }
        : parsed;
    } catch {
      return fail(now, 1001, 'A field is missing or is not a number.');
    }
  },
  format: (report, context) => {
    const message = messageOf(report, context);
    if (message === undefined) return undefined;
    const [secret] = secrets;
    const signature = secret === undefined ? {} : { 'x-amazon-signature': signBody(message.body, secret) };
    return { ...message, headers: { ...json, ...signature } };
  },
  parseAnswer: ({ kind }, body) => (kind === 'details-wanted' ? detailsIn(body) : undefined),
});
