import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema';

/**
 * Types a GraphQL document by the schema: a field that does not exist, or a variable of another type, does not compile.
 * `npm run gen` renews `schema.d.ts` from docs/reference/schema.graphql.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    DateTime: string;
    SafeInt: number;
    CurrencyCode: string;
    ConsistencyToken: string;
    JSON: unknown;
  };
}>();

export { readFragment } from 'gql.tada';
export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
