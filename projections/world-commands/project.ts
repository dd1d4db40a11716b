import type { WorldCommandEvent, WorldCommandQueued } from '../../domain/world-command';
import type { CollectionSpec } from '../../platform/read-models';
import type { EventOf, Projection } from '../runtime';
import type { WorldCommandDocument } from './document';

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };

export const collection: CollectionSpec = {
  name: 'world_commands',
  version: 1,
  indexes: [
    { name: 'by_link_open', fields: ['link', 'open', 'seqnum'] },
    { name: 'by_open', fields: ['open', 'seqnum'] },
    { name: 'by_answer', fields: ['worldId', 'answerSeqnum'] },
  ],
  schema: {
    type: 'object',
    required: ['id', 'link', 'seqnum', 'request', 'status', 'open', 'queuedAt', 'correlationId'],
    properties: {
      id: text,
      link: text,
      seqnum: { type: 'integer' },
      request: { type: 'object' },
      status: { enum: ['queued', 'acked', 'answered', 'refused'] },
      open: { type: 'boolean' },
      notBefore: maybeText,
      worldId: maybeText,
      answerSeqnum: maybeText,
      reason: maybeText,
      queuedAt: text,
      settledAt: maybeText,
      correlationId: text,
      traceparent: maybeText,
    },
  },
};

const queued = ({ data, metadata }: EventOf<WorldCommandQueued>): WorldCommandDocument => ({
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
});

const idOf = ({ data }: { readonly data: { readonly worldCommandId: string } }): readonly string[] => [
  data.worldCommandId,
];

/** What was asked of the World: the open ones are what its gateway begins with after a restart. */
export const worldCommands: Projection<WorldCommandDocument, WorldCommandEvent> = {
  collection,
  handlers: {
    WorldCommandQueued: { ids: idOf, evolve: (_, event) => queued(event) },
    WorldCommandAcked: {
      ids: idOf,
      evolve: (document, { data }) => document && { ...document, status: 'acked', worldId: data.worldId },
    },
    WorldCommandAnswered: {
      ids: idOf,
      evolve: (document, { data: { worldId, answerSeqnum, status, answeredAt } }) =>
        document && {
          ...document,
          ...{ status: 'answered', open: false, worldId, answerSeqnum },
          ...{ reason: status ?? null, settledAt: answeredAt },
        },
    },
    WorldCommandRefused: {
      ids: idOf,
      evolve: (document, { data: { worldId, answerSeqnum, reason, refusedAt } }) =>
        document && {
          ...document,
          ...{ status: 'refused', open: false, worldId, answerSeqnum, reason, settledAt: refusedAt },
        },
    },
  },
};
