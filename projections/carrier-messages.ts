import type { CarrierMessageEvent, CarrierNotice } from '../domain/carrier-message';
import type { CarrierMessageId, Instant } from '../domain/kernel';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, flag, instant, maybe, record, text, whole } from './schema';

/** One message to a carrier, and how it stands. `open`: it is still being sent. */
export type CarrierMessageDocument = {
  readonly id: CarrierMessageId;
  readonly carrier: string;
  readonly seqnum: number;
  readonly notice: CarrierNotice;
  readonly status: 'queued' | 'acked' | 'alarmed';
  readonly open: boolean;
  readonly queuedAt: Instant;
  readonly settledAt: Instant | null;
  /** Why people were called. */
  readonly alarm: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
};

const collection: CollectionSpec = {
  name: 'carrier_messages',
  version: 1,
  indexes: [
    { name: 'by_open', fields: ['open', 'seqnum'] },
    { name: 'by_status', fields: ['status', 'queuedAt'] },
    { name: 'by_seqnum', fields: ['carrier', 'seqnum'] },
  ],
  schema: record<CarrierMessageDocument>(
    {
      id: text('UUID, derived from what caused it.'),
      carrier: text('Who is told.'),
      seqnum: whole('Our number of it; never used twice.'),
      notice: { type: 'object', description: 'What is told.' },
      status: choice(['queued', 'acked', 'alarmed'], 'How it stands.'),
      open: flag('Whether it is still being sent.'),
      queuedAt: instant('When it was stored.'),
      settledAt: maybe(instant('When it was acknowledged, or given up.')),
      alarm: maybe(text('Why people were called.')),
      correlationId: text('Of the request that began it all.'),
      traceparent: maybe(text('W3C trace context of what caused it.')),
    },
    'One message to a carrier.',
  ),
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
