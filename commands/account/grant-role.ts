import { account } from '../../domain/account';
import { parse } from '../input';
import { outcomeOf } from '../outcome';
import type { UseCaseOf } from '../use-case';
import {
  changeAdministrators,
  demandAdministratorNow,
  namedAccount,
  roleInputSchema,
  type RoleDeps,
} from './administration';

/** Gives an account a role. One that it has already is no error. */
export const grantRole =
  (deps: RoleDeps): UseCaseOf<'grantRole'> =>
  async (input, context) => {
    const { role, ...name } = parse(roleInputSchema, input);
    await demandAdministratorNow(deps, context);
    const { accountId } = await namedAccount(deps, name);
    const granted = await deps.aggregates.execute(
      account,
      accountId,
      { type: 'GrantRoles', accountId, roles: [role], at: deps.clock.now() },
      context,
    );
    if (granted.kind !== 'accepted' || role !== 'administrator') return outcomeOf(granted, { accountId });
    // Listed after it has the role, so that the list never counts on one who lacks it.
    const listed = await changeAdministrators(deps, { type: 'AddAdministrator', accountId }, context);
    if (listed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    return listed.kind === 'rejected' ? listed : outcomeOf(granted, { accountId });
  };
