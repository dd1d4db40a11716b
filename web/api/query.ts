import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useEffect, useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useLanguage } from '../text';
import { problemWithout, type Problem } from './action';
import { useIsReached } from './connection';
import { graphql } from './graphql';

/** The fields of a connection that a pager shows: `pageInfo { ...PageEnds }`. */
export const pageEnds = graphql(`
  fragment PageEnds on PageInfo @_unmask {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
`);

/** The data of a query, or the reason why there is none. `data` stays while the query is repeated. */
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
      readonly failure: Problem | undefined;
      readonly reload: () => void;
    };

/** Reads a document: what the cache has at once, and what the server has as soon as it answers. */
export const useShown = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): Shown<Data> => {
  const language = useLanguage();
  // Another context repeats the query: some of what the server says is in the language of the pages.
  const context = useMemo(() => ({ language }), [language]);
  const isReached = useIsReached();
  const [{ data, error, stale }, execute] = useQuery({
    query,
    variables,
    pause,
    context,
    requestPolicy: 'cache-and-network',
  });
  const reload = (): void => {
    execute({ requestPolicy: 'network-only' });
  };
  const isUnanswered = error?.networkError !== undefined;
  // What could not be read is read as soon as the server is there again.
  useEffect(() => {
    if (isReached && isUnanswered && !pause) execute({ requestPolicy: 'network-only' });
  }, [isReached, isUnanswered, pause, execute]);
  // An operation that failed as a whole has null for its data.
  if (data !== undefined && data !== null) return { data, isStale: stale, failure: undefined, reload };
  return { data: undefined, isStale: false, failure: error && problemWithout(error), reload };
};

/** Returns a function that reads a document once, from the server. @returns undefined where it cannot be read. */
export const useRead = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
): ((variables: Variables) => Promise<Data | undefined>) => {
  const client = useClient();
  return async (variables) =>
    (await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise()).data;
};

/** Reads a document once for each of several variables, and shows all answers, in their order, when the last has come. */
export const useEach = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: readonly Variables[],
): Shown<readonly Data[]> => {
  const client = useClient();
  const [answers, setAnswers] = useState<{ readonly data?: readonly Data[]; readonly failure?: Problem }>({});
  const [round, setRound] = useState(0);
  const key = JSON.stringify(variables);
  useEffect(() => {
    let isShown = true;
    const all = (JSON.parse(key) as readonly Variables[]).map((each) =>
      client.query(query, each, { requestPolicy: 'network-only' }).toPromise(),
    );
    void Promise.all(all).then((results) => {
      if (!isShown) return;
      const failed = results.find(({ error }) => error)?.error;
      setAnswers(
        failed === undefined
          ? { data: results.flatMap(({ data }) => (data === undefined ? [] : [data])) }
          : { failure: problemWithout(failed) },
      );
    });
    return () => {
      isShown = false;
    };
  }, [client, query, key, round]);
  const reload = (): void => setRound((last) => last + 1);
  if (answers.data) return { data: answers.data, isStale: false, failure: undefined, reload };
  return { data: undefined, isStale: false, failure: answers.failure, reload };
};
