import { withoutSecrets, type RecordedEvent, type StreamName } from '../../../platform/event-store';
import { exchangeLog, ExchangeLogEntry } from '../../../projections/exchange-log';
import { worldCommands } from '../../../projections/world-commands';
import { worldLinks, type WorldLinkDocument } from '../../../projections/world-links';
import type { EdgeContext } from '../context';
import type { ProjectionReport } from '../deps';
import { Fault } from '../../../platform/faults';
import { connectionOf, connectionType, pageArguments, pageRequestOf, type PageArguments } from './relay';
import { combined, objectType } from './object-type';
import { allowed, type Concept } from './resolvers';

type EventsArguments = {
  readonly stream: string;
  readonly from?: number | null;
  readonly first?: number | null;
};
type ShipmentExchangesArguments = PageArguments & { readonly number: string };
type SearchArguments = PageArguments & { readonly text: string };
type ExchangeArguments = PageArguments & { readonly link: string };

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
  const { first: limit } = pageRequestOf({ first });
  const events: object[] = [];
  const options = { from: BigInt(from ?? 0), limit };
  for await (const event of services.events.read(stream as StreamName, options)) events.push(shown(event));
  return events;
};

/** The values of an enum as the read models have them, with their meanings. */
type Words = Readonly<Record<string, string>>;

const readModelStates = {
  live: 'It shows all stored events.',
  'catching-up': 'It processes events that it does not show yet.',
  paused: 'Staff have stopped it.',
  failed: 'It has stopped because of an error; `detail` states the reason.',
} as const satisfies Record<ProjectionReport['status'], string>;

const exchangeWays = {
  sent: 'The platform sent the message.',
  received: 'The platform received the message.',
} as const satisfies Record<ExchangeLogEntry['direction'], string>;

const exchangeStates = {
  queued: 'It is sent until it is acknowledged.',
  acked: 'The other party has acknowledged it.',
  answered: 'The other party has executed it.',
  refused: 'The other party refused it; `note` states the reason.',
  alarmed: 'It was not acknowledged in time; it waits for staff.',
  received: 'It is stored, and has no effect yet.',
  applied: 'It has had its effect.',
  parked: 'It could not be applied when it arrived; it waits for staff.',
  handled: 'Staff have dealt with it by other means.',
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
  "The progress of every read model. For staff."
  projections: [Projection!]
  "The messages to and from an outside party, the newest first. For staff."
  exchangeLog(
    "\`world:<link>\` or \`carrier:<name>\`."
    link: String!${pageArguments}
  ): ExchangeConnection
  "The messages about a shipment, over all links, the newest first. For staff."
  exchangesOfShipment(
    "The number of the shipment: the World's int64 \`shipid\`."
    number: String!${pageArguments}
  ): ExchangeConnection
  "The messages whose link, kind, content or note has these words, over all links, the newest first. For staff."
  searchExchanges(
    "Words, the last one the beginning of a word."
    text: String!${pageArguments}
  ): ExchangeConnection
  "The link to the World; null until there is one. For staff."
  world: World
  "The stored events of a stream, the oldest first. Hashes of secrets are replaced. For staff."
  events(
    "The name of the stream: \`<category>-<id>\`, e.g. \`order-018f…\`."
    stream: String!
    "The first revision to return, counted from 0."
    from: SafeInt = 0
    "Returns up to this number of events: 1 to 100."
    first: Int = 20
  ): [StoredEvent!]
}

"A read model: documents that are made from events and can be built again."
type Projection {
  "The name of the read model."
  name: String!
  "The version of the copy that is shown to readers."
  version: Int!
  "The position of the last event that it shows; null before the first."
  position: ConsistencyToken
  "The position of the last stored event; null before the first."
  head: ConsistencyToken
  "The number of stored events that it does not show yet."
  lagEvents: SafeInt!
  "The age in seconds of the oldest event that it does not show."
  lagSeconds: Float!
  "The state of the copy that is shown to readers."
  state: ReadModelState!
  "\`live\`, \`catching-up\`, \`paused\` or \`failed\`."
  status: String! @deprecated(reason: "Use \`state\`.")
  "A remark on the copy that is shown: that other code than the present one made it, or why it has stopped; null where there is none."
  detail: String
  "The progress of another copy that is built or kept beside the one that is shown; null where there is none."
  rebuild: Rebuild
}

