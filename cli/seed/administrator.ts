import type { CommandClient } from '../../commands/port';
import type { Random } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import { commandId } from '../../platform/identity';

/** `password`: made up and to be shown this once; absent when it came from the settings or the account was there. */
export type Administrator = { readonly email: string; readonly password?: string };

/** Makes the first administrator where there is none of that address. */
export const provisionAdministrator = async (
  commands: CommandClient,
  settings: { readonly email: string; readonly password: string | undefined },
  random: Random,
): Promise<Administrator> => {
  const { email } = settings;
  const password = settings.password ?? Buffer.from(random.bytes(12)).toString('base64url');
  const id = commandId('administrator', email);
  const outcome = await commands.send(
    'provisionAccount',
    { email, name: 'Administrator', password, roles: ['administrator', 'staff'] },
    {
      commandId: id,
      correlationId: id,
      principal: { kind: 'system', id: 'start', roles: ['administrator'] },
      timeoutMs: 30_000,
    },
  );
  if (outcome.kind !== 'accepted') {
    const why = outcome.kind === 'rejected' ? outcome.rejection.code : 'its answer was lost';
    throw new Fault('OUTCOME_UNKNOWN', `The administrator ${email} could not be made: ${why}.`);
  }
  const isNew = outcome.position !== undefined;
  return isNew && settings.password === undefined ? { email, password } : { email };
};
