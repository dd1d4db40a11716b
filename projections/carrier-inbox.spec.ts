import type { CarrierInboundEvent, CarrierReport } from '../domain/carrier-inbound';
import type { CarrierInboundId, Instant, SerialNumber } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { carrierInbox, type CarrierInboxDocument } from './carrier-inbox';

const id = 'c0ffee00-0000-5000-8000-000000000004' as CarrierInboundId;
const of = { carrierInboundId: id, carrier: 'ups' };
const at = '2026-11-02T09:00:00.000Z' as Instant;
const later = '2026-11-02T09:00:01.000Z' as Instant;
const report: CarrierReport = { kind: 'delivered', shipmentNumber: 5 as SerialNumber };

const received: CarrierInboundEvent = {
  type: 'CarrierInboundReceived',
  data: {
    ...of,
    dialect: 'signed',
    path: '/webhooks/:carrier',
    messageKey: 'm',
    report,
    body: '{}',
    receivedAt: at,
  },
};
const applied: CarrierInboundEvent = { type: 'CarrierInboundApplied', data: { ...of, appliedAt: later } };
const parked: CarrierInboundEvent = {
  type: 'CarrierInboundParked',
  data: {
    ...of,
    code: 'SHIPMENT_WRONG_STATUS',
    reason: 'It is PACKING. Try it again later.',
    parkedAt: later,
  },
};
const retried: CarrierInboundEvent = { type: 'CarrierInboundRetried', data: { ...of, retriedAt: later } };
const handled: CarrierInboundEvent = { type: 'CarrierInboundHandled', data: { ...of, handledAt: later } };

const waiting: CarrierInboxDocument = {
  ...{ id, carrier: 'ups', dialect: 'signed', report, status: 'received', code: null, reason: null },
  ...{ receivedAt: at, settledAt: null, correlationId: 'c', traceparent: null },
};
const kept: CarrierInboxDocument = {
  ...{ ...waiting, status: 'parked', settledAt: later },
  ...{ code: 'SHIPMENT_WRONG_STATUS', reason: 'It is PACKING. Try it again later.' },
};
const done: CarrierInboxDocument = { ...waiting, status: 'applied', settledAt: later };
const settledOtherwise: CarrierInboxDocument = { ...kept, status: 'handled' };

itProjects(carrierInbox, [
  { on: received, because: 'came', touches: [{ id, after: waiting }] },
  { on: applied, because: 'took effect', touches: [{ id, before: waiting, after: done }] },
  { on: parked, because: 'made no sense', touches: [{ id, before: waiting, after: kept }] },
  { on: applied, because: 'took effect after all', touches: [{ id, before: kept, after: done }] },
  { on: retried, because: 'is tried again', touches: [{ id, before: kept, after: waiting }] },
  {
    on: handled,
    because: 'was settled by telephone',
    touches: [{ id, before: kept, after: settledOtherwise }],
  },
]);
