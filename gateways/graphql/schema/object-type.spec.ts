import { z } from 'zod';
import { combined, enumType, objectType } from './object-type';

const Part = z.strictObject({ weight: z.number().describe('In kilograms.') }).describe('A part.');
const Thing = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe('The unique identifier.'),
    secret: z.string().describe('Never shown.'),
    number: z.int().describe('The "number".'),
    count: z.int32().describe('How many there are.'),
    madeAt: z.string().meta({ kind: 'instant' }).nullable().describe('When it was made.'),
    state: z.enum(['NEW', 'OLD']).describe('Its state.'),
    parts: z.array(Part).describe('The parts.'),
    tags: z.array(z.string()).nullable().describe('The tags.'),
  })
  .describe('A thing.');

it('derives the fields, with their types, nullability and descriptions', () => {
  const number = (): string => '1';
  const { typeDefs, resolvers } = objectType('Thing', Thing, {
    isNode: true,
    omit: ['secret'],
    types: { state: 'State', parts: 'Part' },
    fields: {
      number: { type: 'String!', resolve: number },
      owner: { type: 'Account', description: 'The owner.', args: '\n    "When."\n    asOf: DateTime' },
    },
  });
  expect(typeDefs).toBe(`
"A thing."
type Thing implements Node {
  "The unique identifier."
  id: ID!
  "The \\"number\\"."
  number: String!
  "How many there are."
  count: Int!
  "When it was made."
  madeAt: DateTime
  "Its state."
  state: State!
  "The parts."
  parts: [Part!]!
  "The tags."
  tags: [String!]
  "The owner."
  owner(
    "When."
    asOf: DateTime
  ): Account
}
`);
  expect(resolvers).toEqual({ Thing: { number } });
});

it('refuses an enum or a nested document whose type has no name', () =>
  expect(() => objectType('Thing', Thing, { types: { parts: 'Part' } })).toThrow('Its state.'));

it('refuses a computed field that the document cannot describe', () =>
  expect(() => objectType('Part', Part, { fields: { price: { type: 'Money!' } } })).toThrow('price'));

it('combines the resolvers of parts that add to the same type', () => {
  const [a, b] = [(): string => 'a', (): string => 'b'];
  const parts = [{ Thing: { a } }, { Thing: { b } }].map((resolvers) => ({ typeDefs: '', resolvers }));
  expect(combined(...parts).resolvers).toEqual({ Thing: { a, b } });
});

it('gives each value of an enum its meaning', () =>
  expect(enumType('State', 'A state.', { NEW: 'Just made.' }).typeDefs).toContain('"Just made."\n  NEW'));
