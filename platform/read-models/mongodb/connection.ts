import {
  MongoClient,
  ReadConcern,
  ReadPreference,
  type Db,
  type DbOptions,
  type WriteConcern,
} from 'mongodb';
import { Fault, isFault } from '../../faults';

const DATABASE = 'waybill';
const EXAMPLE = 'mongodb://name:password@host:27017/waybill?replicaSet=rs0';

const misconfigured = (what: string): Fault =>
  new Fault('CONFIG_INVALID', `WAYBILL_READ_MODELS ${what}. Set it to a URL such as ${EXAMPLE}`);

const DATABASE_NAME = /^[^/\\. "$*<>:|?\0]{1,63}$/;

const databaseIn = (url: string): string => {
  const name = decodeURIComponent(/^[^/]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? DATABASE);
  if (!DATABASE_NAME.test(name)) throw misconfigured('names an odd database');
  return name;
};

/** For what decides who writes and from where: no fail-over takes back what such a read has seen. FerretDB reads as ever. */
export const SETTLED = { readConcern: { level: 'majority' } } as const;

/**
 * What every read and write is sure of, whatever the URL says. Reads go to the primary: a document that a secondary still has
 * in an older state would be folded and written over a newer one. A write counts when most members have it on disk, so that no
 * fail-over takes it back. The URL's `wtimeoutMS` is kept; without one the server waits no longer than the caller.
 */
const guaranteesFor = (client: MongoClient, timeoutMs: number): DbOptions => {
  // The driver's types say that it is always there. It is not.
  const asked = client.options.writeConcern as WriteConcern | undefined;
  return {
    readPreference: ReadPreference.primary,
    readConcern: new ReadConcern('local'),
    writeConcern: {
      w: 'majority',
      journal: true,
      wtimeoutMS: asked?.wtimeoutMS ?? Math.ceil(timeoutMs * 0.8),
    },
  };
};

export type Connection = { readonly client: MongoClient; readonly database: Db };

/**
 * Prepares a client; it connects with the first call.
 *
 * @throws Fault `CONFIG_INVALID` that says what to set, and never repeats a password.
 */
export const connectionTo = (url: string, timeoutMs: number): Connection => {
  if (!/^mongodb([+]srv)?:\/\//.test(url)) throw misconfigured('is no mongodb:// or mongodb+srv:// URL');
  try {
    const client = new MongoClient(url, {
      appName: 'waybill',
      // A little before the caller gives up, because the driver knows better what it waited for.
      serverSelectionTimeoutMS: Math.ceil(timeoutMs * 0.8),
      waitQueueTimeoutMS: Math.ceil(timeoutMs * 0.8),
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      ignoreUndefined: true,
    });
    return { client, database: client.db(databaseIn(url), guaranteesFor(client, timeoutMs)) };
  } catch (error) {
    if (isFault(error)) throw error;
    // The driver's own words name the option at fault, but may hold what the URL holds; so may a cause.
    const reason = error instanceof Error && !error.message.includes('://') ? `: ${error.message}` : '';
    throw misconfigured(`can't be read${reason}`);
  }
};
