import type { CarrierInboundEvent } from '../domain/carrier-inbound';
import type { CarrierMessageEvent } from '../domain/carrier-message';
import type {
  CarrierInboundId,
  CarrierMessageId,
  Instant,
  SerialNumber,
  ShipmentId,
  WarehouseId,
  WorldCommandId,
  WorldId,
} from '../domain/kernel';
import type { WorldCommandEvent } from '../domain/world-command';
import { erased } from '../tests/support/domain/erased';
import { erasedPlace } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { exchangeLog, type ExchangeLogEntry } from './exchange-log';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T09:00:01.000Z' as Instant;
const shipmentNumber = 5 as SerialNumber;
const parcel = {
  warehouseId: 1 as WarehouseId,
  shipmentId: 'c0ffee00-0000-5000-8000-000000000003' as ShipmentId,
  shipmentNumber,
};

const asked = 'c0ffee00-0000-5000-8000-000000000001' as WorldCommandId;
const request = { kind: 'load', ...parcel, truckId: 7 as never, attempt: 1 } as const;
const ofCommand = { worldCommandId: asked, worldId: '7' as WorldId };
const worldQueued: WorldCommandEvent = {
  type: 'WorldCommandQueued',
  data: { worldCommandId: asked, link: 'main', seqnum: 12 as SerialNumber, request, queuedAt: at },
};
const buyQueued: WorldCommandEvent = {
  type: 'WorldCommandQueued',
  data: {
    ...worldQueued.data,
    request: { kind: 'buy', warehouseId: parcel.warehouseId, goods: [], attempt: 1 },
  } as never,
};
const worldAcked: WorldCommandEvent = { type: 'WorldCommandAcked', data: { ...ofCommand, ackedAt: later } };
const worldAnswered: WorldCommandEvent = {
  type: 'WorldCommandAnswered',
  data: { ...ofCommand, answerSeqnum: '9', answeredAt: later },
};
const worldRefused: WorldCommandEvent = {
  type: 'WorldCommandRefused',
  data: { ...ofCommand, answerSeqnum: '9', reason: 'truck 7 is not at warehouse 1', refusedAt: later },
};

const told = 'c0ffee00-0000-5000-8000-000000000002' as CarrierMessageId;
const ofMessage = { carrierMessageId: told, carrier: 'ups' };
const notice = { kind: 'packed', ...parcel } as const;
const messageQueued: CarrierMessageEvent = {
  type: 'CarrierMessageQueued',
  data: { ...ofMessage, seqnum: 4 as SerialNumber, notice, queuedAt: at },
};
const messageAcked: CarrierMessageEvent = {
  type: 'CarrierMessageAcked',
  data: { ...ofMessage, ackedAt: later },
};
const messageAlarmed: CarrierMessageEvent = {
  type: 'CarrierMessageAlarmed',
  data: { ...ofMessage, tries: 50, reason: 'HTTP 503', alarmedAt: later },
};
const messageRequeued: CarrierMessageEvent = {
  type: 'CarrierMessageRequeued',
  data: { ...ofMessage, requeuedAt: later },
};

const heard = 'c0ffee00-0000-5000-8000-000000000004' as CarrierInboundId;
const ofInbound = { carrierInboundId: heard, carrier: 'ups' };
const inboundReceived: CarrierInboundEvent = {
  type: 'CarrierInboundReceived',
  data: {
    ...{
      ...ofInbound,
      dialect: 'plain',
      path: '/api/ups/package-delivered',
      messageKey: 'k',
      body: '{"a":1}',
    },
    report: { kind: 'delivered', shipmentNumber },
    receivedAt: at,
  },
};
const inboundApplied: CarrierInboundEvent = {
  type: 'CarrierInboundApplied',
  data: { ...ofInbound, appliedAt: later },
};
const inboundParked: CarrierInboundEvent = {
  type: 'CarrierInboundParked',
  data: { ...ofInbound, code: 'SHIPMENT_WRONG_STATUS', reason: 'PACKING', parkedAt: later },
};
const inboundRetried: CarrierInboundEvent = {
  type: 'CarrierInboundRetried',
  data: { ...ofInbound, retriedAt: later },
};

const messageHandled: CarrierMessageEvent = {
  type: 'CarrierMessageHandled',
  data: { ...ofMessage, handledAt: later },
};
const inboundHandled: CarrierInboundEvent = {
  type: 'CarrierInboundHandled',
  data: { ...ofInbound, handledAt: later },
};

