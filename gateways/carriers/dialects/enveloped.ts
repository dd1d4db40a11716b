import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CarrierAnswer, CarrierReport } from '../../../domain/carrier-inbound';
import type { CarrierNotice } from '../../../domain/carrier-message';
import type { AccountId, Instant, WorldId } from '../../../domain/kernel';
import type { HttpAnswer } from '../../../platform/http-client';
import { envelopeTime } from '../../../proto/carrier';
import {
  byStatus,
  isSuccess,
  objectIn,
  statusOfRefusal,
  type SentNotice,
  type Dialect,
  type Inbound,
  type Outbound,
  type Read,
  type Refusal,
  type Verdict,
  type NoticeContext,
} from './dialect';
import {
  readWith,
  sequenceNumber,
  serialNumber,
  structural,
  trackingNumber,
  truckId,
  warehouseId,
  worldNumber,
} from './fields';
import { messageKey } from './message-key';

const timestamp = z.string().min(1).max(64);
const envelope = z.looseObject({
  message_type: z.string().min(1).max(100),
  timestamp,
  sequence_number: sequenceNumber.optional(),
  payload: z.looseObject({}),
});

const truckDispatched = z.object({ truck_id: truckId, shipment_id: serialNumber });
const truckArrived = z.object({
  truck_id: truckId,
  warehouse_id: warehouseId,
  shipment_id: serialNumber.optional(),
});
// A carrier may add a tracking number; its content must not make a delivery fail.
const shipmentDelivered = z.object({ shipment_id: serialNumber });
const detailRequest = z.object({ shipment_id: serialNumber });
const worldChosen = z.object({ worldid: worldNumber });

type Understood = { readonly report: CarrierReport; readonly natural: string | undefined };

type Envelope = z.infer<typeof envelope>;

const readEnvelope = (body: unknown, toRead: (envelope: Envelope) => Read): Read =>
  readWith(envelope, body, toRead, 'structure');

const reportReader =
  <Payload>(type: string, payload: z.ZodType<Payload>, understand: (payload: Payload) => Understood) =>
  (body: unknown): Read =>
    readEnvelope(body, ({ message_type, sequence_number: sequence, timestamp: sentAt, payload: given }) => {
      if (message_type !== type) return structural(`message_type is ${message_type}, not ${type}`);
      return readWith(payload, given, (said) => {
        const { report, natural } = understand(said);
        const key = messageKey(type, { sequence, sentAt }, given, natural);
        return { ok: true, inbound: { kind: 'report', acks: [], seqnum: sequence, sentAt, report, key } };
      });
    });

const detailRequestReader = (body: unknown): Read =>
  readEnvelope(body, ({ sequence_number: seqnum, timestamp: sentAt, payload }) =>
    readWith(detailRequest, payload, ({ shipment_id: shipmentNumber }) => {
      const inbound: Inbound = { kind: 'question', acks: [], seqnum, sentAt, shipmentNumber };
      return { ok: true, inbound };
    }),
  );

/** Reads a message that some carriers send without an envelope, and others with one. */
const setWorld = (body: unknown): Read => {
  const enclosed = z.object({ payload: worldChosen, timestamp: timestamp.optional() }).safeParse(body);
  const bare = enclosed.success ? { ...enclosed.data.payload, timestamp: enclosed.data.timestamp } : body;
  return readWith(worldChosen.extend({ timestamp: timestamp.optional() }), bare, (said) => {
    const { worldid, timestamp: sentAt } = said;
    const report = { kind: 'world-chosen', worldId: worldid as WorldId } as const;
    const key = messageKey('SetWorldId', { sentAt }, { worldid }, undefined);
    return { ok: true, inbound: { kind: 'report', acks: [], seqnum: undefined, sentAt, report, key } };
  });
};

