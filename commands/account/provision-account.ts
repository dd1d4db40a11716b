import { z } from 'zod';
import { account, type AccountEvent, type AccountRejection } from '../../domain/account';
import type { AccountId } from '../../domain/kernel';
import type { CommandContext, Executed } from '../../platform/execution';
import { demandAdministrator } from '../authorization';
import { emailSchema, nameSchema, parse, passwordSchema, roleSchema } from '../input';
import { outcomeOf, rejected, stepOf } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { passwordObjection } from './password-rules';
import { changeAdministrators } from './administration';
import type { AccountDeps } from './sessions';

const schema = z.object({
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema.optional(),
  roles: z.array(roleSchema).max(10),
});

type Provision = z.infer<typeof schema> & { readonly accountId: AccountId };

/** @returns undefined where the address has an account that another command made. */
const register = async (
  { aggregates, clock, random, passwords }: AccountDeps,
  { accountId, email, name, password, roles }: Provision,
  context: CommandContext,
): Promise<Executed<AccountEvent, AccountRejection> | undefined> => {
  const earlier = await aggregates.effectOf(account, accountId, context.commandId);
  // Nothing more is granted by a repeat: a role may have been revoked since.
  if (earlier !== undefined) return { kind: 'accepted', events: [] };
  if ((await aggregates.load(account, accountId)).status !== 'NONE') return undefined;
  const passwordHash = await passwords.hash(password ?? Buffer.from(random.bytes(32)).toString('base64url'));
  const registered = await aggregates.execute(
    account,
    accountId,
    { type: 'RegisterAccount', accountId, email, name, passwordHash, roles, at: clock.now() },
    context,
  );
  // Whoever registered the address a moment ago keeps it; the roles are granted all the same.
  const isTaken = registered.kind === 'rejected' && registered.rejection.code === 'EMAIL_TAKEN';
  return isTaken ? undefined : registered;
};

/**
 * Makes an account where the address has none, and sees to it that it has the roles. An account that exists keeps its
 * password. Without a password nobody can log in: it is the hash of chance.
 */
export const provisionAccount =
  (deps: AccountDeps): UseCaseOf<'provisionAccount'> =>
  async (input, context) => {
    const asked = parse(schema, input);
    const { email, password, roles } = asked;
    demandAdministrator(context);
    const objection = password === undefined ? undefined : passwordObjection(password);
    if (objection !== undefined) return rejected(objection);
    const accountId = await deps.accountIds.of(email);
    const { aggregates, clock } = deps;
    const executed =
      (await register(deps, { ...asked, accountId }, context)) ??
      (await aggregates.execute(
        account,
        accountId,
        { type: 'GrantRoles', accountId, roles, at: clock.now() },
        stepOf(context, 'grant-roles'),
      ));
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    const known = await aggregates.load(account, accountId);
    if (executed.kind === 'accepted' && known.status !== 'NONE' && known.roles.includes('administrator')) {
      const listed = await changeAdministrators(deps, { type: 'AddAdministrator', accountId }, context);
      if (listed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    }
    return outcomeOf(executed, { accountId });
  };
