import type { CarrierMessageEvent, CarrierNotice } from '../domain/carrier-message';
import type { CarrierMessageId, Instant, SerialNumber, ShipmentId, WarehouseId } from '../domain/kernel';
import { erased } from '../tests/support/domain/erased';
import { erasedPlace } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { carrierMessages, type CarrierMessageDocument } from './carrier-messages';

const id = 'c0ffee00-0000-5000-8000-000000000002' as CarrierMessageId;
const of = { carrierMessageId: id, carrier: 'ups' };
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T09:45:00.000Z' as Instant;
const notice: CarrierNotice = {
  kind: 'packed',
  shipmentId: 'c0ffee00-0000-5000-8000-000000000003' as ShipmentId,
  shipmentNumber: 5 as SerialNumber,
  warehouseId: 1 as WarehouseId,
};

const queued: CarrierMessageEvent = {
  type: 'CarrierMessageQueued',
  data: { ...of, seqnum: 4 as SerialNumber, notice, queuedAt: at },
};
const acked: CarrierMessageEvent = { type: 'CarrierMessageAcked', data: { ...of, ackedAt: later } };
const alarmed: CarrierMessageEvent = {
  type: 'CarrierMessageAlarmed',
  data: { ...of, tries: 50, reason: 'HTTP 503', alarmedAt: later },
};
const requeued: CarrierMessageEvent = { type: 'CarrierMessageRequeued', data: { ...of, requeuedAt: later } };
const handled: CarrierMessageEvent = { type: 'CarrierMessageHandled', data: { ...of, handledAt: later } };

const open: CarrierMessageDocument = {
  ...{ id, carrier: 'ups', seqnum: 4, notice, status: 'queued', open: true, queuedAt: at },
  ...{ settledAt: null, alarm: null, correlationId: 'c', traceparent: null },
};
const given: CarrierMessageDocument = {
  ...{ ...open, status: 'alarmed', open: false, settledAt: later, alarm: '50 tries: HTTP 503' },
};
const settledOtherwise: CarrierMessageDocument = { ...given, status: 'handled' };

const directed: CarrierNotice = { ...notice, kind: 'destination-changed', destination: { x: 3, y: 4 } };

itProjects(carrierMessages, [
  {
    on: erased('ann', `carrier_message-${id}`, 'order-1'),
    because: 'is about a person who was erased',
    touches: [
      {
        id,
        before: { ...open, notice: directed },
        after: { ...open, notice: { ...directed, destination: erasedPlace } },
      },
    ],
  },
  { on: queued, because: 'is queued', touches: [{ id, after: open }] },
  {
    on: acked,
    because: 'the carrier has it',
    touches: [{ id, before: open, after: { ...open, status: 'acked', open: false, settledAt: later } }],
  },
  { on: alarmed, because: 'is accepted by no carrier', touches: [{ id, before: open, after: given }] },
  { on: requeued, because: 'people say so', touches: [{ id, before: given, after: open }] },
  {
    on: handled,
    because: 'was settled by telephone',
    touches: [{ id, before: given, after: settledOtherwise }],
  },
  { on: acked, because: 'was never queued', touches: [{ id }] },
]);
