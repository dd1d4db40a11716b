import { installation, installationId } from '../domain/installation';
import type { Random } from '../platform/clock';
import { rootContext } from '../platform/execution';
import { Fault } from '../platform/faults';
import { commandId } from '../platform/ids';
import type { UseCaseDeps } from './use-case/use-case';

const KEY_BYTES = 32;

/** Returns a key of the installation, which all processes of one event store share; undefined if none was recorded. */
export const installationKey = async (
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
  name: string,
): Promise<string | undefined> => {
  const { keys } = await aggregates.of(installation).load(installationId);
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
};

/**
 * Returns a key of the installation, and makes one of 32 random bytes if there is none. Of several processes the first one makes
 * it.
 *
 * @param encoding - of the bytes as a text. @throws as `recordInstallationKey`.
 */
export const madeInstallationKey = async (
  deps: UseCaseDeps & { readonly random: Random },
  { encoding, ...key }: { readonly name: string; readonly by: string; readonly encoding: BufferEncoding },
): Promise<string> =>
  (await installationKey(deps, key.name)) ??
  recordInstallationKey(deps, {
    ...key,
    secret: Buffer.from(deps.random.bytes(KEY_BYTES)).toString(encoding),
  });

/**
 * Returns a key of the installation, and records this one if there is none. Of several processes the first one records it.
 *
 * @param by - the part of the program that needs it. @throws Fault `OUTCOME_UNKNOWN` and the faults of the store.
 */
export const recordInstallationKey = async (
  deps: UseCaseDeps,
  { name, by, secret }: { readonly name: string; readonly by: string; readonly secret: string },
): Promise<string> => {
  const context = rootContext(commandId('installation', name), { kind: 'system', id: by, roles: [] });
  const command = { type: 'MakeInstallationKey', name, secret, at: deps.clock.now() } as const;
  await deps.aggregates.of(installation).execute(installationId, command, context);
  const key = await installationKey(deps, name);
  if (key === undefined)
    throw new Fault('OUTCOME_UNKNOWN', `The key ${name} of the installation may not be stored yet`);
  return key;
};
