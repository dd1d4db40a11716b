import { MongoClient, type Db } from 'mongodb';
import { Fault } from '../../faults';

const DATABASE = 'waybill';
const EXAMPLE = 'mongodb://name:password@host:27017/waybill?replicaSet=rs0';

const misconfigured = (what: string): Fault =>
  new Fault('CONFIG_INVALID', `WAYBILL_READ_MODELS ${what}. Set it to a URL such as ${EXAMPLE}`);

const databaseIn = (url: string): string => /^[^/]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? DATABASE;

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
      // A write counts when most members have it on disk: no fail-over takes it back.
      writeConcern: { w: 'majority', journal: true },
      // A little before the caller gives up, because the driver knows better what it waited for.
      serverSelectionTimeoutMS: Math.ceil(timeoutMs * 0.8),
      waitQueueTimeoutMS: Math.ceil(timeoutMs * 0.8),
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      ignoreUndefined: true,
    });
    return { client, database: client.db(decodeURIComponent(databaseIn(url))) };
  } catch (error) {
    // The driver's own words name the option at fault, but may hold what the URL holds; so may a cause.
    const reason = error instanceof Error && !error.message.includes('://') ? `: ${error.message}` : '';
    throw misconfigured(`can't be read${reason}`);
  }
};
