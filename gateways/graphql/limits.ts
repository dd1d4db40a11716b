import type { Millis } from '../../domain/kernel';

/** What one client, one request and one document may cost. Everything that a stranger sends meets one of these. */
export type Limits = {
  readonly bodyBytesMax: number;
  /** Lexical tokens of a document. */
  readonly tokensMax: number;
  readonly depthMax: number;
  readonly aliasesMax: number;
  readonly rootFieldsMax: number;
  /** See `weigh` for what a document costs. */
  readonly costMax: number;
  /** Documents kept parsed and checked. */
  readonly documentsKeptMax: number;
  /** A document is compiled when it has been asked for so often. */
  readonly compileAfter: number;
  readonly requestMs: Millis;
  /** How long a read waits for the read models to reach its consistency token. */
  readonly readAfterMs: Millis;
  /** How long the command services may take. */
  readonly commandMs: Millis;
  readonly rate: Rate;
  /** What guests send, by address: checking a password takes a core for a while. */
  readonly credentialsRate: Rate;
  /** Of that, what is refused, by address: one place does not try the passwords of everybody. */
  readonly wrongPerAddress: Rate;
  /** Of that, what is refused, by e-mail address or refresh token: many places do not try the passwords of one person. */
  readonly wrongPerSender: Rate;
  /** HTTP connections of one address. Not counted behind a proxy, which holds those of all clients. */
  readonly connectionsPerAddressMax: number;
  /** An HTTP connection on which nothing has moved for so long is closed. Longer than `requestMs`. */
  readonly stalledMs: Millis;
  readonly socketsMax: number;
  readonly socketsPerAddressMax: number;
  /** A WebSocket for which more waits is closed: its client does not read. */
  readonly socketWaitingBytesMax: number;
  readonly subscriptionsPerSocketMax: number;
};

/** A bucket of `burst` tokens, refilled at `perSecond`; one token a request, for `clientsMax` clients at most. */
export type Rate = { readonly perSecond: number; readonly burst: number; readonly clientsMax: number };

export const defaultLimits: Limits = {
  bodyBytesMax: 64 * 1024,
  tokensMax: 1_500,
  depthMax: 8,
  aliasesMax: 15,
  rootFieldsMax: 10,
  costMax: 5_000,
  documentsKeptMax: 1_000,
  compileAfter: 3,
  requestMs: 15_000 as Millis,
  readAfterMs: 2_000 as Millis,
  commandMs: 10_000 as Millis,
  rate: { perSecond: 500, burst: 1_000, clientsMax: 10_000 },
  credentialsRate: { perSecond: 10, burst: 100, clientsMax: 10_000 },
  wrongPerAddress: { perSecond: 1 / 5, burst: 100, clientsMax: 10_000 },
  wrongPerSender: { perSecond: 1 / 30, burst: 10, clientsMax: 50_000 },
  connectionsPerAddressMax: 1_000,
  stalledMs: 30_000 as Millis,
  socketsMax: 5_000,
  socketsPerAddressMax: 100,
  socketWaitingBytesMax: 1024 * 1024,
  subscriptionsPerSocketMax: 20,
};
