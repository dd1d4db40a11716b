import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useSubscription } from 'urql';

/**
 * Keeps the objects that a subscription returns up to date in the cache, and so on every page that shows them. The last cursor
 * is passed on as the variable `after` by the server's protocol when the connection resumes.
 */
export const useLive = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): void => {
  useSubscription({ query, variables, pause });
};
