import type { CommandClient } from '../../commands';
import type { Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import { accepted } from './accepted';

/** `password`: a generated one, to be shown once; absent when the settings give it or the account existed. */
export type Administrator = { readonly email: string; readonly password?: string };

/** Returns the sentence that shows a generated password; undefined where none was generated. */
export const administratorText = (administrator: Administrator | undefined): string | undefined =>
  administrator?.password === undefined
    ? undefined
    : `Administrator ${administrator.email} with the password ${administrator.password} (shown this once; "waybill admin reset" sets a new one)`;

type Settings = { readonly email: string; readonly password: string | undefined };

/**
 * Creates the first administrator where no account has the address. It may be called again after a fault, and then returns the
 * same password.
 */
export const administratorProvision = (
  { email, password: chosen }: Settings,
  random: Random,
): ((commands: CommandClient) => Promise<Administrator>) => {
  const password = chosen ?? Buffer.from(random.bytes(12)).toString('base64url');
  const id = commandId('administrator', email);
  /** Whether an answer was lost. An account that exists at the next attempt was then created here. */
  let mayBeMade = false;
  return async (commands) => {
    const outcome = await commands.send(
      'provisionAccount',
      { email, name: 'Administrator', password, roles: ['administrator', 'staff'] },
      {
        ...rootContext(id, { kind: 'system', id: 'start', roles: ['administrator'] }),
        timeoutMs: 30_000,
      },
    );
    mayBeMade ||= outcome.kind === 'unknown';
    const { position } = accepted(outcome, `The administrator ${email}`);
    const isNew = position !== undefined || mayBeMade;
    return isNew && chosen === undefined ? { email, password } : { email };
  };
};
