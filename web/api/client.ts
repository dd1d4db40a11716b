import {
  createClient,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
  type Client,
  type PersistedDocument,
} from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import { persistedExchange } from '@urql/exchange-persisted';
import { retryExchange } from '@urql/exchange-retry';
import { acceptLanguage } from '../text';
import { cache } from './cache';
import { reportConnection, reportSlow } from './connection';
import { graphql } from './graphql';
import { liveForward } from './live';
import { renewLive } from './live-query';
import type { Realm } from './realm';
import { closeSession, currentSession, openSession, sessionRefusal, sessionSelections } from './session';

const URL = '/graphql';
const REQUEST_MS_MAX = 20_000;
/** Read models follow a write within this time, after which reads need not name it. */
const READ_AFTER_MS = 10_000;

const refreshSession = graphql(
  `
    mutation RefreshSession($refreshToken: String!) {
      refreshSession(input: { refreshToken: $refreshToken }) {
        __typename
        ...RefreshedSession
        ...SessionRefusal
      }
    }
  `,
  [sessionSelections.refreshSession, sessionRefusal],
);

let lastWrite: { readonly token: string; readonly untilMs: number } | undefined;

/** Remembers the position of a write, so that the reads after it show it. */
const rememberWrite = (data: unknown): void => {
  for (const answer of Object.values((data ?? {}) as Record<string, { consistencyToken?: unknown } | null>))
    if (typeof answer?.consistencyToken === 'string')
      lastWrite = { token: answer.consistencyToken, untilMs: performance.now() + READ_AFTER_MS };
};

const headers = (): Record<string, string> => ({
  'accept-language': acceptLanguage(),
  ...(lastWrite !== undefined && lastWrite.untilMs > performance.now()
    ? { 'x-read-after': lastWrite.token }
    : {}),
});

const request: typeof fetch = async (input, init) => {
  const signals = [AbortSignal.timeout(REQUEST_MS_MAX), ...(init?.signal ? [init.signal] : [])];
  try {
    const response = await reportSlow(() => fetch(input, { ...init, signal: AbortSignal.any(signals) }));
    reportConnection('online');
    return response;
  } catch (error) {
    if (init?.signal?.aborted !== true) reportConnection('offline');
    throw error;
  }
};

const auth = (realm: Realm) =>
  authExchange(async (utils) => {
    await Promise.resolve();
    return {
      addAuthToOperation: (operation) => {
        const token = currentSession(realm)?.accessToken;
        return token === undefined
          ? operation
          : utils.appendHeaders(operation, { authorization: `Bearer ${token}` });
      },
      didAuthError: ({ graphQLErrors }) =>
        graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED'),
      refreshAuth: async () => {
        const refreshToken = currentSession(realm)?.refreshToken;
        if (refreshToken === undefined) return;
        const { data } = await utils.mutate(refreshSession, { refreshToken });
        const answer = data?.refreshSession;
        if (answer?.__typename === 'RefreshSessionSuccess') openSession(realm, answer);
        // Without an answer the session may still be good: only a refusal ends it.
        else if (answer)
          closeSession(realm, answer.__typename === 'SessionInvalidError' ? answer.reason : undefined);
      },
    };
  });

/**
 * Sends the id of a document instead of its text, where the build gave it one. A server without that document (of an older or a
 * newer build) answers so once; from then on the texts are sent.
 */
const byId = persistedExchange({
  generateHash: (_text, document) => Promise.resolve((document as PersistedDocument).documentId),
  enableForMutation: true,
  enableForSubscriptions: true,
  preferGetForPersistedQueries: false,
});

/** Creates the client of the GraphQL API for the pages of a realm: cached, signed in there, read-your-writes, live, and patient with a bad network. */
export const createApi = (realm: Realm): Client =>
  createClient({
    url: URL,
    preferGetMethod: false,
    fetch: request,
    fetchOptions: () => ({ headers: headers() }),
    exchanges: [
      cache(),
      mapExchange({
        onResult: ({ operation, data }) => {
          if (operation.kind !== 'mutation') return;
          rememberWrite(data);
          renewLive();
        },
      }),
      // A mutation is repeated as well, because its idempotency key makes it take effect once.
      retryExchange({
        initialDelayMs: 500,
        maxDelayMs: 5_000,
        randomDelay: true,
        maxNumberAttempts: 4,
        retryIf: ({ networkError }) => networkError !== undefined,
      }),
      auth(realm),
      byId,
      fetchExchange,
      subscriptionExchange({ forwardSubscription: liveForward(URL, realm) }),
    ],
  });
