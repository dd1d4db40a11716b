import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useQuery } from 'urql';

/** What a page shows of a query. `data` stays while it is asked for again. */
export type Shown<Data> =
  | {
      readonly data: Data;
      readonly isStale: boolean;
      readonly failure: undefined;
      readonly reload: () => void;
    }
  | {
      readonly data: undefined;
      readonly isStale: false;
      readonly failure: string | undefined;
      readonly reload: () => void;
    };

/** Reads a document: what the cache has at once, and what the server has as soon as it answers. */
export const useShown = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): Shown<Data> => {
  const [{ data, error, stale }, execute] = useQuery({
    query,
    variables,
    pause,
    requestPolicy: 'cache-and-network',
  });
  const reload = (): void => {
    execute({ requestPolicy: 'network-only' });
  };
  if (data !== undefined) return { data, isStale: stale, failure: undefined, reload };
  return { data: undefined, isStale: false, failure: error?.message, reload };
};
