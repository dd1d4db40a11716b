import { MongoClient, type Db } from 'mongodb';
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
    // A write counts when most members have it on disk: no fail-over takes it back. Said here, where no URL unsays it.
    const database = client.db(databaseIn(url), { writeConcern: { w: 'majority', journal: true } });
    return { client, database };
  } catch (error) {
    if (isFault(error)) throw error;
    // The driver's own words name the option at fault, but may hold what the URL holds; so may a cause.
    const reason = error instanceof Error && !error.message.includes('://') ? `: ${error.message}` : '';
    throw misconfigured(`can't be read${reason}`);
  }
};
