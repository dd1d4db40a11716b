import { z } from 'zod';
import type { CarrierInboundAnswered, CarrierInboundEvent, CarrierReport } from '../domain/carrier-inbound';
import type { CarrierInboundId } from '../domain/kernel';
import { readModel, type DocumentOf } from '../platform/projections';
import { anyObject, correlationId, instant, traceparent, uuid } from './fields';

export const CarrierInboxDocument = z
  .strictObject({
    id: uuid<CarrierInboundId>().describe(
      "The unique identifier, derived from the carrier and the message's key.",
    ),
    carrier: z.string().describe('The carrier that sent the message.'),
    dialect: z
      .enum(['plain', 'enveloped', 'signed'])
      .describe('The form in which the carrier sends messages.'),
    report: anyObject<CarrierReport>().describe('What the message reports.'),
    status: z
      .enum(['received', 'applied', 'parked', 'handled'])
      .describe(
        '`parked`: it was rejected and waits for staff. `handled`: staff have dealt with it by other means.',
      ),
    code: z.string().nullable().describe('The code of the rejection that parked it.'),
    reason: z.string().nullable().describe('The reason why it was parked, and what to do.'),
    receivedAt: instant.describe('The time when the message was stored.'),
    settledAt: instant.nullable().describe('The time when the message was applied or parked.'),
    correlationId,
    traceparent,
  })
  .describe("A carrier's message and its outcome.");
export type CarrierInboxDocument = DocumentOf<typeof CarrierInboxDocument>;

/** The answer to the carrier changes nothing here. */
type Shown = Exclude<CarrierInboundEvent, CarrierInboundAnswered>;

/** The read model of carriers' messages: those that are still to be applied after a restart, and those that wait for staff. */
export const carrierInbox = readModel<CarrierInboxDocument, Shown>('carrier_inbox', {
  question: 'Which messages of carriers are still to be applied, and which were rejected?',
  version: 2,
  document: CarrierInboxDocument,
  indexes: { by_status: ['status', 'receivedAt'] },
  key: ({ data }) => data.carrierInboundId,
  on: {
    CarrierInboundReceived: (_, { data, metadata }) => ({
      id: data.carrierInboundId,
      carrier: data.carrier,
      dialect: data.dialect,
      report: data.report,
      status: 'received',
      code: null,
      reason: null,
      receivedAt: data.receivedAt,
      settledAt: null,
      correlationId: metadata.$correlationId,
      traceparent: metadata.traceparent ?? null,
    }),
    CarrierInboundApplied: (found, { data }) =>
      found && { ...found, status: 'applied', code: null, reason: null, settledAt: data.appliedAt },
    CarrierInboundParked: (found, { data: { code, reason, parkedAt } }) =>
      found && { ...found, status: 'parked', code, reason, settledAt: parkedAt },
    CarrierInboundRetried: (found) =>
      found && { ...found, status: 'received', code: null, reason: null, settledAt: null },
    CarrierInboundHandled: (found, { data }) =>
      found && { ...found, status: 'handled', settledAt: data.handledAt },
  },
});
