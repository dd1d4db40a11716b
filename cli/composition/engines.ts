import type { Bus } from '../../platform/bus';
import { inProcessBus } from '../../platform/bus';
import type { Clock, Random } from '../../platform/clock';
import type { Config } from '../../platform/config';
import {
  openEmbeddedEventStore,
  openEmbeddedHistory,
  upcasting,
  upcastingHistory,
  type EmbeddedEventStore,
  type EventHistory,
  type EventStore,
  type EventStoreDb,
} from '../../platform/event-store';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import { eventUpcasters } from './event-versions';

/** What every part of the platform is given. */
export type Surroundings = { readonly clock: Clock; readonly random: Random; readonly logger: Logger };

/** The three engines behind the ports, as the configuration names them. */
export type Engines = {
  /** Gives every event in its newest shape. */
  readonly store: EventStore;
  /** The same store with its events as they were stored. */
  readonly rawStore: EventStore;
  /** The raw store, where it is the embedded one: no other process has it open. */
  readonly embeddedStore: EmbeddedEventStore | undefined;
  /** The raw store, where it is a server's. */
  readonly remoteStore: EventStoreDb | undefined;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  /** Where the embedded ones keep their files; undefined where none is embedded. */
  readonly directory: string | undefined;
  readonly close: () => Promise<void>;
};

type EngineConfig = Pick<Config, 'eventStore' | 'readModels' | 'bus'>;

// The clients of servers are loaded only where one is used: they cost more time than all the rest of the start.

const openRemoteStore = async (
  connectionString: string,
  surroundings: Surroundings,
): Promise<EventStoreDb> => {
  const { openEventStoreDb } = await import('../../platform/event-store/eventstoredb/index.js');
  return openEventStoreDb({ connectionString, ...surroundings });
};

const bothOf = (rawStore: EventStore): Pick<Engines, 'store' | 'rawStore'> => ({
  store: upcasting(rawStore, eventUpcasters),
  rawStore,
});

export const openStore = async (
  url: string,
  directory: string,
  surroundings: Surroundings,
): Promise<Pick<Engines, 'store' | 'rawStore' | 'embeddedStore' | 'remoteStore'>> => {
  if (url === 'embedded') {
    const embeddedStore = await openEmbeddedEventStore({ directory, ...surroundings });
    return { ...bothOf(embeddedStore), embeddedStore, remoteStore: undefined };
  }
  const remoteStore = await openRemoteStore(url, surroundings);
  return { ...bothOf(remoteStore), embeddedStore: undefined, remoteStore };
};

/**
 * Opens the events for reading alone, in their newest shape. Of the embedded store this takes no lock: it is read beside the
 * process that owns it.
 */
export const openHistory = async (
  { eventStore, dataDir }: Pick<Config, 'eventStore' | 'dataDir'>,
  surroundings: Surroundings,
): Promise<EventHistory> => {
  const history =
    eventStore === 'embedded'
      ? openEmbeddedHistory(dataDir)
      : await openRemoteStore(eventStore, surroundings);
  return upcastingHistory(history, eventUpcasters);
};

export const openReadModels = async (
  url: string,
  directory: string,
  surroundings: Surroundings,
): Promise<ReadModels> => {
  if (url === 'embedded') return openEmbeddedReadModels({ directory, ...surroundings });
  const { openMongoReadModels } = await import('../../platform/read-models/mongodb/index.js');
  return openMongoReadModels({ url, ...surroundings });
};

export const openBus = async (url: string, surroundings: Surroundings): Promise<Bus> => {
  if (url === 'embedded') return inProcessBus(surroundings);
  const { openNatsBus } = await import('../../platform/bus/nats/index.js');
  return openNatsBus({ url, ...surroundings });
};

/**
 * @param directory - where the embedded engines keep their files; owned by this process.
 * @throws Fault `CONFIG_INVALID` for a URL that makes no sense; a server that is away is waited for, not a reason to fail.
 */
export const openEngines = async (
  config: EngineConfig,
  directory: string,
  surroundings: Surroundings,
): Promise<Engines> => {
  const opened: { readonly close: () => Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (let engine = opened.pop(); engine !== undefined; engine = opened.pop()) await engine.close();
  };
  try {
    const stores = await openStore(config.eventStore, directory, surroundings);
    opened.push(stores.store);
    const readModels = await openReadModels(config.readModels, directory, surroundings);
    opened.push(readModels);
    const bus = await openBus(config.bus, surroundings);
    opened.push(bus);
    const isOnDisk = [config.eventStore, config.readModels].includes('embedded');
    return { ...stores, readModels, bus, directory: isOnDisk ? directory : undefined, close };
  } catch (error) {
    // One that stays open would keep the process from ending.
    await close();
    throw error;
  }
};
