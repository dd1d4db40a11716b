import type { CarrierInboundEvent } from '../../domain/carrier-inbound';
import type { CollectionSpec } from '../../platform/read-models';
import type { Projection } from '../runtime';
import type { CarrierInboxDocument } from './document';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };

export const collection: CollectionSpec = {
  name: 'carrier_inbox',
  version: 1,
  indexes: [{ name: 'by_status', fields: ['status', 'receivedAt'] }],
  schema: {
    type: 'object',
    required: ['id', 'carrier', 'dialect', 'report', 'status', 'receivedAt', 'correlationId'],
    properties: {
      id: text,
      carrier: text,
      dialect: { enum: ['plain', 'enveloped', 'signed'] },
      report: { type: 'object' },
      status: { enum: ['received', 'applied', 'parked'] },
      code: maybeText,
      reason: maybeText,
      receivedAt: text,
      settledAt: maybeText,
      correlationId: text,
      traceparent: maybeText,
    },
  },
};

const idOf = ({ data }: { readonly data: { readonly carrierInboundId: string } }): readonly string[] => [
  data.carrierInboundId,
];

/** What carriers reported: what is still to be applied after a restart, and what waits for people. */
export const carrierInbox: Projection<CarrierInboxDocument, CarrierInboundEvent> = {
  collection,
  handlers: {
    CarrierInboundReceived: {
      ids: idOf,
      evolve: (_, { data: { carrierInboundId, carrier, dialect, report, receivedAt }, metadata }) => ({
        ...{ id: carrierInboundId, carrier, dialect, report, receivedAt },
        ...{ status: 'received', code: null, reason: null, settledAt: null },
        correlationId: metadata.$correlationId,
        traceparent: metadata.traceparent ?? null,
      }),
    },
    CarrierInboundApplied: {
      ids: idOf,
      evolve: (document, { data }) =>
        document && { ...document, status: 'applied', code: null, reason: null, settledAt: data.appliedAt },
    },
    CarrierInboundParked: {
      ids: idOf,
      evolve: (document, { data: { code, reason, parkedAt } }) =>
        document && { ...document, status: 'parked', code, reason, settledAt: parkedAt },
    },
    CarrierInboundAnswered: { ids: () => [], evolve: (document) => document },
  },
};
