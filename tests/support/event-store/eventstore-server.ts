import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreServer } from '../../../gateways/eventstoredb';
import type { EventStoreServer, EventStoreServerOptions } from '../../../gateways/eventstoredb';
import { realClock, realRandom } from '../../../platform/clock';
import { openEmbeddedEventStore } from '../../../platform/event-store';
import type { EmbeddedEventStore } from '../../../platform/event-store';

/** EventStoreDB's protocol over a store of its own, in this process and on a port that stays the same over restarts. */
export type StoreServer = {
  readonly url: string;
  readonly address: string;
  readonly port: number;
  /** Of the server that runs now. */
  readonly store: EmbeddedEventStore;
  /** As a service is stopped; its data stays. */
  stop(drainMs?: number): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
};

type Options = Partial<Omit<EventStoreServerOptions, 'store' | 'host' | 'port'>>;

export const startStoreServer = async (options: Options = {}): Promise<StoreServer> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-eventstore-'));
  let port = 0;
  let store: EmbeddedEventStore;
  let server: EventStoreServer | undefined;
  const start = async (): Promise<void> => {
    store = await openEmbeddedEventStore({ directory, clock: realClock });
    const surroundings = { clock: realClock, random: realRandom, host: '127.0.0.1' };
    server = await startEventStoreServer({ ...surroundings, ...options, store, port });
    port = server.port;
  };
  const stop = async (drainMs?: number): Promise<void> => {
    await server?.close(drainMs);
    server = undefined;
    await store.close();
  };
  await start();
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    address: `127.0.0.1:${port}`,
    port,
    get store() {
      return store;
    },
    start,
    stop,
    remove: async () => {
      if (server !== undefined) await stop(0);
      await rm(directory, { recursive: true });
    },
  };
};
