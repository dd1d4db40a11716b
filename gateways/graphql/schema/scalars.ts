import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { parseInstant } from '../../../domain/kernel';
import { isConsistencyToken } from '../readers/consistency-token';
import type { ScalarParts } from './resolvers';

const refuse = (what: string, value: unknown): never => {
  throw new GraphQLError(`${what}, not ${JSON.stringify(value)}`);
};

const CURRENCY = /^[A-Z]{3}$/;

const dateTime = (value: unknown): string =>
  (typeof value === 'string' ? parseInstant(value) : undefined) ??
  refuse('A DateTime is text like "2026-01-31T08:26:00.000Z", of a day that the calendar has', value);

const safeInt = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? value
    : refuse('A SafeInt is a whole number within 2^53', value);

const currencyCode = (value: unknown): string =>
  typeof value === 'string' && CURRENCY.test(value)
    ? value
    : refuse('A CurrencyCode is three capital letters, as in "GBP"', value);
const consistencyToken = (value: unknown): string =>
  isConsistencyToken(value) ? value : refuse('A ConsistencyToken is what a mutation answered with', value);

const literalText = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : null);
const literalNumber = (node: ValueNode): unknown => (node.kind === Kind.INT ? Number(node.value) : null);

const scalar = (parse: (value: unknown) => unknown, literal: (node: ValueNode) => unknown): ScalarParts => ({
  // What we answer comes from typed documents: it is checked on the way in, not on the way out.
  serialize: (value) => value,
  parseValue: parse,
  parseLiteral: (node) => parse(literal(node)),
});

export const scalars = {
  DateTime: scalar(dateTime, literalText),
  SafeInt: scalar(safeInt, literalNumber),
  CurrencyCode: scalar(currencyCode, literalText),
  ConsistencyToken: scalar(consistencyToken, literalText),
  JSON: scalar(
    () => refuse('JSON is only answered', undefined),
    () => undefined,
  ),
} satisfies Record<string, ScalarParts>;

export const scalarTypeDefs = `
"A point in time, RFC 3339 in UTC with milliseconds: \`2026-01-31T08:26:00.000Z\`. Other offsets are taken and turned into UTC."
scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")

"A whole number within ±2^53, which JSON numbers hold exactly."
scalar SafeInt

"An ISO 4217 code in capitals: \`GBP\`."
scalar CurrencyCode

"Opaque: a moment in the platform's history. Sent back in the header \`x-read-after\`, a read waits until it shows that moment."
scalar ConsistencyToken

"Any JSON value. Only answered, never taken."
scalar JSON
`;
