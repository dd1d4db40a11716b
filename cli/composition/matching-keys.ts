import { installationKey, recordInstallationKey } from '../../commands/installation-key';
import type { UseCaseDeps } from '../../commands/use-case/use-case';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { KEYS_FILE, keyStoreId, makeKeyStoreId, type PersonKeys } from '../../platform/personal-data';
import { forkMarkIn } from '../fork/fork-mark';
import { keysUrlOf, type KeysConfig } from './personal-data';

/** The key of the installation that holds the id of the store of keys that sealed its events. */
const NAME = 'person-keys';

const refusal = (what: string, config: KeysConfig & Pick<Config, 'dataDir'>): Fault => {
  const isEmbedded = keysUrlOf(config) === 'embedded';
  const place = isEmbedded ? `${KEYS_FILE} in ${config.dataDir}` : 'the collection person_keys in MongoDB';
  return new Fault(
    'CONFIG_INVALID',
    `The keys of personal data (${place}) ${what}. Restore the keys that belong to these events, or have WAYBILL_PERSON_KEYS name the place where they are. No key was made.`,
  );
};

/**
 * Compares the store of keys with the events: other keys would not open what is sealed, and new ones would be made for the same
 * persons. Events that name no store of keys take this one, which gets an id.
 *
 * @throws Fault `CONFIG_INVALID` for keys that do not belong to the events, and the faults of both stores.
 */
export const demandMatchingKeys = async (
  keys: Pick<PersonKeys, 'find' | 'make'>,
  config: KeysConfig & Pick<Config, 'dataDir'>,
  deps: UseCaseDeps,
): Promise<void> => {
  // A fork has the events of the shop, and keys of its own.
  if (forkMarkIn(config.dataDir) !== undefined) return;
  const recorded = await installationKey(deps, NAME);
  const id = recorded === undefined ? await makeKeyStoreId(keys) : await keyStoreId(keys);
  if (id === undefined) throw refusal('are missing or new, but the events were sealed with others', config);
  const expected =
    recorded ?? (await recordInstallationKey(deps, { name: NAME, by: 'personal-data', secret: id }));
  if (id !== expected) throw refusal('are those of another history than the events', config);
};