${enumTypeDefs('ReadModelState', 'The state of a copy of a read model.', readModelStates)}
"The progress of a copy of a read model that is being built."
type Rebuild {
  "The version of the copy."
  version: Int!
  "The state of the copy. \`LIVE\`: it has caught up."
  state: ReadModelState!
  "\`live\` (it has caught up), \`catching-up\`, \`paused\` or \`failed\`."
  status: String! @deprecated(reason: "Use \`state\`.")
  "Whether the copy was shown before the last promotion, and is kept for a roll-back."
  isFormer: Boolean!
  "Whether the copy is shown to readers as soon as it has caught up."
  promotes: Boolean!
  "The number of events that it has processed."
  done: SafeInt!
  "The number of stored events."
  total: SafeInt!
  "The number of events that it processes in a second."
  eventsPerSecond: Float!
  "The estimated time in seconds until it has caught up; null while it is unknown."
  etaSeconds: Float
}

${enumTypeDefs('ExchangeWay', 'The direction of a message.', exchangeWays)}
${enumTypeDefs('ExchangeState', 'The state of a message.', exchangeStates)}
"The link to a World."
type World {
  "The World's number, an int64 as decimal text."
  id: ID!
  "The name of the link."
  link: String!
  "Whether the link is connected now."
  connected: Boolean!
  "The time when the link was last connected, disconnected or assigned to a World."
  since: DateTime!
  "The reason why the last connection ended; null where none has ended."
  lastLoss: String
  "The number of commands that the World has not acknowledged."
  unacked: Int!
}

"A stored event."
type StoredEvent {
  "The unique identifier, a UUID."
  id: ID!
  "The type of the event."
  type: String!
  "The name of the stream."
  stream: String!
  "The revision of the event in its stream, counted from 0."
  revision: SafeInt!
  "The position of the event in the store."
  position: ConsistencyToken!
  "The time when the event was stored."
  recordedAt: DateTime!
  "The data of the event."
  data: JSON!
  "The account, service or gateway that caused the event."
  actor: String!
  "The identifier of the request that started it. All its events have the same."
  correlationId: ID!
  "The identifier of the command or event that directly caused it."
  causationId: ID!
  "The W3C trace context; null where there was none."
  traceparent: String
  "The version of the data's shape, counted from 1."
  schema: Int!
}
`;

const stateOf = ({ status }: { readonly status: string }): string => enumValueOf(status);

const exchangeType = objectType('Exchange', ExchangeLogEntry, {
  readModels: [exchangeLog],
  omit: ['parked'],
  fields: {
    way: {
      type: 'ExchangeWay!',
      description: 'The direction of the message.',
      resolve: ({ direction }: ExchangeLogEntry) => enumValueOf(direction),
    },
    direction: { type: 'String! @deprecated(reason: "Use `way`.")' },
    state: { type: 'ExchangeState!', description: 'The outcome of the message.', resolve: stateOf },
    status: { type: 'String! @deprecated(reason: "Use `state`.")' },
    shipmentNumber: {
      type: 'String',
      resolve: ({ shipmentNumber }: ExchangeLogEntry) =>
        shipmentNumber === null ? null : String(shipmentNumber),
    },
    correlationId: { type: 'ID!' },
  },
});

const queriesForStaff: Concept = {
  typeDefs,
  readModels: { World: [worldLinks, worldCommands] },
  resolvers: {
    Query: {
      projections: allowed('read-model:read', (_args: object, { services }) => services.projections()),
      exchangeLog: allowed('world:read', async ({ link, ...page }: ExchangeArguments, { services }) =>
        connectionOf(services.readers.exchanges.ofLink(link), page),
      ),
      exchangesOfShipment: allowed(
        'world:read',
        ({ number, ...page }: ShipmentExchangesArguments, { services }) => {
          if (!/^\d{1,15}$/.test(number)) throw new Fault('INPUT_INVALID', 'number: give digits');
          return connectionOf(services.readers.exchanges.ofShipment(Number(number)), page);
        },
      ),
      searchExchanges: allowed('world:read', ({ text, ...page }: SearchArguments, { services }) =>
        connectionOf(services.readers.exchanges.withWords(text), page),
      ),
      world: allowed('world:read', async (_args: object, { services }) => {
        const [link] = await services.readers.worldLinks.list();
        return link ?? null;
      }),
      events: allowed('event:read', readEvents),
    },
    World: {
      id: ({ worldId }: WorldLinkDocument) => worldId,
      link: ({ id }: WorldLinkDocument) => id,
      unacked: ({ id }: WorldLinkDocument, _args: object, { services }: EdgeContext) =>
        services.readers.worldLinks.unacked(id),
    },
    Projection: { state: stateOf },
    Rebuild: { state: stateOf },
  },
};

export const operations: Concept = combined(
  queriesForStaff,
  exchangeType,
  connectionType('Exchange', 'messages'),
);
