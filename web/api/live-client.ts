import { createClient, type Client } from 'graphql-ws';
import { acceptLanguage } from '../text';
import { reportConnection } from './connection';
import type { Realm } from './realm';
import { currentSession, onAccountChange } from './session';

/** Opens the WebSocket of all subscriptions of a realm when the first one begins. */
export const connect = (path: string, realm: Realm): Client => {
  const client = createClient({
    url: new URL(path, location.href.replace(/^http/, 'ws')).href,
    lazyCloseTimeout: 5_000,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    connectionParams: () => {
      const token = currentSession(realm)?.accessToken;
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
  onAccountChange(realm, () => {
    client.terminate();
  });
  return client;
};
