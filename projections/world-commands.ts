import { z } from 'zod';
import type { WorldCommandId } from '../domain/kernel';
import type { WorldCommandEvent, WorldRequest } from '../domain/world-command';
import { readModel, type DocumentOf } from '../platform/projections';
import { anyObject, correlationId, instant, traceparent, uuid } from './fields';

export const WorldCommandDocument = z
  .strictObject({
    id: uuid<WorldCommandId>().describe('The unique identifier, derived from what caused the command.'),
    link: z.string().describe('The link that the command is sent over.'),
    seqnum: z.int().describe('Our sequence number of the command. It is never used twice.'),
    request: anyObject<WorldRequest>().describe(
      'What the World is asked to do: a buy, a pack, a load or a query.',
    ),
    status: z
      .enum(['queued', 'acked', 'answered', 'refused'])
      .describe('How far the World has processed the command.'),
    open: z.boolean().describe('Whether its outcome is not known yet.'),
    notBefore: instant
      .nullable()
      .describe('The earliest moment at which it may be sent; null where it may be sent at once.'),
    worldId: z.string().nullable().describe('The World that acknowledged or settled it.'),
    answerSeqnum: z.string().nullable().describe("The World's number of the message that settled it."),
    reason: z.string().nullable().describe('The reason why it was refused, or what a query found.'),
    queuedAt: instant.describe('The time when the command was stored.'),
    settledAt: instant.nullable().describe('The time when its outcome arrived.'),
    correlationId,
    traceparent,
  })
  .describe('A command to the World, and its outcome.');
export type WorldCommandDocument = DocumentOf<typeof WorldCommandDocument>;

/** The open ones are what the World's gateway begins with after a restart. */
export const worldCommands = readModel<WorldCommandDocument, WorldCommandEvent>('world_commands', {
  question: 'Which commands were sent to the World, and which of them have no outcome yet?',
  version: 1,
  document: WorldCommandDocument,
  indexes: {
    by_link_open: ['link', 'open', 'seqnum'],
    by_open: ['open', 'seqnum'],
    by_answer: ['worldId', 'answerSeqnum'],
  },
  key: ({ data }) => data.worldCommandId,
  on: {
    WorldCommandQueued: (_, { data, metadata }) => ({
      id: data.worldCommandId,
      link: data.link,
      seqnum: data.seqnum,
      request: data.request,
      status: 'queued',
      open: true,
      notBefore: data.notBefore ?? null,
      worldId: null,
      answerSeqnum: null,
      reason: null,
      queuedAt: data.queuedAt,
      settledAt: null,
      correlationId: metadata.$correlationId,
      traceparent: metadata.traceparent ?? null,
    }),
    WorldCommandAcked: (found, { data }) => found && { ...found, status: 'acked', worldId: data.worldId },
    WorldCommandAnswered: (found, { data: { worldId, answerSeqnum, status, answeredAt } }) =>
      found && {
        ...found,
        status: 'answered',
        open: false,
        worldId,
        answerSeqnum,
        reason: status ?? null,
        settledAt: answeredAt,
      },
    WorldCommandRefused: (found, { data: { worldId, answerSeqnum, reason, refusedAt } }) =>
      found && {
        ...found,
        status: 'refused',
        open: false,
        worldId,
        answerSeqnum,
        reason,
        settledAt: refusedAt,
      },
  },
});
