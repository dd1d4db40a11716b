import { z } from 'zod';
import { account, type AccountEvent, type AccountRejection } from '../../domain/account';
import type { AccountId } from '../../domain/kernel';
import type { CommandContext, Executed } from '../../platform/execution';
import { patternsOf } from '../use-case/authorization';
import { accountIdSchema, emailSchema, nameSchema, passwordSchema, roleSchema } from '../use-case/input';
import { outcomeOf, rejected, stepOf } from '../use-case/outcome';
import { patternsOfRoles } from '../use-case/permissions';
import { useCase } from '../use-case/use-case';
import { passwordObjection } from './password-rules';
import { changeAdministrators } from './administration';
import { objectionToRole } from './own-patterns';
import type { AccountDeps } from './sessions';

const inputSchema = z.object({
  email: emailSchema,
  name: nameSchema.describe('The name of the account.'),
  password: passwordSchema
    .describe('The password. Without one the account cannot log in until its password is reset.')
    .exactOptional(),
  roles: z.array(roleSchema).max(10).readonly().describe('The roles of the account.'),
});

type Provision = z.output<typeof inputSchema> & { readonly accountId: AccountId };

/** Returns undefined if the address has an account of another command. */
const register = async (
  { aggregates, clock, random, passwords }: AccountDeps,
  { accountId, email, name, password, roles }: Provision,
  context: CommandContext,
): Promise<Executed<AccountEvent, AccountRejection> | undefined> => {
  const earlier = await aggregates.of(account).effectOf(accountId, context.commandId);
  // A repeat grants nothing more, because a role may have been revoked since.
  if (earlier !== undefined) return { kind: 'accepted', events: [] };
  if ((await aggregates.of(account).load(accountId)).status !== 'NONE') return undefined;
  const passwordHash = await passwords.hash(password ?? Buffer.from(random.bytes(32)).toString('base64url'));
  const accounts = aggregates.of(account);
  const registered = await accounts.execute(
    accountId,
    { type: 'RegisterAccount', accountId, email, name, passwordHash, roles, at: clock.now() },
    context,
  );
  // A concurrent registration of the address wins; the roles are granted to it.
  const isTaken = registered.kind === 'rejected' && registered.rejection.code === 'EMAIL_TAKEN';
  return isTaken ? undefined : registered;
};

export const provisionAccount = useCase({
  summary:
    'Creates an account where the address has none, and grants it the roles. An existing account keeps its password.',
  allow: 'account:provision',
  internal: true,
  input: inputSchema,
  success: z.object({ accountId: accountIdSchema }),
  rejections: [
    ...(['PASSWORD_TOO_SHORT', 'PASSWORD_INVALID', 'EMAIL_INVALID', 'NAME_EMPTY'] as const),
    ...(['ACCOUNT_NOT_FOUND', 'PERMISSIONS_NOT_HELD', 'TOO_MANY_ROLES'] as const),
  ],
  handle: async (input, context, deps: AccountDeps) => {
    const { email, password, roles } = input;
    const objection =
      objectionToRole(patternsOf(context.principal), patternsOfRoles(roles)) ??
      (password === undefined ? undefined : passwordObjection(password));
    if (objection !== undefined) return rejected(objection);
    const accountId = await deps.accountIds.of(email);
    const { aggregates, clock } = deps;
    const executed =
      (await register(deps, { ...input, accountId }, context)) ??
      (await aggregates
        .of(account)
        .execute(
          accountId,
          { type: 'GrantRoles', accountId, roles, at: clock.now() },
          stepOf(context, 'grant-roles'),
        ));
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    const known = await aggregates.of(account).load(accountId);
    if (executed.kind === 'accepted' && known.status !== 'NONE' && known.roles.includes('administrator')) {
      const listed = await changeAdministrators(deps, { type: 'AddAdministrator', accountId }, context);
      if (listed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    }
    return outcomeOf(executed, { accountId });
  },
});
