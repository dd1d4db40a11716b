import type { RejectionCode } from '../../../commands/rejections';
import type { ParkedEvent } from '../../../platform/projections';
import type { ParkedDocument } from '../../../platform/reactions';
import type { EdgeContext } from '../context';
import { combined } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';
import { staffMutations, type StaffMutation } from './staff-mutation';

const typeDefs = `
extend type Query {
  "The events that read models left out because their code failed on them, the earliest event first. For staff."
  parkedEvents(
    "Only those of this read model."
    readModel: String${pageArguments}
  ): ParkedEventConnection
  "The reactions to events that failed: those that wait for staff first, then those that are retried by themselves. For staff."
  parkedReactions(${pageArguments}
  ): ParkedReactionConnection
}

"An event that a copy of a read model left out."
type ParkedEvent {
  "The unique identifier: of the copy and the event."
  id: ID!
  "The name of the read model."
  readModel: String!
  "The version of the copy."
  version: Int!
  "The unique identifier of the event."
  eventId: ID!
  "The type of the event."
  type: String!
  "The stream of the event."
  stream: String!
  "The position of the event in the store."
  position: ConsistencyToken!
  "The reason why the code failed."
  reason: String!
  "The only document without the event; null where no document has it."
  document: String
  "The time when it was left out."
  parkedAt: DateTime!
}

"A reaction to an event that failed."
type ParkedReaction {
  "The unique identifier: of the event and the reactor."
  id: ID!
  "The name of the reactor."
  reactor: String!
  "The unique identifier of the event."
  eventId: ID!
  "The type of the event."
  type: String!
  "The stream of the event."
  stream: String!
  "The revision of the event in its stream, counted from 0."
  revision: SafeInt!
  "The reason why the reaction failed the last time."
  reason: String!
  "Whether it is retried by itself; otherwise it waits for staff."
  isRetried: Boolean!
  "The time of the last failure."
  parkedAt: DateTime!
}
`;

const retryReaction: StaffMutation = {
  permission: 'parked-work:retry',
  description:
    'Lets the platform retry a reaction that waits for staff, within seconds. If it fails again, it waits again, with the new reason.',
  input: `
  "The \`id\` among \`parkedReactions\`."
  reactionId: ID!`,
  fields: ['reactionId'],
  rejections: ['PARKED_REACTION_NOT_FOUND'],
  success: `
  "The reaction that is retried."
  reactionId: ID!`,
  notStored: 'the reaction has not run yet.',
  perform: async ({ reactionId }: { readonly reactionId: string }, { services }) =>
    (await services.retryReaction(reactionId))
      ? { kind: 'done', success: { reactionId } }
      : { kind: 'rejected', rejection: { code: 'PARKED_REACTION_NOT_FOUND', reactionId } },
};

/** The rejections of each mutation. */
export const parkedWorkRejections: Readonly<Record<string, readonly RejectionCode[]>> = {
  retryReaction: retryReaction.rejections,
};

type EventArguments = PageArguments & { readonly readModel?: string | null };

/** Events and reactions that failed. */
export const parkedWork: Concept = combined(
  {
    typeDefs,
    resolvers: {
      Query: {
        parkedEvents: allowed(
          'parked-work:read',
          async ({ readModel, ...page }: EventArguments, { services }: EdgeContext) =>
            connectionOf(services.readers.parkedEvents.list(readModel ?? undefined), page),
        ),
        parkedReactions: allowed('parked-work:read', async (page: PageArguments, { services }: EdgeContext) =>
          connectionOf(services.readers.parkedReactions.list(), page),
        ),
      },
      ParkedEvent: {
        readModel: ({ projection }: ParkedEvent) => projection,
        document: ({ document }: ParkedEvent) => document ?? null,
        parkedAt: ({ at }: ParkedEvent) => at,
      },
      ParkedReaction: {
        reactor: ({ workflow }: ParkedDocument) => workflow,
        eventId: ({ event }: ParkedDocument) => event.id,
        type: ({ event }: ParkedDocument) => event.type,
        stream: ({ event }: ParkedDocument) => event.stream,
        revision: ({ event }: ParkedDocument) => Number(event.revision),
        isRetried: ({ retry }: ParkedDocument) => retry === 'by-itself',
      },
    },
  },
  connectionType('ParkedEvent', 'events'),
  connectionType('ParkedReaction', 'reactions'),
  staffMutations({ retryReaction }),
);
