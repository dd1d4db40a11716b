import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useMemo } from 'react';
import { useSubscription } from 'urql';
import { observable, useObservable } from './observable';

const RENEWED_AFTER_MS = 2_000;

const round = observable(0);

/**
 * Renews all subscriptions some time after a mutation. Its answer comes by another connection, so it may come after an update that
 * is newer, and would stand in the cache in place of it.
 */
export const renewLive = (): void => {
  setTimeout(() => round.set(round.get() + 1), RENEWED_AFTER_MS);
};

/**
 * Keeps the objects that a subscription returns up to date in the cache, and so on every page that shows them. The server sends
 * the present state first, so a connection that was lost continues without a gap.
 */
export const useLive = <Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): void => {
  const now = useObservable(round);
  const context = useMemo(() => ({ round: now }), [now]);
  useSubscription({ query, variables, pause, context });
};
