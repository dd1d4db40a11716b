import type { RecordedEvent, StreamName } from '../../../platform/event-store';
import { exchangeLog, type ExchangeLogEntry } from '../../../projections/exchange-log';
import { worldCommands } from '../../../projections/world-commands';
import { worldLinks, type WorldLinkDocument } from '../../../projections/world-links';
import type { EdgeContext } from '../context';
import type { ProjectionReport } from '../deps';
import { staff } from '../caller';
import { Fault } from '../../../platform/faults';
import {
  connectionOf,
  connectionResolvers,
  connectionTypeDefs,
  pageArguments,
  pageAsked,
  type PageArguments,
} from './relay';
import type { Concept, FieldResolver } from './resolvers';

type EventsArguments = {
  readonly stream: string;
  readonly from?: number | null;
  readonly first?: number | null;
};
type ExchangeArguments = PageArguments & { readonly link: string };

/** Facts of no use to a reader: hashes of passwords and tokens, and what tokens are derived from. */
const secretFields: ReadonlySet<string> = new Set([
  'passwordHash',
  'tokenHash',
  'newTokenHash',
  'replacedTokenHashes',
  'salt',
  'secret',
]);

const withoutSecrets = (data: object): object =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      secretFields.has(name) ? '[redacted]' : value,
    ]),
  );

const shown = ({ data, revision, metadata, ...event }: RecordedEvent): object => ({
  ...event,
  revision: Number(revision),
  data: withoutSecrets(data),
  actor: metadata.actor,
  correlationId: metadata.$correlationId,
  causationId: metadata.$causationId,
  traceparent: metadata.traceparent ?? null,
  schema: metadata.schema,
});

const readEvents = async (
  { stream, from, first }: EventsArguments,
  { services }: EdgeContext,
): Promise<readonly object[]> => {
  if ((from ?? 0) < 0) throw new Fault('INPUT_INVALID', 'from: give 0 or more');
  const { first: limit } = pageAsked({ first });
  const events: object[] = [];
  const options = { from: BigInt(from ?? 0), limit };
  for await (const event of services.events.read(stream as StreamName, options)) events.push(shown(event));
  return events;
};

/** The words of an enum, as the read models have them, with what each of them means. */
type Words = Readonly<Record<string, string>>;

const readModelStates = {
  live: 'It shows what there is.',
  'catching-up': 'It takes in events that it does not show yet.',
  paused: 'Staff have stopped it.',
  failed: 'It goes no further; `detail` says why.',
} as const satisfies Record<ProjectionReport['status'], string>;

const exchangeWays = {
  sent: 'By us.',
  received: 'By us, from the other party.',
} as const satisfies Record<ExchangeLogEntry['direction'], string>;

const exchangeStates = {
  queued: 'It is sent until it is acknowledged.',
  acked: 'The other party has it.',
  answered: 'The other party has done it.',
  refused: 'The other party refused it; `note` says why.',
  alarmed: 'It was not acknowledged in time; it waits for staff.',
  received: 'It is stored, and has had no effect yet.',
  applied: 'It has had its effect.',
  parked: 'It made no sense when it came; it waits for staff.',
} as const satisfies Record<ExchangeLogEntry['status'], string>;

const enumValueOf = (word: string): string => word.toUpperCase().replaceAll('-', '_');

const enumTypeDefs = (name: string, description: string, words: Words): string => `
"${description}"
enum ${name} {${Object.entries(words)
  .map(([word, meaning]) => `\n  "${meaning}"\n  ${enumValueOf(word)}`)
  .join('')}
}
`;