const readers: Readonly<Record<string, (body: unknown) => Read>> = {
  '/api/webhooks/truck-dispatched': reportReader('TruckDispatched', truckDispatched, (said) => ({
    report: { kind: 'truck-dispatched', shipmentNumber: said.shipment_id, truckId: said.truck_id },
    natural: `dispatched ${said.shipment_id} ${said.truck_id}`,
  })),
  '/api/webhooks/truck-arrived': reportReader('TruckArrived', truckArrived, (said) => {
    const { truck_id, warehouse_id, shipment_id } = said;
    const at = { truckId: truck_id, warehouseId: warehouse_id };
    return shipment_id === undefined
      ? { report: { kind: 'truck-arrived', ...at }, natural: undefined }
      : {
          report: { kind: 'truck-arrived', ...at, shipmentNumber: shipment_id },
          natural: `arrived ${shipment_id} ${truck_id} ${warehouse_id}`,
        };
  }),
  '/api/webhooks/shipment-delivered': reportReader('ShipmentDelivered', shipmentDelivered, (said) => ({
    report: { kind: 'delivered', shipmentNumber: said.shipment_id },
    natural: `delivered ${said.shipment_id}`,
  })),
  '/api/webhooks/shipment-detail-request': detailRequestReader,
  '/set_worldid': setWorld,
};

const envelopeAnswer = (
  status: number,
  message_type: string,
  payload: object,
  now: Instant,
): CarrierAnswer => ({
  status,
  body: JSON.stringify({ message_type, timestamp: envelopeTime(now), payload }),
});

const errorCodes: Readonly<Record<Refusal['why'], number>> = {
  structure: 1000,
  'media-type': 1000,
  'too-large': 1000,
  field: 1001,
  'not-permitted': 2002,
  unauthenticated: 2002,
  busy: 3000,
  internal: 3000,
};

const SHIPMENT_UNKNOWN = 2000;

const codeOfRejection = (code: string): { readonly status: number; readonly code: number } => {
  if (code === 'SHIPMENT_NOT_FOUND') return { status: 404, code: SHIPMENT_UNKNOWN };
  if (code === 'WAREHOUSE_NOT_FOUND') return { status: 404, code: 2001 };
  return { status: 409, code: 2002 };
};

/**
 * Returns a permanent number of a customer, for carriers whose users have numbers: 53 bits of a hash of the account id.
 */
export const userNumberOf = (customerId: AccountId): number =>
  Number(createHash('sha256').update(customerId).digest().readBigUInt64BE() >> 11n);

const payloadOf = (
  notice: CarrierNotice,
  email: string | undefined,
): readonly [string, string, object] | undefined => {
  const shipment_id = notice.shipmentNumber;
  switch (notice.kind) {
    case 'created': {
      const { customerId, warehouseId: warehouse_id, destination, carrierAccount } = notice;
      const user_id = userNumberOf(customerId);
      const created = {
        ...{ user_id, email: email ?? `customer-${user_id}@waybill.invalid`, shipment_id, warehouse_id },
        ...{ destination_x: destination.x, destination_y: destination.y },
        ups_account: carrierAccount,
      };
      return ['/shipment', 'ShipmentCreated', created];
    }
    case 'loaded':
      return ['/shipment_loaded', 'ShipmentLoaded', { shipment_id }];
    case 'status-requested':
      return ['/shipment_status', 'ShipmentStatusRequest', { shipment_id: String(shipment_id) }];
    case 'destination-changed': {
      const { x: destination_x, y: destination_y } = notice.destination;
      const changed = { shipment_id: String(shipment_id), destination_x, destination_y };
      return ['/address_change', 'AddressChange', changed];
    }
    case 'packed':
    case 'cancelled':
      return undefined;
  }
};

const write = (notice: CarrierNotice, { seqnum, now, email }: NoticeContext): Outbound | undefined => {
  const written = payloadOf(notice, email);
  if (written === undefined) return undefined;
  const [path, message_type, payload] = written;
  return { path, body: { message_type, timestamp: envelopeTime(now), sequence_number: seqnum, payload } };
};

const refused = z.object({
  message_type: z.literal('Error'),
  payload: z.object({ code: sequenceNumber.optional(), message: z.string().optional() }),
});

const ALREADY_EXISTS = 1002;
/** True for codes of a permanent refusal: structure, fields, unknown objects, wrong status. */
const isFinal = (code: number): boolean => code >= 1_000 && code < 3_000;

