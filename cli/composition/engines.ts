import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bus } from '../../platform/bus';
import { inProcessBus } from '../../platform/bus';
import type { Config } from '../../platform/config';
import {
  openEmbeddedEventStore,
  openEmbeddedHistory,
  upcast,
  type EmbeddedEventStore,
  type EventHistory,
  type EventStore,
  type EventStoreDb,
  type RecordedEvent,
  type SubscriptionObserver,
} from '../../platform/event-store';
import {
  openEmbeddedReadModels,
  openEmbeddedReadModelsToRead,
  type ReadModels,
} from '../../platform/read-models';
import { FILES_FOLDER, openEmbeddedFiles, type FileStore } from '../../platform/files';
import { sealing, type PersonalEvents, type PersonKeys } from '../../platform/personal-data';
import { flatModels } from '../../projections/flat-models';
import { eventUpcasters } from './aggregates';
import { keysUrlOf, openPersonalData, withPersonalData, type KeysConfig } from './personal-data';
import type { Runtime } from '../program/runtime';

/** The engines behind the three ports, as the configuration names them. */
export type Engines = {
  /** Returns every event in its newest version, with its personal data open. */
  readonly store: EventStore;
  /** The same store; returns events as they were stored. */
  readonly rawStore: EventStore;
  /** The keys that seal personal data. */
  readonly personKeys: PersonKeys;
  /** Opens what those keys sealed. */
  readonly personal: PersonalEvents;
  /** The raw store where it is the embedded one, which no other process has open. */
  readonly embeddedStore: EmbeddedEventStore | undefined;
  /** The raw store where it is a server's. */
  readonly remoteStore: EventStoreDb | undefined;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  /** Uploaded pictures. */
  readonly files: FileStore;
  /** The directory of the embedded engines' files; undefined if no engine is embedded. */
  readonly directory: string | undefined;
  readonly close: () => Promise<void>;
};

type ReadModelsConfig = Pick<Config, 'readModels' | 'timeZone'>;
type EngineConfig = Pick<Config, 'eventStore' | 'bus' | 'files'> & ReadModelsConfig & KeysConfig;

const toNewest = (event: RecordedEvent): RecordedEvent => upcast(eventUpcasters, event);

// Clients of servers are loaded only where they are used: they take longer than all the rest of the start.

const openRemoteStore = async (
  connectionString: string,
  runtime: Runtime,
  subscriptionObserver?: SubscriptionObserver,
): Promise<EventStoreDb> => {
  const { openEventStoreDb } = await import('../../platform/event-store/eventstoredb/index.js');
  return openEventStoreDb({ connectionString, subscriptionObserver, ...runtime });
};

/** Opens the events as they are stored. */
export const openStore = async (
  url: string,
  directory: string,
  runtime: Runtime,
  subscriptionObserver?: SubscriptionObserver,
): Promise<Pick<Engines, 'rawStore' | 'embeddedStore' | 'remoteStore'>> => {
  if (url === 'embedded') {
    const embeddedStore = await openEmbeddedEventStore({ directory, ...runtime });
    return { rawStore: embeddedStore, embeddedStore, remoteStore: undefined };
  }
  const remoteStore = await openRemoteStore(url, runtime, subscriptionObserver);
  return { rawStore: remoteStore, embeddedStore: undefined, remoteStore };
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

/** Opens the same events, in their newest version and with their personal data open. */
export const openHistory = async (
  settings: Pick<Config, 'eventStore' | 'dataDir'> & KeysConfig,
  runtime: Runtime,
): Promise<EventHistory> => {
  const history = await openStoredHistory(settings, runtime);
  return withPersonalData(history, settings, runtime, toNewest);
};

export const openReadModels = async (
  { readModels: url, timeZone }: ReadModelsConfig,
  directory: string,
  runtime: Runtime,
): Promise<ReadModels> => {
  const flat = { models: flatModels, timeZone };
  if (url === 'embedded') return openEmbeddedReadModels({ directory, flat, ...runtime });
  const { openMongoReadModels } = await import('../../platform/read-models/mongodb/index.js');
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
  const { openNatsBus } = await import('../../platform/bus/nats/index.js');
  return openNatsBus({ url, ...runtime });
};

export const openFiles = (
  { files: url }: Pick<Config, 'files'>,
  directory: string,
  { clock, random }: Pick<Runtime, 'clock' | 'random'>,
): Promise<FileStore> => {
  const folder = url === 'embedded' ? join(directory, FILES_FOLDER) : fileURLToPath(url);
  return openEmbeddedFiles({ folder, clock, random });
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
    const { personKeys, personal } = await openPersonalData(config, directory, runtime);
    opened.push(personKeys);
    const stores = await openStore(config.eventStore, directory, runtime, subscriptionObserver);
    opened.push(stores.rawStore);
    const store = sealing(stores.rawStore, personal, toNewest);
    const readModels = await openReadModels(config, directory, runtime);
    opened.push(readModels);
    const bus = await openBus(config.bus, runtime);
    opened.push(bus);
    const files = await openFiles(config, directory, runtime);
    const isOnDisk = [config.eventStore, config.readModels, config.files, keysUrlOf(config)].includes(
      'embedded',
    );
    const ofEvents = { ...stores, store, personKeys, personal };
    return { ...ofEvents, readModels, bus, files, directory: isOnDisk ? directory : undefined, close };
  } catch (error) {
    // An engine that stays open would keep the process from ending.
    await close();
    throw error;
  }
};
