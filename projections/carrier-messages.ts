import { z } from 'zod';
import type { PersonalDataErased } from '../domain/account';
import {
  carrierMessage,
  erasedNotice,
  type CarrierMessageEvent,
  type CarrierNotice,
} from '../domain/carrier-message';
import type { CarrierMessageId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { erasedIn, isErasure } from './erased-streams';
import { anyObject, correlationId, instant, traceparent, uuid } from './fields';

export const CarrierMessageDocument = z
  .strictObject({
    id: uuid<CarrierMessageId>().describe('The unique identifier, derived from what caused the message.'),
    carrier: z.string().describe('The carrier that the message is for.'),
    seqnum: z.int().describe('Our sequence number of the message. It is never used twice.'),
    notice: anyObject<CarrierNotice>().describe('What the message says.'),
    status: z
      .enum(['queued', 'acked', 'alarmed', 'handled'])
      .describe(
        '`alarmed`: too many tries failed, and it waits for staff. `handled`: staff have dealt with it by other means.',
      ),
    open: z.boolean().describe('Whether it is still being sent.'),
    queuedAt: instant.describe('The time when the message was stored.'),
    settledAt: instant.nullable().describe('The time when the carrier acknowledged it, or sending stopped.'),
    alarm: z.string().nullable().describe('The reason why sending stopped.'),
    correlationId,
    traceparent,
  })
  .describe('A message to a carrier, and whether the carrier acknowledged it.');
export type CarrierMessageDocument = DocumentOf<typeof CarrierMessageDocument>;

/** The open ones are what the outbox begins with after a restart. */
export const carrierMessages = readModel<CarrierMessageDocument, CarrierMessageEvent | PersonalDataErased>(
  'carrier_messages',
  {
    question: 'Which messages to carriers are still to be sent, and which were not acknowledged?',
    version: 2,
    document: CarrierMessageDocument,
    indexes: {
      by_open: ['open', 'seqnum'],
      by_status: ['status', 'queuedAt'],
      by_seqnum: ['carrier', 'seqnum'],
    },
    key: (event) =>
      isErasure(event) ? erasedIn(carrierMessage.category, event) : event.data.carrierMessageId,
    on: {
      CarrierMessageQueued: (_, { data, metadata }) => ({
        id: data.carrierMessageId,
        carrier: data.carrier,
        seqnum: data.seqnum,
        notice: data.notice,
        status: 'queued',
        open: true,
        queuedAt: data.queuedAt,
        settledAt: null,
        alarm: null,
        correlationId: metadata.$correlationId,
        traceparent: metadata.traceparent ?? null,
      }),
      CarrierMessageAcked: (found, { data }) =>
        found && { ...found, status: 'acked', open: false, settledAt: data.ackedAt },
      CarrierMessageAlarmed: (found, { data: { tries, reason, alarmedAt } }) =>
        found && {
          ...found,
          status: 'alarmed',
          open: false,
          settledAt: alarmedAt,
          alarm: `${tries} tries: ${reason}`,
        },
      CarrierMessageRequeued: (found) =>
        found && { ...found, status: 'queued', open: true, settledAt: null, alarm: null },
      PersonalDataErased: (found) => found && { ...found, notice: erasedNotice(found.notice) },
      CarrierMessageHandled: (found, { data }) =>
        found && { ...found, status: 'handled', settledAt: data.handledAt },
    },
  },
);
