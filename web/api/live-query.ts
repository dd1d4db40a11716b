import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useSubscription } from 'urql';

/**
 * Keeps the objects that a subscription returns up to date in the cache, and so on every page that shows them. The server sends
 * the present state first, so a connection that was lost continues without a gap.
 */
export const useLive = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): void => {
  useSubscription({ query, variables, pause });
};
