import type { Millis } from '../../../domain/kernel';
import type { GateLimits } from '../../../platform/concurrency';
import type { Rate } from '../../../platform/rate-limit';

/** The bounds of a client, a request and a document. Each input of a client has one. */
export type Limits = {
  readonly bodyBytesMax: number;
  /** Lexical tokens of a document. */
  readonly tokensMax: number;
  readonly depthMax: number;
  readonly aliasesMax: number;
  readonly rootFieldsMax: number;
  /** See `weigh` for what a document costs. */
  readonly costMax: number;
  /** Memory for documents that are parsed and checked, and for a single one of them. */
  readonly documentsKeptBytesMax: number;
  readonly documentKeptBytesMax: number;
  /** The number of requests after which a document is compiled. */
  readonly compileAfter: number;
  /** Memory for compiled documents, and for a single one of them. */
  readonly compiledBytesMax: number;
  readonly compiledEachBytesMax: number;
  /** Memory for answers to introspection. */
  readonly introspectionBytesMax: number;
  readonly requestMs: Millis;
  /** The longest wait of a read for the read models to reach its consistency token. */
  readonly readAfterMs: Millis;
  /** The time limit of a command. */
  readonly commandMs: Millis;
  readonly rate: Rate;
  /** Work by address, in microseconds of a processor core, about; see `Payer`. */
  readonly workRate: Rate;
  /** Operations of one address that run at once, and that wait for their turn. */
  readonly inFlightPerAddress: GateLimits;
  /** Mutations of guests, by address: checking a password takes a core for a while. */
  readonly credentialsRate: Rate;
  /** Rejected mutations of guests, by address: one address must not try the passwords of many accounts. */
  readonly wrongPerAddress: Rate;
  /** Rejected mutations of guests, by e-mail address or refresh token: many addresses must not try the passwords of one account. */
  readonly wrongPerSender: Rate;
  /** Uploads of pictures, by account and by address. */
  readonly uploadRate: Rate;
  /** Uploads at once: each holds a whole picture in memory. */
  readonly uploadsAtOnceMax: number;
  /** HTTP connections of one address. Not counted behind a proxy, which has those of all clients. */
  readonly connectionsPerAddressMax: number;
  /** An HTTP connection on which nothing has moved for so long is closed. Longer than `requestMs`. */
  readonly stalledMs: Millis;
  readonly socketsMax: number;
  readonly socketsPerAddressMax: number;
  /** A WebSocket for which more waits is closed: its client does not read. */
  readonly socketWaitingBytesMax: number;
  readonly subscriptionsPerSocketMax: number;
  /** Live updates of one account, or of the guests of one address, over all their connections. */
  readonly subscriptionsPerClientMax: number;
};

const MIB = 1024 * 1024;

export const defaultLimits: Limits = {
  bodyBytesMax: 64 * 1024,
  tokensMax: 1_500,
  depthMax: 8,
  aliasesMax: 15,
  rootFieldsMax: 10,
  costMax: 5_000,
  documentsKeptBytesMax: 16 * MIB,
  documentKeptBytesMax: MIB,
  compileAfter: 3,
  compiledBytesMax: 16 * MIB,
  compiledEachBytesMax: 512 * 1024,
  introspectionBytesMax: 8 * MIB,
  requestMs: 15_000 as Millis,
  readAfterMs: 2_000 as Millis,
  commandMs: 10_000 as Millis,
  rate: { perSecond: 500, burst: 1_000, clientsMax: 10_000 },
  // A fiftieth of a core for each address, and a fifth of a second at once.
  workRate: { perSecond: 20_000, burst: 200_000, clientsMax: 10_000 },
  inFlightPerAddress: { concurrentMax: 64, waitingMax: 256 },
  credentialsRate: { perSecond: 10, burst: 100, clientsMax: 10_000 },
  wrongPerAddress: { perSecond: 1 / 5, burst: 100, clientsMax: 10_000 },
  wrongPerSender: { perSecond: 1 / 30, burst: 10, clientsMax: 50_000 },
  // All pictures of a few products at once, and then one in two seconds.
  uploadRate: { perSecond: 1 / 2, burst: 40, clientsMax: 10_000 },
  uploadsAtOnceMax: 8,
  connectionsPerAddressMax: 1_000,
  stalledMs: 30_000 as Millis,
  socketsMax: 5_000,
  socketsPerAddressMax: 100,
  socketWaitingBytesMax: MIB,
  subscriptionsPerSocketMax: 20,
  subscriptionsPerClientMax: 100,
};
