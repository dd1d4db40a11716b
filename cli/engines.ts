import type { Bus } from '../platform/bus';
import { inProcessBus } from '../platform/bus';
import type { Config } from '../platform/config';
import {
  openEmbeddedEventStore,
  openEmbeddedHistory,
  upcasting,
  upcastingHistory,
  type EmbeddedEventStore,
  type EventHistory,
  type EventStore,
  type EventStoreDb,
  type SubscriptionObserver,
} from '../platform/event-store';
import {
  openEmbeddedReadModels,
  openEmbeddedReadModelsToRead,
  type ReadModels,
} from '../platform/read-models';
import { flatModels } from '../projections/flat-models';
import { eventUpcasters } from './aggregates';
import type { Runtime } from './runtime';

/** The engines behind the three ports, as the configuration names them. */
export type Engines = {
  /** Returns every event in its newest version. */
  readonly store: EventStore;
  /** The same store; returns events as they were stored. */
  readonly rawStore: EventStore;
  /** The raw store where it is the embedded one, which no other process has open. */
  readonly embeddedStore: EmbeddedEventStore | undefined;
  /** The raw store where it is a server's. */
  readonly remoteStore: EventStoreDb | undefined;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  /** The directory of the embedded engines' files; undefined if no engine is embedded. */
  readonly directory: string | undefined;
  readonly close: () => Promise<void>;
};

type ReadModelsConfig = Pick<Config, 'readModels' | 'timeZone'>;
type EngineConfig = Pick<Config, 'eventStore' | 'bus'> & ReadModelsConfig;

// Clients of servers are loaded only where they are used: they take longer than all the rest of the start.

const openRemoteStore = async (
  connectionString: string,
  runtime: Runtime,
  subscriptionObserver?: SubscriptionObserver,
): Promise<EventStoreDb> => {
  const { openEventStoreDb } = await import('../platform/event-store/eventstoredb/index.js');
  return openEventStoreDb({ connectionString, subscriptionObserver, ...runtime });
};

const bothOf = (rawStore: EventStore): Pick<Engines, 'store' | 'rawStore'> => ({
  store: upcasting(rawStore, eventUpcasters),
  rawStore,
});

export const openStore = async (
  url: string,
  directory: string,
  runtime: Runtime,
  subscriptionObserver?: SubscriptionObserver,
): Promise<Pick<Engines, 'store' | 'rawStore' | 'embeddedStore' | 'remoteStore'>> => {
  if (url === 'embedded') {
    const embeddedStore = await openEmbeddedEventStore({ directory, ...runtime });
    return { ...bothOf(embeddedStore), embeddedStore, remoteStore: undefined };
  }
  const remoteStore = await openRemoteStore(url, runtime, subscriptionObserver);
  return { ...bothOf(remoteStore), embeddedStore: undefined, remoteStore };
};

/**
 * Opens the events for reading alone, as they are stored. It takes no lock of the embedded store, which can be read beside the
 * process that owns it.
 */
export const openStoredHistory = async (
  { eventStore, dataDir }: Pick<Config, 'eventStore' | 'dataDir'>,
  runtime: Runtime,
): Promise<EventHistory> =>
  eventStore === 'embedded' ? openEmbeddedHistory(dataDir) : openRemoteStore(eventStore, runtime);

/** Opens the same events, in their newest version. */
export const openHistory = async (
  settings: Pick<Config, 'eventStore' | 'dataDir'>,
  runtime: Runtime,
): Promise<EventHistory> => upcastingHistory(await openStoredHistory(settings, runtime), eventUpcasters);

export const openReadModels = async (
  { readModels: url, timeZone }: ReadModelsConfig,
  directory: string,
  runtime: Runtime,
): Promise<ReadModels> => {
  const flat = { models: flatModels, timeZone };
  if (url === 'embedded') return openEmbeddedReadModels({ directory, flat, ...runtime });
  const { openMongoReadModels } = await import('../platform/read-models/mongodb/index.js');
  return openMongoReadModels({ url, flat, ...runtime });
};

/** Opens the read models for reading alone, also beside the process that writes them. */
export const openReadModelsToRead = async (
  config: ReadModelsConfig & Pick<Config, 'dataDir'>,
  runtime: Runtime,
): Promise<ReadModels> =>
  config.readModels === 'embedded'
    ? openEmbeddedReadModelsToRead(config.dataDir)
    : openReadModels(config, config.dataDir, runtime);

export const openBus = async (url: string, runtime: Runtime): Promise<Bus> => {
  if (url === 'embedded') return inProcessBus(runtime);
  const { openNatsBus } = await import('../platform/bus/nats/index.js');
  return openNatsBus({ url, ...runtime });
};

/**
 * @param directory - where the embedded engines keep their files; owned by this process.
 * @param subscriptionObserver - of the subscriptions at a server.
 * @throws Fault `CONFIG_INVALID` for an invalid URL. A server that is away is no failure: its engine connects later.
 */
export const openEngines = async (
  config: EngineConfig,
  directory: string,
  runtime: Runtime,
  subscriptionObserver?: SubscriptionObserver,
): Promise<Engines> => {
  const opened: { readonly close: () => Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (let engine = opened.pop(); engine !== undefined; engine = opened.pop()) await engine.close();
  };
  try {
    const stores = await openStore(config.eventStore, directory, runtime, subscriptionObserver);
    opened.push(stores.store);
    const readModels = await openReadModels(config, directory, runtime);
    opened.push(readModels);
    const bus = await openBus(config.bus, runtime);
    opened.push(bus);
    const isOnDisk = [config.eventStore, config.readModels].includes('embedded');
    return { ...stores, readModels, bus, directory: isOnDisk ? directory : undefined, close };
  } catch (error) {
    // An engine that stays open would keep the process from ending.
    await close();
    throw error;
  }
};
