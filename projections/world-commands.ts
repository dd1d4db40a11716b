import type { Instant, WorldCommandId } from '../domain/kernel';
import type { WorldCommandEvent, WorldCommandQueued, WorldRequest } from '../domain/world-command';
import type { EventOf, Projection } from '../platform/projections';
import type { CollectionSpec } from '../platform/read-models';
import { choice, flag, instant, maybe, record, text, whole } from './schema';

/** One thing asked of the World, and how it stands. `open`: its outcome is not known yet. */
export type WorldCommandDocument = {
  readonly id: WorldCommandId;
  readonly link: string;
  readonly seqnum: number;
  readonly request: WorldRequest;
  readonly status: 'queued' | 'acked' | 'answered' | 'refused';
  readonly open: boolean;
  readonly notBefore: Instant | null;
  /** The world that acknowledged or settled it. */
  readonly worldId: string | null;
  /** The World's number of the message that settled it. */
  readonly answerSeqnum: string | null;
  readonly reason: string | null;
  readonly queuedAt: Instant;
  readonly settledAt: Instant | null;
  /** Of the request that began it all, so that what follows can be told to belong to it. */
  readonly correlationId: string;
  readonly traceparent: string | null;
};

const collection: CollectionSpec = {
  name: 'world_commands',
  version: 1,
  indexes: [
    { name: 'by_link_open', fields: ['link', 'open', 'seqnum'] },
    { name: 'by_open', fields: ['open', 'seqnum'] },
    { name: 'by_answer', fields: ['worldId', 'answerSeqnum'] },
  ],
  schema: record<WorldCommandDocument>(
    {
      id: text('UUID, derived from what caused it.'),
      link: text('The link to the World that it goes over.'),
      seqnum: whole('Our number of it; never used twice.'),
      request: { type: 'object', description: 'What the World is asked: a buy, a pack, a load or a query.' },
      status: choice(['queued', 'acked', 'answered', 'refused'], 'How it stands.'),
      open: flag('Whether its outcome is not known yet.'),
      notBefore: maybe(instant('When it may be sent at the earliest; null: at once.')),
      worldId: maybe(text('The world that acknowledged or settled it.')),
      answerSeqnum: maybe(text("The World's number of the message that settled it.")),
      reason: maybe(text('Why it was refused, or what a query found.')),
      queuedAt: instant('When it was stored.'),
      settledAt: maybe(instant('When its outcome came.')),
      correlationId: text('Of the request that began it all.'),
      traceparent: maybe(text('W3C trace context of what caused it.')),
    },
    'One thing that the World was asked.',
  ),
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
