import type { SubscriptionForwarder } from '@urql/core';
import type { Client } from 'graphql-ws';
import { loadWhenReached } from './connection';
import type { Realm } from './realm';

/** Forwards subscriptions over one WebSocket, which is opened by the first and reconnects, with a growing delay, for as long as there are any. */
export const liveForward = (path: string, realm: Realm): SubscriptionForwarder => {
  let client: Promise<Client> | undefined;
  return ({ query, variables, extensions }) => ({
    subscribe: (sink) => {
      let dispose: (() => void) | undefined;
      let isOpen = true;
      // Loaded by the first live page only.
      client ??= loadWhenReached(() => import('./live-client')).then(({ connect }) => connect(path, realm));
      client.then(
        (opened) => {
          if (!isOpen) return;
          dispose = opened.subscribe(
            {
              query: query ?? '',
              variables: variables as Record<string, unknown>,
              extensions: { ...extensions },
            },
            sink as Parameters<Client['subscribe']>[1],
          );
        },
        (error: unknown) => {
          client = undefined;
          sink.error(error);
        },
      );
      return {
        unsubscribe: () => {
          isOpen = false;
          dispose?.();
        },
      };
    },
  });
};
