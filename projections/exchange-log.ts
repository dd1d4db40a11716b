import type { CarrierInboundEvent } from '../domain/carrier-inbound';
import type { CarrierMessageEvent } from '../domain/carrier-message';
import type { Instant } from '../domain/kernel';
import type { WorldCommandEvent, WorldRequest } from '../domain/world-command';
import type { EventOf, Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, flag, instant, maybe, record, text, whole } from './schema';

/** One message that crossed a border of ours, in either direction. `id` is the message's own. */
export type ExchangeLogEntry = {
  readonly id: string;
  /** `world:<link>` or `carrier:<name>`. */
  readonly link: string;
  readonly direction: 'sent' | 'received';
  /** e.g. `pack`, `created`, `truck-arrived`. */
  readonly kind: string;
  /** e.g. `queued`, `acked`, `answered`, `refused`, `alarmed`, `received`, `applied`, `parked`. */
  readonly status: string;
  /** It waits for people: parked, or not acknowledged for so long that they were called. */
  readonly parked: boolean;
  /** Ours where we sent it, absent where the sender gave none. */
  readonly seqnum: number | null;
  readonly shipmentNumber: number | null;
  /** What it said: JSON text. */
  readonly content: string;
  /** What was answered, or why it failed. */
  readonly note: string | null;
  readonly at: Instant;
  readonly settledAt: Instant | null;
  readonly correlationId: string;
};

type Exchanged = WorldCommandEvent | CarrierMessageEvent | CarrierInboundEvent;

const collection: CollectionSpec = {
  name: 'exchange_log',
  version: 2,
  indexes: [
    { name: 'by_link', fields: ['link', 'at'] },
    { name: 'by_parked', fields: ['parked', 'at'] },
    { name: 'by_shipment', fields: ['shipmentNumber', 'at'] },
  ],
  schema: record<ExchangeLogEntry>(
    {
      id: text("The message's own id."),
      link: text('`world:<link>` or `carrier:<name>`.'),
      direction: choice(['sent', 'received'], 'By us.'),
      kind: text('What it is about, e.g. `pack` or `truck-arrived`.'),
      status: text(
        'How it stands, e.g. `queued`, `acked`, `answered`, `refused`, `alarmed`, `applied`, `parked`.',
      ),
      parked: flag('Whether it waits for people.'),
      seqnum: maybe(whole('Our number, where we sent it.')),
      shipmentNumber: maybe(whole('The shipment that it is about, where it is about one.')),
      content: text('What it says: JSON.'),
      note: maybe(text('What was answered, or why it failed.')),
      at: instant('When it was stored.'),
      settledAt: maybe(instant('When it was acknowledged or settled.')),
      correlationId: text('Of the request that began it all.'),
    },
    'One message that crossed a border of ours.',
  ),
};

const shipmentOf = (request: WorldRequest): number | null =>
  request.kind === 'buy' ? (request.restockFor?.shipmentNumber ?? null) : request.shipmentNumber;

type Opening = Omit<ExchangeLogEntry, 'parked' | 'note' | 'settledAt' | 'correlationId'>;

const opened = (
  entry: Opening,
  { metadata }: { readonly metadata: EventOf<Exchanged>['metadata'] },
): ExchangeLogEntry => ({
  ...entry,
  parked: false,
  note: null,
  settledAt: null,
  correlationId: metadata.$correlationId,
});

type Standing = {
  readonly status: string;
  readonly settledAt: Instant | null;
  readonly note?: string | null;
  readonly parked?: true;
};

/** The entry as it stands now; one that is not there was never opened, and stays away. */
const now = (entry: ExchangeLogEntry | undefined, standing: Standing): ExchangeLogEntry | undefined =>
  entry && { ...entry, parked: false, ...standing };

const ofCommand = ({ data }: { readonly data: { readonly worldCommandId: string } }) => [data.worldCommandId];

const ofMessage = ({ data }: { readonly data: { readonly carrierMessageId: string } }) => [
  data.carrierMessageId,
];

const ofInbound = ({ data }: { readonly data: { readonly carrierInboundId: string } }) => [
  data.carrierInboundId,
];

