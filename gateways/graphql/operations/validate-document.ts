import { specifiedRules, validate, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { LongWork } from './long-work';

/** Returns what the schema has against a document; empty if nothing. */
export type Validate = (
  document: DocumentNode,
  tokens: number,
  address: string,
) => Promise<readonly GraphQLError[]>;

/** Measured: a document of so many tokens takes one to two milliseconds. A longer one is validated in parts. */
const TOKENS_AT_ONCE_MAX = 150;
/** Each part walks through the whole document, so more parts take longer in all. */
const PARTS = 4;

const rulesOfPart = Array.from({ length: PARTS }, (_, part) =>
  specifiedRules.filter((_rule, at) => at % PARTS === part),
);

/**
 * Returns a validation that does not hold up other requests for long. A document of 1,500 tokens takes some 15 ms, which are
 * spread over several pieces of work.
 */
export const createValidate =
  (schema: GraphQLSchema, longWork: LongWork): Validate =>
  async (document, tokens, address) => {
    const errors: GraphQLError[] = [];
    for (const rules of tokens <= TOKENS_AT_ONCE_MAX ? [specifiedRules] : rulesOfPart)
      errors.push(...(await longWork(address, () => validate(schema, document, rules))));
    return errors;
  };
