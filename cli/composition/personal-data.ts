import type { Config } from '../../platform/config';
import type { EventHistory, RecordedEvent } from '../../platform/event-store';
import {
  keyCache,
  mongoPersonKeys,
  openEmbeddedPersonKeys,
  openEmbeddedPersonKeysToRead,
  openingHistory,
  personalEvents,
  type PersonalEvents,
  type PersonKeys,
} from '../../platform/personal-data';
import { personalData } from './aggregates';
import type { Runtime } from '../program/runtime';

/** The settings of the keys. They are where the read models are, unless they have a place of their own. */
export type KeysConfig = Pick<Config, 'readModels'> & { readonly personKeys?: Config['personKeys'] };

export const keysUrlOf = ({ personKeys, readModels }: KeysConfig): string => personKeys ?? readModels;

const openMongoKeys = async (url: string, runtime: Runtime): Promise<PersonKeys> => {
  const { openMongoDatabase } = await import('../../platform/read-models/mongodb/index.js');
  return mongoPersonKeys(openMongoDatabase({ url, ...runtime }), runtime);
};

/** The keys of persons, and the events whose personal data they seal. */
export type PersonalDataEngine = { readonly personKeys: PersonKeys; readonly personal: PersonalEvents };

/** @param directory - of the embedded keys; owned by this process. */
export const openPersonalData = async (
  config: KeysConfig,
  directory: string,
  runtime: Runtime,
): Promise<PersonalDataEngine> => {
  const url = keysUrlOf(config);
  const keys =
    url === 'embedded' ? await openEmbeddedPersonKeys(directory, runtime) : await openMongoKeys(url, runtime);
  const cache = keyCache(keys, runtime.clock);
  return {
    personKeys: {
      ...keys,
      destroy: async (person, at) => {
        await keys.destroy(person, at);
        cache.forget(person);
      },
    },
    personal: personalEvents(personalData, cache, runtime.random),
  };
};

/** Returns the same history with its personal data open, for reading alone. @param step - follows each opening. */
export const withPersonalData = async (
  history: EventHistory,
  config: KeysConfig & Pick<Config, 'dataDir'>,
  runtime: Runtime,
  step?: (event: RecordedEvent) => RecordedEvent,
): Promise<EventHistory> => {
  const url = keysUrlOf(config);
  const keys =
    url === 'embedded'
      ? await openEmbeddedPersonKeysToRead(config.dataDir)
      : await openMongoKeys(url, runtime);
  const personal = personalEvents(personalData, keyCache(keys, runtime.clock), runtime.random);
  const opening = openingHistory(history, personal, step);
  return {
    ...opening,
    close: async () => {
      await history.close();
      await keys.close();
    },
  };
};
