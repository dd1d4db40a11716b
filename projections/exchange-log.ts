import { z } from 'zod';
import type { CarrierInboundAnswered, CarrierInboundEvent } from '../domain/carrier-inbound';
import type { PersonalDataErased } from '../domain/account';
import {
  carrierMessage,
  erasedNotice,
  type CarrierMessageEvent,
  type CarrierNotice,
} from '../domain/carrier-message';
import type { Instant } from '../domain/kernel';
import type { WorldCommandEvent, WorldRequest } from '../domain/world-command';
import { readModel, type DocumentOf, type EventOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { correlationId, instant, text } from './fields';

type ExchangeStatus =
  'queued' | 'acked' | 'answered' | 'refused' | 'alarmed' | 'received' | 'applied' | 'parked' | 'handled';

export const ExchangeLogEntry = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe("The message's unique identifier."),
    link: z.string().describe('`world:<link>` or `carrier:<name>`.'),
    direction: z.enum(['sent', 'received']).meta({ kind: 'text' }).describe('`sent` or `received`, by us.'),
    kind: z.string().describe('The subject of the message, e.g. `pack` or `truck-arrived`.'),
    status: text<ExchangeStatus>('text').describe(
      'The outcome of the message: `queued`, `acked`, `answered`, `refused`, `alarmed`, `received`, `applied`, `parked` or `handled`.',
    ),
    parked: z.boolean().describe('Whether it waits for staff: it was rejected, or never acknowledged.'),
    seqnum: z.int().nullable().describe('Our sequence number; null where we did not send the message.'),
    shipmentNumber: z
      .int()
      .nullable()
      .describe('The number of the shipment that the message is about; null where it is about none.'),
    content: z.string().describe('The message, as JSON text.'),
    note: z.string().nullable().describe('The answer, or the reason of the failure.'),
    at: instant.describe('The time when the message was stored.'),
    settledAt: instant
      .nullable()
      .describe('The time when the message was acknowledged or settled; null before.'),
    correlationId,
  })
  .describe('A message to or from an outside party.');
export type ExchangeLogEntry = DocumentOf<typeof ExchangeLogEntry>;

/** The answer to a carrier is part of the exchange that it answers. */
type Exchanged =
  WorldCommandEvent | CarrierMessageEvent | Exclude<CarrierInboundEvent, CarrierInboundAnswered>;

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
  readonly status: ExchangeStatus;
  readonly settledAt: Instant | null;
  readonly note?: string | null;
  readonly parked?: true;
};

/** Returns the entry in its new status; undefined where it was never opened. */
const now = (entry: ExchangeLogEntry | undefined, standing: Standing): ExchangeLogEntry | undefined =>
  entry && { ...entry, parked: false, ...standing };

const idOf = (data: EventOf<Exchanged>['data']): string => {
  if ('worldCommandId' in data) return data.worldCommandId;
  return 'carrierMessageId' in data ? data.carrierMessageId : data.carrierInboundId;
};

export const exchangeLog = readModel<ExchangeLogEntry, Exchanged | PersonalDataErased>('exchange_log', {
  question: 'Which messages were exchanged with the World and the carriers, and what was their outcome?',
  version: 3,
  document: ExchangeLogEntry,
  searchFields: ['link', 'kind', 'content', 'note'],
  indexes: { by_link: ['link', 'at'], by_parked: ['parked', 'at'], by_shipment: ['shipmentNumber', 'at'] },
  key: (event) => (isErasure(event) ? erasedIn(carrierMessage.category, event) : idOf(event.data)),
  on: {
    WorldCommandQueued: (_, event) => {
      const { worldCommandId: id, link, seqnum, request, queuedAt: at } = event.data;
      const { kind } = request;
      const opening = {
        id,
        link: `world:${link}`,
        direction: 'sent',
        kind,
        status: 'queued',
        seqnum,
      } as const;
      const shipmentNumber = shipmentOf(request);
      return opened({ ...opening, shipmentNumber, content: JSON.stringify(request), at }, event);
    },
    WorldCommandAcked: (found, { data }) => now(found, { status: 'acked', settledAt: data.ackedAt }),
    WorldCommandAnswered: (found, { data: { answeredAt, status } }) =>
      now(found, { status: 'answered', settledAt: answeredAt, note: status ?? null }),
    WorldCommandRefused: (found, { data: { refusedAt, reason } }) =>
      now(found, { status: 'refused', settledAt: refusedAt, note: reason }),

    CarrierMessageQueued: (_, event) => {
      const { carrierMessageId: id, carrier, seqnum, notice, queuedAt: at } = event.data;
      const { kind, shipmentNumber } = notice;
      const link = `carrier:${carrier}`;
      const opening = { id, link, direction: 'sent', kind, status: 'queued', seqnum } as const;
      return opened({ ...opening, shipmentNumber, content: JSON.stringify(notice), at }, event);
    },
    CarrierMessageAcked: (found, { data }) =>
      now(found, { status: 'acked', settledAt: data.ackedAt, note: null }),
    CarrierMessageAlarmed: (found, { data: { alarmedAt, tries, reason } }) =>
      now(found, {
        status: 'alarmed',
        parked: true,
        settledAt: alarmedAt,
        note: `The carrier did not acknowledge it in ${tries} tries, the last time because: ${reason}`,
      }),
    CarrierMessageRequeued: (found) => now(found, { status: 'queued', settledAt: null, note: null }),
    CarrierMessageHandled: (found, { data }) => now(found, { status: 'handled', settledAt: data.handledAt }),

    PersonalDataErased: (found) =>
      found && {
        ...found,
        content: JSON.stringify(erasedNotice(JSON.parse(found.content) as CarrierNotice)),
      },

    CarrierInboundReceived: (_, event) => {
      const { carrierInboundId: id, carrier, report, body: content, receivedAt: at } = event.data;
      const { kind } = report;
      const link = `carrier:${carrier}`;
      const opening = { id, link, direction: 'received', kind, status: 'received', seqnum: null } as const;
      const shipmentNumber = 'shipmentNumber' in report ? (report.shipmentNumber ?? null) : null;
      return opened({ ...opening, shipmentNumber, content, at }, event);
    },
    CarrierInboundApplied: (found, { data }) =>
      now(found, { status: 'applied', settledAt: data.appliedAt, note: null }),
    CarrierInboundParked: (found, { data: { parkedAt, code, reason } }) =>
      now(found, { status: 'parked', parked: true, settledAt: parkedAt, note: `${code}: ${reason}` }),
    CarrierInboundRetried: (found) => now(found, { status: 'received', settledAt: null, note: null }),
    CarrierInboundHandled: (found, { data }) => now(found, { status: 'handled', settledAt: data.handledAt }),
  },
});