const typeDefs = `
extend type Query {
  "How far each read model is. For staff."
  projections: [Projection!]
  "What was sent to and received from an outside party, newest first. For staff."
  exchangeLog(
    "\`world:<link>\` or \`carrier:<name>\`."
    link: String!${pageArguments}
  ): ExchangeConnection
  "Our link to the World; null before there ever was one. For staff."
  world: World
  "The events of a stream, oldest first, as they are stored; hashes of secrets are blotted out. For staff."
  events(
    "\`<category>-<id>\`, e.g. \`order-018f…\`."
    stream: String!
    "The revision to begin with, counted from 0."
    from: SafeInt = 0
    "How many at most: 1 to 100."
    first: Int = 20
  ): [StoredEvent!]
}

"A read model: made from events, and made again whenever wanted."
type Projection {
  "What it is called."
  name: String!
  "The version of the copy that is shown."
  version: Int!
  "The last event that it shows; null before the first."
  position: ConsistencyToken
  "The last event there is; null before the first."
  head: ConsistencyToken
  "How many events it is behind."
  lagEvents: SafeInt!
  "How old the oldest event is that it does not show, in seconds."
  lagSeconds: Float!
  "How the copy that is shown is kept."
  state: ReadModelState!
  "\`live\`, \`catching-up\`, \`paused\` or \`failed\`."
  status: String! @deprecated(reason: "Use \`state\`.")
  "What else there is to say of the copy that is shown, in words: that code of another version made it, or why it goes no further. Null where there is nothing."
  detail: String
  "How another copy of it does, which is built or kept beside the one that is shown; null where there is none."
  rebuild: Rebuild
}

${enumTypeDefs('ReadModelState', 'How a copy of a read model is kept.', readModelStates)}
"A read model that is being made again."
type Rebuild {
  "The version that it has among the copies of the read model."
  version: Int!
  "How the copy is kept; \`LIVE\`: it has caught up."
  state: ReadModelState!
  "\`live\` (it has caught up), \`catching-up\`, \`paused\` or \`failed\`."
  status: String! @deprecated(reason: "Use \`state\`.")
  "Events that it has taken in."
  done: SafeInt!
  "Events that there are."
  total: SafeInt!
  "How fast it goes."
  eventsPerSecond: Float!
  "How long it will take at this pace; null while nobody can tell."
  etaSeconds: Float
}

"One message that crossed our border."
type Exchange {
  "The message's own id."
  id: ID!
  "\`world:<link>\` or \`carrier:<name>\`."
  link: String!
  "Which way it went."
  way: ExchangeWay!
  "\`sent\` or \`received\`."
  direction: String! @deprecated(reason: "Use \`way\`.")
  "What kind of message, e.g. \`pack\`."
  kind: String!
  "What became of it."
  state: ExchangeState!
  "What became of it, e.g. \`queued\`, \`acked\`, \`parked\`."
  status: String! @deprecated(reason: "Use \`state\`.")
  "Its sequence number; null where it has none."
  seqnum: SafeInt
  "The shipment that it is about; null where it is about none."
  shipmentNumber: String
  "What it said, as JSON text."
  content: String!
  "What was answered, or why it failed."
  note: String
  "When it came or was to go."
  at: DateTime!
  "When it was done with; null before."
  settledAt: DateTime
  "The request that began it all."
  correlationId: ID!
}

${enumTypeDefs('ExchangeWay', 'Which way a message went.', exchangeWays)}
${enumTypeDefs('ExchangeState', 'What became of a message.', exchangeStates)}
"Our link to a World."
type World {
  "The World's id."
  id: ID!
  "The link's name."
  link: String!
  "Whether we are connected now."
  connected: Boolean!
  "Since when that is so."
  since: DateTime!
  "Why the last connection ended; null where none has."
  lastLoss: String
  "Commands that it has not acknowledged yet."
  unacked: Int!
}

"An event as it is stored."
type StoredEvent {
  "A UUID."
  id: ID!
  "What happened."
  type: String!
  "Where it is stored."
  stream: String!
  "Its place in the stream, counted from 0."
  revision: SafeInt!
  "Its place among all events."
  position: ConsistencyToken!
  "When it was stored."
  recordedAt: DateTime!
  "What happened, in figures."
  data: JSON!
  "Who made it happen."
  actor: String!
  "The request that began it all."
  correlationId: ID!
  "The command that caused it."
  causationId: ID!
  "The trace that it belongs to; null where there was none."
  traceparent: String
  "Counts the shapes of this type from 1."
  schema: Int!
}
${connectionTypeDefs('Exchange', 'messages')}
`;

const stateOf = ({ status }: { readonly status: string }): string => enumValueOf(status);

/** For staff only, whatever it is. */
export const forStaff =
  (resolve: (args: never, context: EdgeContext) => unknown): FieldResolver =>
  (_root: unknown, args: never, context: EdgeContext) => {
    staff(context.viewer);
    return resolve(args, context);
  };

export const operations: Concept = {
  typeDefs,
  readModels: { Exchange: [exchangeLog], World: [worldLinks, worldCommands] },
  resolvers: {
    ...connectionResolvers('Exchange'),
    Query: {
      projections: forStaff((_args: object, { services }) => services.projections()),
      exchangeLog: forStaff(async ({ link, ...page }: ExchangeArguments, { services }) =>
        connectionOf(services.readers.exchanges.ofLink(link), page),
      ),
      world: forStaff(async (_args: object, { services }) => {
        const [link] = await services.readers.worldLinks.list();
        return link ?? null;
      }),
      events: forStaff(readEvents),
    },
    World: {
      id: ({ worldId }: WorldLinkDocument) => worldId,
      link: ({ id }: WorldLinkDocument) => id,
      unacked: ({ id }: WorldLinkDocument, _args: object, { services }: EdgeContext) =>
        services.readers.worldLinks.unacked(id),
    },
    Projection: { state: stateOf },
    Rebuild: { state: stateOf },
    Exchange: {
      way: ({ direction }: ExchangeLogEntry) => enumValueOf(direction),
      state: stateOf,
      shipmentNumber: ({ shipmentNumber }: ExchangeLogEntry) =>
        shipmentNumber === null ? null : String(shipmentNumber),
    },
  },
};
