import { z } from 'zod';
import { account, type AccountState } from '../../domain/account';
import { administrators, administratorsId, type AdministratorsCommand } from '../../domain/administrators';
import type { AccountId } from '../../domain/kernel';
import { Fault } from '../../platform/faults';
import type { CommandContext } from '../../platform/execution';
import { demandAdministrator } from '../authorization';
import type { AccountIds } from './account-ids';
import { accountIdSchema, emailSchema, roleSchema } from '../input';
import { stepOf } from '../outcome';
import type { UseCaseDeps } from '../use-case';

/** Which role, of whose account: exactly one of its id and its e-mail address names it. */
export const roleInputSchema = z
  .object({ accountId: accountIdSchema.optional(), email: emailSchema.optional(), role: roleSchema })
  .refine(({ accountId, email }) => (accountId === undefined) !== (email === undefined), {
    error: 'give either accountId or email',
  });

/** What changing roles needs. */
export type RoleDeps = UseCaseDeps & { readonly accountIds: AccountIds };

/** The account that is named, as it is now; `status` is `NONE` where there is none. */
export const namedAccount = async (
  { aggregates, accountIds }: RoleDeps,
  {
    accountId: given,
    email = '',
  }: { readonly accountId?: AccountId | undefined; readonly email?: string | undefined },
): Promise<{ readonly accountId: AccountId; readonly known: AccountState }> => {
  const accountId = given ?? (await accountIds.of(email));
  return { accountId, known: await aggregates.load(account, accountId) };
};

/**
 * Roles are changed by administrators, who have every role to give, and by the platform itself. What counts are the roles that
 * the account has now: an access token tells those that it had when it logged in.
 *
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandAdministratorNow = async (
  { aggregates }: UseCaseDeps,
  context: CommandContext,
): Promise<void> => {
  demandAdministrator(context);
  const { kind, id } = context.principal;
  if (kind === 'system') return;
  const known = await aggregates.load(account, id);
  if (known.status === 'NONE' || !known.roles.includes('administrator'))
    throw new Fault('NOT_PERMITTED', 'This account is no administrator any more.');
};

/** Changes the list of administrators, which knows whether one is the last. */
export const changeAdministrators = (
  { aggregates, clock }: UseCaseDeps,
  { type, accountId }: Pick<AdministratorsCommand, 'type' | 'accountId'>,
  context: CommandContext,
) =>
  aggregates.execute(
    administrators,
    administratorsId,
    { type, accountId, at: clock.now() },
    stepOf(context, `${type} ${accountId}`),
  );