const worldHandlers: Projection<ExchangeLogEntry, WorldCommandEvent>['handlers'] = {
  WorldCommandQueued: {
    ids: ofCommand,
    evolve: (_, event) => {
      const { worldCommandId: id, link, seqnum, request, queuedAt: at } = event.data;
      return opened(
        {
          ...{
            id,
            link: `world:${link}`,
            direction: 'sent',
            kind: request.kind,
            status: 'queued',
            seqnum,
            at,
          },
          shipmentNumber: shipmentOf(request),
          content: JSON.stringify(request),
        },
        event,
      );
    },
  },
  WorldCommandAcked: {
    ids: ofCommand,
    evolve: (entry, { data }) => now(entry, { status: 'acked', settledAt: data.ackedAt }),
  },
  WorldCommandAnswered: {
    ids: ofCommand,
    evolve: (entry, { data: { answeredAt, status } }) =>
      now(entry, { status: 'answered', settledAt: answeredAt, note: status ?? null }),
  },
  WorldCommandRefused: {
    ids: ofCommand,
    evolve: (entry, { data }) =>
      now(entry, { status: 'refused', settledAt: data.refusedAt, note: data.reason }),
  },
};

const messageHandlers: Projection<ExchangeLogEntry, CarrierMessageEvent>['handlers'] = {
  CarrierMessageQueued: {
    ids: ofMessage,
    evolve: (_, event) => {
      const { carrierMessageId: id, carrier, seqnum, notice, queuedAt: at } = event.data;
      return opened(
        {
          ...{ id, link: `carrier:${carrier}`, direction: 'sent', kind: notice.kind, status: 'queued' },
          ...{ seqnum, shipmentNumber: notice.shipmentNumber, content: JSON.stringify(notice), at },
        },
        event,
      );
    },
  },
  CarrierMessageAcked: {
    ids: ofMessage,
    evolve: (entry, { data }) => now(entry, { status: 'acked', settledAt: data.ackedAt, note: null }),
  },
  CarrierMessageAlarmed: {
    ids: ofMessage,
    evolve: (entry, { data: { alarmedAt, tries, reason } }) =>
      now(entry, {
        ...{ status: 'alarmed', parked: true, settledAt: alarmedAt },
        note: `The carrier did not acknowledge it in ${tries} tries, the last time because: ${reason}`,
      }),
  },
  CarrierMessageRequeued: {
    ids: ofMessage,
    evolve: (entry) => now(entry, { status: 'queued', settledAt: null, note: null }),
  },
};

const inboundHandlers: Projection<ExchangeLogEntry, CarrierInboundEvent>['handlers'] = {
  CarrierInboundReceived: {
    ids: ofInbound,
    evolve: (_, event) => {
      const { carrierInboundId: id, carrier, report, body, receivedAt: at } = event.data;
      return opened(
        {
          ...{ id, link: `carrier:${carrier}`, direction: 'received', kind: report.kind, status: 'received' },
          ...{ seqnum: null, content: body, at },
          shipmentNumber: 'shipmentNumber' in report ? report.shipmentNumber : null,
        },
        event,
      );
    },
  },
  CarrierInboundApplied: {
    ids: ofInbound,
    evolve: (entry, { data }) => now(entry, { status: 'applied', settledAt: data.appliedAt, note: null }),
  },
  CarrierInboundParked: {
    ids: ofInbound,
    evolve: (entry, { data: { parkedAt, code, reason } }) =>
      now(entry, { status: 'parked', parked: true, settledAt: parkedAt, note: `${code}: ${reason}` }),
  },
  CarrierInboundRetried: {
    ids: ofInbound,
    evolve: (entry) => now(entry, { status: 'received', settledAt: null, note: null }),
  },
  CarrierInboundAnswered: { ids: () => [], evolve: (entry) => entry },
};

/** What was sent and received over our borders, and what came of it. */
export const exchangeLog: Projection<ExchangeLogEntry, Exchanged> = {
  collection,
  handlers: { ...worldHandlers, ...messageHandlers, ...inboundHandlers },
};
