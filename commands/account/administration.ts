import { account, type AccountState } from '../../domain/account';
import { administrators, administratorsId, type AdministratorsCommand } from '../../domain/administrators';
import type { AccountId } from '../../domain/kernel';
import { Fault } from '../../platform/faults';
import type { CommandContext } from '../../platform/execution';
import type { AccountIds } from './account-ids';
import { stepOf } from '../outcome';
import type { UseCaseDeps } from '../use-case';

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

/**
 * Checks that an administrator still has the role. The account's present roles count, because an access token has those
 * of the login.
 *
 * @throws Fault `NOT_PERMITTED`.
 */
export const demandAdministratorNow = async (
  { aggregates }: UseCaseDeps,
  context: CommandContext,
): Promise<void> => {
  const { kind, id } = context.principal;
  if (kind === 'system') return;
  const known = await aggregates.of(account).load(id);
  if (known.status === 'NONE' || !known.roles.includes('administrator'))
    throw new Fault('NOT_PERMITTED', 'This account is no administrator any more.');
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
