import { fieldDifferences, type Difference } from '../../../platform/projections';
import type { EdgeContext } from '../context';
import { allowed, type Concept } from './resolvers';

const FIELDS_MAX = 20;
const VALUE_CHARACTERS_MAX = 1_000;

const typeDefs = `
extend type Query {
  "The differences between the copy of a read model that is shown and the other one; null where there is no other. For staff."
  readModelDiff(
    "The name of the read model."
    name: String!
  ): ReadModelDiff
}

"A comparison of the copy of a read model that is shown with the other one."
type ReadModelDiff {
  "The version of the copy that is shown."
  serving: Int!
  "The version of the other copy."
  other: Int!
  "The number of documents that were compared."
  compared: SafeInt!
  "Whether all documents were compared. A comparison for a page ends after some seconds; \`waybill projections diff\` does not."
  isComplete: Boolean!
  "The number of documents that differ."
  differing: SafeInt!
  "The first hundred documents that differ."
  differences: [DocumentDifference!]!
}

"A document that differs between two copies."
type DocumentDifference {
  "The id of the document."
  documentId: String!
  "The kind of the difference."
  kind: DifferenceKind!
  "The fields that differ, at most ${FIELDS_MAX}; none where one copy has no such document."
  fields: [FieldDifference!]!
}

"The kind of a difference between two copies."
enum DifferenceKind {
  "Only the other copy has the document."
  MISSING
  "Only the copy that is shown has the document."
  SUPERFLUOUS
  "Both have the document, and it differs."
  DIFFERENT
}

"A field that differs between two copies of a document."
type FieldDifference {
  "The path of the field, with dots."
  path: String!
  "The value in the copy that is shown, as JSON; null where the field is absent."
  serving: String
  "The value in the other copy, as JSON; null where the field is absent."
  other: String
}
`;

const jsonOf = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value).slice(0, VALUE_CHARACTERS_MAX);

const fieldsOf = ({ kind, actual, expected }: Difference): readonly object[] =>
  kind === 'different'
    ? fieldDifferences(actual, expected)
        .slice(0, FIELDS_MAX)
        .map((field) => ({
          path: field.path,
          serving: jsonOf(field.actual),
          other: jsonOf(field.expected),
        }))
    : [];

/** The comparison of two copies of a read model. */
export const readModelDiff: Concept = {
  typeDefs,
  resolvers: {
    Query: {
      readModelDiff: allowed(
        'read-model:read',
        async ({ name }: { readonly name: string }, { services }: EdgeContext) =>
          (await services.diffReadModel(name)) ?? null,
      ),
    },
    DocumentDifference: {
      documentId: ({ id }: Difference) => id,
      kind: ({ kind }: Difference) => kind.toUpperCase(),
      fields: fieldsOf,
    },
  },
};
