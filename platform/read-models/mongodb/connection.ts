import {
  MongoClient,
  ReadConcern,
  ReadPreference,
  type Db,
  type DbOptions,
  type WriteConcern,
} from 'mongodb';
import type { Clock } from '../../clock';
import { Fault, isFault } from '../../faults';
import { silentLogger, type Logger } from '../../telemetry';
import { closeWhenSilent } from './silent-monitor';

const DATABASE = 'waybill';
const EXAMPLE = 'mongodb://name:password@host:27017/waybill?replicaSet=rs0';

const misconfigured = (what: string): Fault =>
  new Fault('CONFIG_INVALID', `WAYBILL_READ_MODELS ${what}. Set it to a URL such as ${EXAMPLE}`);

const DATABASE_NAME = /^[^/\\. "$*<>:|?\0]{1,63}$/;

const databaseIn = (url: string): string => {
  const name = decodeURIComponent(/^[^/]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? DATABASE);
  if (!DATABASE_NAME.test(name)) throw misconfigured('names an invalid database');
  return name;
};

/**
 * Options of reads that decide who writes and from which position: no fail-over loses what such a read has seen.
 * FerretDB ignores them.
 */
export const SETTLED = { readConcern: { level: 'majority' } } as const;

/**
 * Returns the guarantees of every read and write, with any URL. Reads go to the primary: an older state from a
 * secondary would be folded and written over a newer one. A write is acknowledged when most members have it on disk, so
 * that no fail-over loses it. The URL's `wtimeoutMS` is kept; without one the server waits no longer than the caller.
 */
const guaranteesFor = (client: MongoClient, timeoutMs: number): DbOptions => {
  // The driver's types say that it is always present. It is not.
  const configured = client.options.writeConcern as WriteConcern | undefined;
  return {
    readPreference: ReadPreference.primary,
    readConcern: new ReadConcern('local'),
    writeConcern: {
      w: 'majority',
      journal: true,
      wtimeoutMS: configured?.wtimeoutMS ?? Math.ceil(timeoutMs * 0.8),
    },
  };
};

export type Connection = { readonly client: MongoClient; readonly database: Db };

export type ConnectionOptions = {
  readonly clock: Clock;
  /** The time that a call may take. */
  readonly timeoutMs: number;
  readonly logger?: Logger | undefined;
};

/**
 * Prepares a client. Each call begins with `client.connect()`, which returns at once while the client is open: the driver
 * opens neither the very first connection itself nor the client when its monitor was silent.
 *
 * @throws Fault `CONFIG_INVALID` that says what to set, and never repeats a password.
 */
export const connectionTo = (
  url: string,
  { clock, timeoutMs, logger = silentLogger }: ConnectionOptions,
): Connection => {
  if (!/^mongodb([+]srv)?:\/\//.test(url)) throw misconfigured('is no mongodb:// or mongodb+srv:// URL');
  try {
    const client = new MongoClient(url, {
      appName: 'waybill',
      // Slightly before the caller's time-out, because the driver knows the reason of the wait.
      serverSelectionTimeoutMS: Math.ceil(timeoutMs * 0.8),
      waitQueueTimeoutMS: Math.ceil(timeoutMs * 0.8),
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      ignoreUndefined: true,
    });
    closeWhenSilent(client, clock, logger);
    return { client, database: client.db(databaseIn(url), guaranteesFor(client, timeoutMs)) };
  } catch (error) {
    if (isFault(error)) throw error;
    // The driver's message names the wrong option, but may contain parts of the URL; so may a cause.
    const reason = error instanceof Error && !error.message.includes('://') ? `: ${error.message}` : '';
    throw misconfigured(`can't be read${reason}`);
  }
};
