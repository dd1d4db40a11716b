import { z } from 'zod';
import { account } from '../../domain/account';
import { accountId as accountIdOf } from '../../platform/ids';
import { demandAdministrator } from '../authorization';
import { emailSchema, nameSchema, parse, passwordSchema, roleSchema } from '../input';
import { outcomeOf, rejected, stepOf } from '../outcome';
import type { UseCaseOf } from '../use-case';
import type { AccountDeps } from './sessions';
import { PASSWORD_LENGTH_MIN } from './sign-up';

const schema = z.object({
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema.optional(),
  roles: z.array(roleSchema).max(10),
});

/**
 * Makes an account where the address has none, and sees to it that it has the roles. An account that exists keeps its
 * password. Without a password nobody can log in: it is the hash of chance.
 */
export const provisionAccount =
  ({ aggregates, clock, random, passwords }: AccountDeps): UseCaseOf<'provisionAccount'> =>
  async (input, context) => {
    const { email, name, password, roles } = parse(schema, input);
    demandAdministrator(context);
    if (password !== undefined && password.length < PASSWORD_LENGTH_MIN)
      return rejected({ code: 'PASSWORD_TOO_SHORT', min: PASSWORD_LENGTH_MIN });
    const accountId = accountIdOf(email);
    if ((await aggregates.load(account, accountId)).status === 'NONE') {
      const passwordHash = await passwords.hash(
        password ?? Buffer.from(random.bytes(32)).toString('base64url'),
      );
      const registered = await aggregates.execute(
        account,
        accountId,
        { type: 'RegisterAccount', accountId, email, name, passwordHash, roles, at: clock.now() },
        context,
      );
      // Whoever registered the address a moment ago keeps it; the roles are granted all the same.
      const isTaken = registered.kind === 'rejected' && registered.rejection.code === 'EMAIL_TAKEN';
      if (!isTaken) return outcomeOf(registered, { accountId });
    }
    const executed = await aggregates.execute(
      account,
      accountId,
      { type: 'GrantRoles', accountId, roles, at: clock.now() },
      stepOf(context, 'grant-roles'),
    );
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    return outcomeOf(executed, { accountId });
  };