const common = { shipmentNumber, parked: false, note: null, at, settledAt: null, correlationId: 'c' };
const load: ExchangeLogEntry = {
  ...{ ...common, id: asked, link: 'world:main', direction: 'sent', kind: 'load', status: 'queued' },
  ...{ seqnum: 12, content: JSON.stringify(request) },
};
const packed: ExchangeLogEntry = {
  ...{ ...common, id: told, link: 'carrier:ups', direction: 'sent', kind: 'packed', status: 'queued' },
  ...{ seqnum: 4, content: JSON.stringify(notice) },
};
const delivered: ExchangeLogEntry = {
  ...{ ...common, id: heard, link: 'carrier:ups', direction: 'received', kind: 'delivered' },
  ...{ status: 'received', seqnum: null, content: '{"a":1}' },
};
const becomes = (
  entry: ExchangeLogEntry,
  status: ExchangeLogEntry['status'],
  note: string | null = null,
) => ({
  id: entry.id,
  before: entry,
  after: { ...entry, status, settledAt: later, note },
});
const alarmNote = 'The carrier did not acknowledge it in 50 tries, the last time because: HTTP 503';
const waits = (entry: ExchangeLogEntry, status: ExchangeLogEntry['status'], note: string) => {
  const { after, ...rest } = becomes(entry, status, note);
  return { ...rest, after: { ...after, parked: true } };
};
const alarmed = waits(packed, 'alarmed', alarmNote);
const parked = waits(delivered, 'parked', 'SHIPMENT_WRONG_STATUS: PACKING');
/** It keeps the reason why it waited. */
const asHandled = (entry: ExchangeLogEntry): ExchangeLogEntry => ({
  ...entry,
  status: 'handled',
  parked: false,
});

itProjects(exchangeLog, [
  { on: worldQueued, because: 'is stored', touches: [{ id: asked, after: load }] },
  {
    on: buyQueued,
    because: 'is about no shipment',
    touches: [
      {
        id: asked,
        after: {
          ...{ ...load, kind: 'buy', shipmentNumber: null },
          content: JSON.stringify({ kind: 'buy', warehouseId: 1, goods: [], attempt: 1 }),
        },
      },
    ],
  },
  { on: worldAcked, because: 'has arrived', touches: [becomes(load, 'acked')] },
  { on: worldAnswered, because: 'is done', touches: [becomes(load, 'answered')] },
  {
    on: worldRefused,
    because: 'cannot be',
    touches: [becomes(load, 'refused', 'truck 7 is not at warehouse 1')],
  },
  { on: messageQueued, because: 'is stored', touches: [{ id: told, after: packed }] },
  { on: messageAcked, because: 'has arrived', touches: [becomes(packed, 'acked')] },
  { on: messageAlarmed, because: 'does not arrive', touches: [alarmed] },
  {
    on: messageRequeued,
    because: 'is tried again',
    touches: [{ ...alarmed, before: alarmed.after, after: packed }],
  },
  {
    on: messageHandled,
    because: 'is settled by telephone',
    touches: [{ ...alarmed, before: alarmed.after, after: asHandled(alarmed.after) }],
  },
  {
    on: inboundHandled,
    because: 'is settled by telephone',
    touches: [{ ...parked, before: parked.after, after: asHandled(parked.after) }],
  },
  { on: inboundReceived, because: 'came', touches: [{ id: heard, after: delivered }] },
  { on: inboundApplied, because: 'took effect', touches: [becomes(delivered, 'applied')] },
  {
    on: inboundParked,
    because: 'made no sense',
    touches: [parked],
  },
  {
    on: inboundRetried,
    because: 'is tried again',
    touches: [{ ...parked, before: parked.after, after: delivered }],
  },
  {
    on: erased('ann', `carrier_message-${told}`, 'order-1'),
    because: 'is about a person who was erased',
    touches: [
      {
        id: told,
        before: { ...packed, content: '{"kind":"loaded","destination":{"x":3,"y":4},"truckId":7}' },
        after: {
          ...packed,
          content: `{"kind":"loaded","destination":${JSON.stringify(erasedPlace)},"truckId":7}`,
        },
      },
    ],
  },
  { on: inboundApplied, because: 'was never here', touches: [{ id: heard }] },
]);