/** Interprets an `Error`, with any HTTP status: public programs of this dialect send it with 500, and with 200. */
const judgeError = (said: z.infer<typeof refused>, { notice }: SentNotice): Verdict => {
  const { code = 0, message = '' } = said.payload;
  // The carrier has it from an attempt whose answer was lost.
  if (notice.kind === 'created' && code === ALREADY_EXISTS) return { kind: 'acked' };
  // The public mini-UPS sends this while all of its trucks are away.
  if (/no available truck/i.test(message)) return { kind: 'unclear' };
  return { kind: isFinal(code) ? 'refused' : 'unclear' };
};

const shipmentStatus = z.object({
  message_type: z.literal('ShipmentStatusResponse'),
  payload: z.looseObject({
    shipment_id: serialNumber,
    status: z.string().max(100),
    tracking_number: trackingNumber.nullish().catch(undefined),
  }),
});

const ON_THE_ROAD: ReadonlySet<string> = new Set([
  'delivering',
  'in_transit',
  'out_for_delivery',
  'delivery_attempted',
]);

const reportsOf = ({ payload }: z.infer<typeof shipmentStatus>): CarrierReport[] => {
  const { shipment_id: shipmentNumber, status: word, tracking_number: tracking } = payload;
  const status = word.trim().toLowerCase().replaceAll(/[ -]/g, '_');
  const of = { shipmentNumber };
  return [
    ...(tracking ? [{ kind: 'tracking-assigned', ...of, trackingNumber: tracking } as const] : []),
    ...(ON_THE_ROAD.has(status) ? [{ kind: 'delivery-started', ...of } as const] : []),
    ...(status === 'delivered' ? [{ kind: 'delivered', ...of } as const] : []),
  ];
};

const judge = (answer: HttpAnswer, sent: SentNotice): Verdict => {
  const body = objectIn(answer);
  const error = refused.safeParse(body);
  if (error.success) return judgeError(error.data, sent);
  if (!isSuccess(answer)) return byStatus(answer);
  if (body?.['message_type'] === 'Error') return { kind: 'unclear' };
  const status = shipmentStatus.safeParse(body);
  if (sent.notice.kind !== 'status-requested' || !status.success) return { kind: 'acked' };
  // An answer about another shipment is no answer.
  if (status.data.payload.shipment_id !== sent.notice.shipmentNumber) return { kind: 'unclear' };
  return { kind: 'acked', reports: reportsOf(status.data) };
};

/** Dialect B: every message in an envelope with a type and a time, as the public mini-Amazons and mini-UPSes use it. */
export const enveloped: Dialect = {
  paths: Object.keys(readers),
  read: (path, body) => readers[path]?.(body) ?? structural(`No message has the path ${path}`),
  answer: (settled, _, now) => {
    if (settled.kind !== 'parked') {
      const payload = { status: 'success', code: 200, message: settled.kind };
      return envelopeAnswer(200, 'Acknowledgement', payload, now);
    }
    const { status, code } = codeOfRejection(settled.code);
    const payload = { status: 'fail', code, message: `${settled.code}: ${settled.reason}` };
    return envelopeAnswer(status, 'Error', payload, now);
  },
  details: (details, now) => {
    if (details === undefined) {
      const message = 'There is no such shipment';
      return envelopeAnswer(404, 'Error', { status: 'fail', code: SHIPMENT_UNKNOWN, message }, now);
    }
    const { shipmentNumber, warehouseId: warehouse_id, destination, items } = details;
    const payload = {
      ...{ shipment_id: shipmentNumber, warehouse_id },
      ...{ destination_x: destination.x, destination_y: destination.y },
      items: items.map(({ productNumber, name, quantity }) => ({
        ...{ product_id: productNumber, description: name, quantity },
      })),
    };
    return envelopeAnswer(200, 'ShipmentDetailResponse', payload, now);
  },
  refuse: ({ why, message }, now) =>
    envelopeAnswer(statusOfRefusal[why], 'Error', { status: 'fail', code: errorCodes[why], message }, now),
  write,
  judge,
};
