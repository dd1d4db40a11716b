import type { RecordedEvent, StreamName } from '../../../platform/event-store';
import type { ExchangeLogEntry } from '../../../projections/exchange-log';
import type { WorldLinkDocument } from '../../../projections/world-links';
import type { EdgeContext } from '../context';
import { staff } from '../caller';
import { Fault } from '../../../platform/faults';
import { connectionOf, connectionTypeDefs, pageArguments, pageAsked, type PageArguments } from './relay';
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
  const { first: limit } = pageAsked(first === undefined ? {} : { first });
  const events: object[] = [];
  const options = { from: BigInt(from ?? 0), limit };
  for await (const event of services.events.read(stream as StreamName, options)) events.push(shown(event));
  return events;
};

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
  "\`live\`, \`catching-up\`, \`paused\` or \`failed\`."
  status: String!
  "What else there is to say of the copy that is shown, in words: that code of another version made it, or why it goes no further. Null where there is nothing."
  detail: String
  "How another copy of it does, which is built or kept beside the one that is shown; null where there is none."
  rebuild: Rebuild
}

"A read model that is being made again."
type Rebuild {
  "The version that it has among the copies of the read model."
  version: Int!
  "\`live\` (it has caught up), \`catching-up\`, \`paused\` or \`failed\`."
  status: String!
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
  "\`sent\` or \`received\`."
  direction: String!
  "What kind of message, e.g. \`pack\`."
  kind: String!
  "What became of it, e.g. \`queued\`, \`acked\`, \`parked\`."
  status: String!
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

/** For staff only, whatever it is. */
export const forStaff =
  (resolve: (args: never, context: EdgeContext) => unknown): FieldResolver =>
  (_root: unknown, args: never, context: EdgeContext) => {
    staff(context.viewer);
    return resolve(args, context);
  };

export const operations: Concept = {
  typeDefs,
  resolvers: {
    Query: {
      projections: forStaff((_args: object, { services }) => services.projections()),
      exchangeLog: forStaff(async ({ link, ...page }: ExchangeArguments, { services }) =>
        connectionOf(await services.readers.exchanges.list({ link, ...pageAsked(page) })),
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
    Exchange: {
      shipmentNumber: ({ shipmentNumber }: ExchangeLogEntry) =>
        shipmentNumber === null ? null : String(shipmentNumber),
    },
  },
};
