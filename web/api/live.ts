import type { SubscriptionForwarder } from '@urql/core';
import type { Client } from 'graphql-ws';
import { acceptLanguage } from '../text';
import { reportConnection } from './connection';
import { currentSession, onAccountChange } from './session';

const connect = async (path: string): Promise<Client> => {
  // Loaded by the first live page only.
  const { createClient } = await import('graphql-ws');
  const client = createClient({
    url: new URL(path, location.href.replace(/^http/, 'ws')).href,
    lazyCloseTimeout: 5_000,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    connectionParams: () => {
      const token = currentSession()?.accessToken;
      const language = { 'accept-language': acceptLanguage() };
      return token === undefined ? language : { ...language, authorization: `Bearer ${token}` };
    },
    on: {
      connected: () => {
        reportConnection('online');
      },
      closed: (event) => {
        if (!(event as CloseEvent).wasClean) reportConnection('offline');
      },
    },
  });
  onAccountChange(() => {
    client.terminate();
  });
  return client;
};

/** Forwards subscriptions over one WebSocket, which is opened by the first and reconnects, with a growing delay, for as long as there are any. */
export const liveForward = (path: string): SubscriptionForwarder => {
  let client: Promise<Client> | undefined;
  return ({ query, variables, extensions }) => ({
    subscribe: (sink) => {
      let dispose: (() => void) | undefined;
      let isOpen = true;
      client ??= connect(path);
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
