import type { CarrierDialect, CarrierInboundEvent, CarrierReport } from '../domain/carrier-inbound';
import type { CarrierInboundId, Instant } from '../domain/kernel';
import type { Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, instant, maybe, record, text } from './schema';

/** One message of a carrier's, and what came of it. `parked`: kept for people to look at. */
export type CarrierInboxDocument = {
  readonly id: CarrierInboundId;
  readonly carrier: string;
  readonly dialect: CarrierDialect;
  readonly report: CarrierReport;
  readonly status: 'received' | 'applied' | 'parked';
  readonly code: string | null;
  readonly reason: string | null;
  readonly receivedAt: Instant;
  readonly settledAt: Instant | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
};

const collection: CollectionSpec = {
  name: 'carrier_inbox',
  version: 1,
  indexes: [{ name: 'by_status', fields: ['status', 'receivedAt'] }],
  schema: record<CarrierInboxDocument>(
    {
      id: text("UUID, derived from the carrier and the message's key."),
      carrier: text('Who said it.'),
      dialect: choice(['plain', 'enveloped', 'signed'], 'How it was said.'),
      report: { type: 'object', description: 'What was said.' },
      status: choice(['received', 'applied', 'parked'], 'What came of it.'),
      code: maybe(text('The refusal that it was parked for.')),
      reason: maybe(text('The refusal in words, and what to do.')),
      receivedAt: instant('When it was stored.'),
      settledAt: maybe(instant('When it was applied or parked.')),
      correlationId: text('Names it among the requests.'),
      traceparent: maybe(text('W3C trace context of the sender.')),
    },
    "One message of a carrier's.",
  ),
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
    CarrierInboundRetried: {
      ids: idOf,
      evolve: (document) =>
        document && { ...document, status: 'received', code: null, reason: null, settledAt: null },
    },
    CarrierInboundAnswered: { ids: () => [], evolve: (document) => document },
  },
};
