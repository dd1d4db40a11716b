import type { Collection, Document } from 'mongodb';
import type { Clock } from '../../clock';
import type { Logger } from '../../telemetry';
import { connectionTo, SETTLED } from './connection';
import { connecting, reaching } from './unavailable';

/** A database in MongoDB for another store than the read models: one that cannot be built again. */
export type MongoDatabase = {
  /** Returns a collection. No fail-over loses what it reads, nor what it has written. */
  readonly collection: <Stored extends Document>(name: string) => Collection<Stored>;
  /** Opens the connection if it is not open, and waits for a call within its time. @throws Fault `READ_MODELS_UNAVAILABLE`. */
  readonly reach: <Result>(call: () => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
};

const TIMEOUT_MS = 5_000;

/** Prepares a database. It does not wait for the server. @throws Fault `CONFIG_INVALID` for an invalid URL. */
export const openMongoDatabase = ({
  url,
  clock,
  logger,
}: {
  readonly url: string;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
}): MongoDatabase => {
  const { client, database } = connectionTo(url, { clock, timeoutMs: TIMEOUT_MS, logger });
  return {
    collection: (name) => database.collection(name, SETTLED),
    reach: (call) =>
      reaching(
        async () => {
          await connecting(() => client.connect());
          return call();
        },
        { clock, withinMs: TIMEOUT_MS },
      ),
    close: () => client.close(),
  };
};
