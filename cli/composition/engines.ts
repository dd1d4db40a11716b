import type { Config } from '../../platform/config';
import type { Clock, Random } from '../../platform/clock';
import { openEmbeddedEventStore, type EventStore } from '../../platform/event-store';
import { inProcessBus, type Bus } from '../../platform/bus';
import { openEmbeddedReadModels, type ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';

/** What every part of the platform is given. */
export type Surroundings = { readonly clock: Clock; readonly random: Random; readonly logger: Logger };

/** The three engines behind the ports, as the configuration names them. */
export type Engines = {
  readonly store: EventStore;
  /** Nobody but this process can write to the store. */
  readonly soleWriter: boolean;
  readonly readModels: ReadModels;
  readonly bus: Bus;
  readonly close: () => Promise<void>;
};

type EngineConfig = Pick<Config, 'eventStore' | 'readModels' | 'bus'>;

/** @param directory - where the embedded engines keep their files; owned by this process. */
export const openEngines = async (
  config: EngineConfig,
  directory: string,
  surroundings: Surroundings,
): Promise<Engines> => {
  const store = await openEmbeddedEventStore({ directory, ...surroundings });
  const readModels = await openEmbeddedReadModels({ directory, ...surroundings });
  const bus = inProcessBus(surroundings);
  return {
    store,
    soleWriter: config.eventStore === 'embedded',
    readModels,
    bus,
    close: async () => {
      await bus.close();
      await readModels.close();
      await store.close();
    },
  };
};
