import { account } from '../../domain/account';
import { parse } from '../input';
import { outcomeOf, rejected } from '../outcome';
import type { UseCaseOf } from '../use-case';
import {
  changeAdministrators,
  demandAdministratorNow,
  namedAccount,
  roleInputSchema,
  type RoleDeps,
} from './administration';

/**
 * Takes a role from an account. One that it does not have is no error. The last administrator stays one. Access tokens that were
 * issued before tell the role until they end.
 */
export const revokeRole =
  (deps: RoleDeps): UseCaseOf<'revokeRole'> =>
  async (input, context) => {
    const { role, ...name } = parse(roleInputSchema, input);
    await demandAdministratorNow(deps, context);
    const { accountId, known } = await namedAccount(deps, name);
    if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
    if (role === 'administrator' && known.roles.includes(role)) {
      // Taken off the list before it loses the role, so that of two at once one is refused.
      const removed = await changeAdministrators(deps, { type: 'RemoveAdministrator', accountId }, context);
      if (removed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
      if (removed.kind === 'rejected') return removed;
    }
    const revoked = await deps.aggregates.execute(
      account,
      accountId,
      { type: 'RevokeRoles', accountId, roles: [role], at: deps.clock.now() },
      context,
    );
    return outcomeOf(revoked, { accountId });
  };
