import type { CarrierMessageEvent } from '../../domain/carrier-message';
import type { CollectionSpec } from '../../platform/read-models';
import type { Projection } from '../runtime';
import type { CarrierMessageDocument } from './document';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };

export const collection: CollectionSpec = {
  name: 'carrier_messages',
  version: 1,
  indexes: [
    { name: 'by_open', fields: ['open', 'seqnum'] },
    { name: 'by_status', fields: ['status', 'queuedAt'] },
    { name: 'by_seqnum', fields: ['carrier', 'seqnum'] },
  ],
  schema: {
    type: 'object',
    required: ['id', 'carrier', 'seqnum', 'notice', 'status', 'open', 'queuedAt', 'correlationId'],
    properties: {
      id: text,
      carrier: text,
      seqnum: { type: 'integer' },
      notice: { type: 'object' },
      status: { enum: ['queued', 'acked', 'alarmed'] },
      open: { type: 'boolean' },
      queuedAt: text,
      settledAt: maybeText,
      alarm: maybeText,
      correlationId: text,
      traceparent: maybeText,
    },
  },
};

const idOf = ({ data }: { readonly data: { readonly carrierMessageId: string } }): readonly string[] => [
  data.carrierMessageId,
];

/** What carriers are told: the open ones are what the outbox begins with after a restart; alarms wait for people. */
export const carrierMessages: Projection<CarrierMessageDocument, CarrierMessageEvent> = {
  collection,
  handlers: {
    CarrierMessageQueued: {
      ids: idOf,
      evolve: (_, { data: { carrierMessageId, carrier, seqnum, notice, queuedAt }, metadata }) => ({
        ...{ id: carrierMessageId, carrier, seqnum, notice, queuedAt },
        ...{ status: 'queued', open: true, settledAt: null, alarm: null },
        correlationId: metadata.$correlationId,
        traceparent: metadata.traceparent ?? null,
      }),
    },
    CarrierMessageAcked: {
      ids: idOf,
      evolve: (document, { data }) =>
        document && { ...document, status: 'acked', open: false, settledAt: data.ackedAt },
    },
    CarrierMessageAlarmed: {
      ids: idOf,
      evolve: (document, { data: { tries, reason, alarmedAt } }) =>
        document && {
          ...document,
          ...{ status: 'alarmed', open: false, settledAt: alarmedAt },
          alarm: `${tries} tries: ${reason}`,
        },
    },
    CarrierMessageRequeued: {
      ids: idOf,
      evolve: (document) =>
        document && { ...document, status: 'queued', open: true, settledAt: null, alarm: null },
    },
  },
};
