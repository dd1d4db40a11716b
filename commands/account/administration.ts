import { account, type AccountState } from '../../domain/account';
import { administrators, administratorsId, type AdministratorsCommand } from '../../domain/administrators';
import type { AccountId } from '../../domain/kernel';
import type { CommandContext } from '../../platform/execution';
import type { AccountIds } from './account-ids';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** The dependencies of administration. */
export type AdministrationDeps = UseCaseDeps & { readonly accountIds: AccountIds };

/** Returns the present state of the named account. Its `status` is `NONE` if there is none. */
export const namedAccount = async (
  { aggregates, accountIds }: AdministrationDeps,
  {
    accountId: given,
    email = '',
  }: { readonly accountId?: AccountId | undefined; readonly email?: string | undefined },
): Promise<{ readonly accountId: AccountId; readonly known: AccountState }> => {
  const accountId = given ?? (await accountIds.of(email));
  return { accountId, known: await aggregates.of(account).load(accountId) };
};

/** Changes the list of administrators, which never loses the last one. */
export const changeAdministrators = (
  { aggregates, clock }: UseCaseDeps,
  { type, accountId }: Pick<AdministratorsCommand, 'type' | 'accountId'>,
  context: CommandContext,
) =>
  aggregates
    .of(administrators)
    .execute(administratorsId, { type, accountId, at: clock.now() }, stepOf(context, `${type} ${accountId}`));

/** Returns whether the account has the role of administrators now. */
const isAdministrator = async ({ aggregates }: UseCaseDeps, accountId: AccountId): Promise<boolean> => {
  const known = await aggregates.of(account).load(accountId);
  return known.status !== 'NONE' && known.roles.includes('administrator');
};

/**
 * Removes an account from the list of administrators. Accounts on it that do not have the role are removed first, so that they
 * do not count: a grant that ran beside a revocation may have added one.
 */
export const removeAdministrator = async (
  deps: UseCaseDeps,
  accountId: AccountId,
  context: CommandContext,
) => {
  const { accountIds } = await deps.aggregates.of(administrators).load(administratorsId);
  for (const listed of accountIds) {
    if (listed === accountId || (await isAdministrator(deps, listed))) continue;
    const removed = await changeAdministrators(
      deps,
      { type: 'RemoveAdministrator', accountId: listed },
      context,
    );
    if (removed.kind !== 'accepted') return removed;
  }
  return changeAdministrators(deps, { type: 'RemoveAdministrator', accountId }, context);
};

/**
 * Removes an account from the list that has lost the role, where a grant beside the revocation has added it meanwhile. Rejected
 * where it is the only one on the list.
 */
export const removeFormerAdministrator = async (
  deps: UseCaseDeps,
  accountId: AccountId,
  context: CommandContext,
) => {
  const { accountIds } = await deps.aggregates.of(administrators).load(administratorsId);
  if (!accountIds.includes(accountId) || (await isAdministrator(deps, accountId))) return undefined;
  const command = { type: 'RemoveAdministrator', accountId } as const;
  return changeAdministrators(deps, command, stepOf(context, 'after the revocation'));
};
