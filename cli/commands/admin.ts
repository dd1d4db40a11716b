import { parseArgs } from 'node:util';
import type { CommandClient, Outcome } from '../../commands';
import { messageOf } from '../../commands/rejections';
import { roles, type Role } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { rootContext, type CommandContext } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import { exitCodes, UsageError, type Command, type ExitCode, type Invocation } from '../program/command';
import { parseRoles } from '../roles/role-names';
import { withPlatform } from '../composition/with-platform';

const usage = `Usage: waybill admin reset [--email ADDRESS]
       waybill admin grant ADDRESS ROLE
       waybill admin revoke ADDRESS ROLE

"reset" generates a new password, shows it once, and ends the sessions of the account: that of the administrator
(WAYBILL_ADMIN_EMAIL) or of --email. "grant" gives an account a role, "revoke" removes one: ${roles.join(', ')}.
The last administrator cannot lose that role. A change takes effect at the next request.

Works beside a Waybill that runs on the data directory, or without one.`;

const PASSWORD_BYTES = 12;

const contextOf = (): CommandContext => {
  const commandId = uuidV7(realClock, realRandom);
  const context = rootContext(commandId, { kind: 'system', id: 'admin', roles: ['administrator'] });
  return { ...context, timeoutMs: 30_000 };
};

/** Returns whether the command was accepted; prints a rejection. @throws Fault `OUTCOME_UNKNOWN`. */
const isDone = (outcome: Outcome<unknown>, { terminal }: Invocation): boolean => {
  if (outcome.kind === 'unknown')
    throw new Fault('OUTCOME_UNKNOWN', 'An answer was lost. Run the same command again.');
  if (outcome.kind === 'rejected') terminal.err(`${outcome.rejection.code}: ${messageOf(outcome.rejection)}`);
  return outcome.kind === 'accepted';
};

const codeOf = (outcome: Outcome<unknown>): ExitCode =>
  outcome.kind === 'rejected' && outcome.rejection.code === 'ACCOUNT_NOT_FOUND'
    ? exitCodes.notFound
    : exitCodes.failed;

/** Sends one command. Where no platform runs, runs command services for as long as that takes. */
const send = async (
  invocation: Invocation,
  command: (commands: CommandClient) => Promise<Outcome<unknown>>,
  { done, adminPassword }: { readonly done: string; readonly adminPassword?: string | undefined },
): Promise<ExitCode> =>
  withPlatform(
    invocation,
    async ({ commands }) => {
      const outcome = await command(commands);
      if (!isDone(outcome, invocation)) return codeOf(outcome);
      invocation.terminal.err(done);
      return exitCodes.ok;
    },
    { roles: parseRoles(['commands']), adminPassword },
  );

const reset = (args: readonly string[], invocation: Invocation): Promise<ExitCode> => {
  const { values } = parseArgs({ args: [...args], options: { email: { type: 'string' } } });
  const { adminEmail } = readConfig(invocation.environment).config;
  const email = values.email ?? adminEmail;
  const password = Buffer.from(realRandom.bytes(PASSWORD_BYTES)).toString('base64url');
  const done = `The new password of ${email} is ${password} (shown this once). All sessions of the account have ended.`;
  return send(
    invocation,
    (commands) => commands.send('resetPassword', { email, password }, contextOf()),
    // On a new data directory this run creates the administrator. It must have this password, not a second one.
    { done, adminPassword: email === adminEmail ? password : undefined },
  );
};

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

const change = (
  name: 'grantRole' | 'revokeRole',
  args: readonly string[],
  invocation: Invocation,
): Promise<ExitCode> => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [email, role = '', ...more] = positionals;
  if (email === undefined || more.length > 0) throw new UsageError('Give an e-mail address and a role.');
  if (!isRole(role)) throw new UsageError(`The role is one of ${roles.join(', ')}; not "${role}".`);
  const done =
    name === 'grantRole' ? `${email} has the role ${role}.` : `${email} has the role ${role} no more.`;
  return send(invocation, (commands) => commands.send(name, { email, role }, contextOf()), { done });
};

export const adminCommand: Command = {
  name: 'admin',
  summary: 'sets a new password, gives and takes roles',
  usage,
  run: async (invocation) => {
    const [action, ...args] = invocation.args;
    switch (action) {
      case 'reset':
        return reset(args, invocation);
      case 'grant':
        return change('grantRole', args, invocation);
      case 'revoke':
        return change('revokeRole', args, invocation);
      default:
        throw new UsageError('Say what to do: reset, grant or revoke.');
    }
  },
};
