import { Fault } from '../../../platform/faults';
import {
  chainTo,
  isWithin,
  type ChainedCommand,
  type ExplainedField,
  type Explanation,
  type Origin,
  type Shaping,
} from '../../../platform/projections';
import { readModelNamed, readModelNames } from '../../../projections/read-model-names';
import { pageRequestOf } from './relay';
import { allowed, type Concept } from './resolvers';

type Wanted = { readonly readModel: string; readonly id: string; readonly field?: string | null };
type Events = { readonly from?: number | null; readonly first?: number | null };
type Shown = { readonly explanation: Explanation; readonly field: string | undefined };
type ShownField = ExplainedField & { readonly explanation: Explanation };

const FIELDS_MAX = 200;

const typeDefs = `
extend type Query {
  "The reasons for a document of a read model: the event that last set each field, and all events that changed the document; null where no event ever made such a document. It reads the whole history on the side, so the first answer may be the error \`PAST_BEING_BUILT\`. For staff."
  explain(
    "The name of the read model, such as \`stock_levels\`, or its singular; also \`order\`, \`product\`, \`stock\`."
    readModel: String!
    "The id of the document."
    id: ID!
    "Explains only this field and the fields in it: \`status\`, \`shipments\`, \`shipments[0].status\`."
    field: String
  ): Explanation
}

"The reasons for a document of a read model."
type Explanation {
  "The name of the read model."
  readModel: String!
  "The id of the document."
  id: ID!
  "Whether the document exists now; false where an event has removed it."
  exists: Boolean!
  "The fields of the document, in its order: at most ${FIELDS_MAX}."
  fields: [ExplainedField!]!
  "The number of events that changed the document."
  shapedCount: Int!
  "The events that changed the document, the oldest first."
  shaped(
    "The first event to return, counted from 0."
    from: SafeInt = 0
    "Returns up to this number of events: 1 to 100."
    first: Int = 20
  ): [ShapingEvent!]!
}

"A field of a document, with the event that last set it."
type ExplainedField {
  "The place of the field in the document: \`status\`, \`lines[0].quantity\`."
  path: String!
  "The value of the field."
  value: JSON
  "The event that last set it."
  setBy: EventOrigin!
  "The commands that the first request of that event had led to by then, the first one first."
  chain: [ChainedCommand!]!
}

"An event that changed a document."
type ShapingEvent {
  "The event."
  event: EventOrigin!
  "The changes, field by field."
  changes: [FieldChange!]!
}

"A change of one field."
type FieldChange {
  "The place of the field in the document."
  path: String!
  "The value before; null where the field was not there."
  before: JSON
  "The value after; null where the field is gone."
  after: JSON
}

"A command that followed from a first request, with the events that it wrote into one stream."
type ChainedCommand {
  "The first of its events."
  event: EventOrigin!
  "The types of its events."
  types: [String!]!
}

"An event with its place and its origin."
type EventOrigin {
  "The unique identifier of the event."
  id: ID!
  "The type of the event."
  type: String!
  "The name of the stream."
  stream: String!
  "The revision of the event in its stream, counted from 0."
  revision: SafeInt!
  "The position of the event in the store."
  position: ConsistencyToken!
  "The time when it happened, as timelines show it."
  at: DateTime!
  "The time when it was stored."
  recordedAt: DateTime!
  "The identifier of the command that wrote it."
  commandId: ID!
  "The identifier of the first request; all that follows from it has the same."
  correlationId: ID!
  "The account, service or gateway that caused it."
  actor: String!
  "The identifier of its trace; null where there was none."
  traceId: String
}
`;

const shownOrigin = ({ eventId, revision, moment, traceId, ...origin }: Origin): object => ({
  ...origin,
  id: eventId,
  revision: Number(revision),
  at: moment,
  traceId: traceId ?? null,
});

const orNull = (value: unknown): unknown => value ?? null;

export const explanations: Concept = {
  typeDefs,
  resolvers: {
    Query: {
      explain: allowed(
        'event:read',
        async ({ readModel, id, field }: Wanted, { services }): Promise<Shown | null> => {
          const projection = readModelNamed(readModel);
          if (projection === undefined)
            throw new Fault('INPUT_INVALID', `readModel: give one of ${readModelNames().join(', ')}`);
          const explanation = await services.past.explain(projection, id);
          return explanation === undefined ? null : { explanation, field: field ?? undefined };
        },
      ),
    },
    Explanation: {
      readModel: ({ explanation }: Shown) => explanation.readModel,
      id: ({ explanation }: Shown) => explanation.id,
      exists: ({ explanation }: Shown) => explanation.document !== undefined,
      fields: ({ explanation, field }: Shown): readonly ShownField[] =>
        explanation.fields
          .filter(({ path }) => field === undefined || isWithin(path, field))
          .slice(0, FIELDS_MAX)
          .map((one) => ({ ...one, explanation })),
      shapedCount: ({ explanation }: Shown) => explanation.shaped.length,
      shaped: ({ explanation }: Shown, { from, first }: Events) => {
        const { first: count } = pageRequestOf({ first });
        const start = from ?? 0;
        if (start < 0) throw new Fault('INPUT_INVALID', 'from: give 0 or more');
        return explanation.shaped.slice(start, start + count);
      },
    },
    ExplainedField: {
      setBy: ({ setBy }: ShownField) => shownOrigin(setBy),
      chain: ({ explanation, setBy }: ShownField) => chainTo(explanation, setBy),
    },
    ShapingEvent: { event: (shaping: Shaping) => shownOrigin(shaping) },
    FieldChange: {
      before: ({ before }: { readonly before: unknown }) => orNull(before),
      after: ({ after }: { readonly after: unknown }) => orNull(after),
    },
    ChainedCommand: { event: (command: ChainedCommand) => shownOrigin(command) },
  },
};
