import type { CommandClient } from '../../commands/port';
import type { Random } from '../../platform/clock';
import { commandId } from '../../platform/ids';
import { accepted } from './accepted';

/** `password`: made up and to be shown this once; absent when it came from the settings or the account was there. */
export type Administrator = { readonly email: string; readonly password?: string };

/** What a person is told of a password that was made up; undefined where none was. */
export const administratorText = (administrator: Administrator | undefined): string | undefined =>
  administrator?.password === undefined
    ? undefined
    : `Administrator ${administrator.email} with the password ${administrator.password} (shown this once; "waybill admin reset" sets a new one)`;

type Settings = { readonly email: string; readonly password: string | undefined };

/**
 * Makes the first administrator where there is none of that address; may be called again after a fault, and then tells the
 * same password.
 */
export const administratorProvision = (
  { email, password: chosen }: Settings,
  random: Random,
): ((commands: CommandClient) => Promise<Administrator>) => {
  const password = chosen ?? Buffer.from(random.bytes(12)).toString('base64url');
  const id = commandId('administrator', email);
  /** An answer was lost: the account that is there now was made here. */
  let mayBeMade = false;
  return async (commands) => {
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
    mayBeMade ||= outcome.kind === 'unknown';
    const { position } = accepted(outcome, `The administrator ${email}`);
    const isNew = position !== undefined || mayBeMade;
    return isNew && chosen === undefined ? { email, password } : { email };
  };
};
