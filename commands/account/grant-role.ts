import { z } from 'zod';
import { account } from '../../domain/account';
import type { CommandContext } from '../../platform/execution';
import { accountIdSchema, roleIdSchema, roleSchema } from '../use-case/input';
import { outcomeOf, rejected, stepOf } from '../use-case/outcome';
import { patternsOfRoles } from '../use-case/permissions';
import { useCase } from '../use-case/use-case';
import {
  changeAdministrators,
  namedAccount,
  removeAdministrator,
  removeFormerAdministrator,
  type AdministrationDeps,
} from './administration';
import { ofOneAccount } from './one-account';
import { objectionToRole, patternsNow, patternsOfDefinedRole, type RoleObjection } from './own-patterns';

const ofAccount = z.object({ accountId: accountIdSchema });

/** Returns why the sender may not grant or revoke a role of these permissions. */
const objectionTo = async (
  deps: AdministrationDeps,
  context: CommandContext,
  patterns: readonly string[],
): Promise<RoleObjection | undefined> =>
  objectionToRole(await patternsNow(deps, context, 'role:grant'), patterns);

export const grantRoleUseCases = {
  grantRole: useCase({
    summary:
      'Grants a role to an account, if it permits nothing that the caller may not do. A role that the account has already is no error.',
    allow: 'role:grant',
    input: ofOneAccount({ role: roleSchema }),
    success: ofAccount,
    rejections: ['ACCOUNT_NOT_FOUND', 'PERMISSIONS_NOT_HELD'],
    handle: async ({ role, ...name }, context, deps: AdministrationDeps) => {
      const objection = await objectionTo(deps, context, patternsOfRoles([role]));
      if (objection !== undefined) return rejected(objection);
      const { accountId } = await namedAccount(deps, name);
      const accounts = deps.aggregates.of(account);
      const granted = await accounts.execute(
        accountId,
        { type: 'GrantRoles', accountId, roles: [role], at: deps.clock.now() },
        context,
      );
      if (granted.kind !== 'accepted' || role !== 'administrator') return outcomeOf(granted, { accountId });
      // Listed after it has the role, so that the list never includes an account without it.
      const listed = await changeAdministrators(deps, { type: 'AddAdministrator', accountId }, context);
      if (listed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
      return outcomeOf(listed.kind === 'rejected' ? listed : granted, { accountId });
    },
  }),

  revokeRole: useCase({
    summary:
      'Revokes a role of an account, if it permits nothing that the caller may not do. The last administrator keeps the role. It takes effect at the next request, also with access tokens that were issued before.',
    allow: 'role:grant',
    input: ofOneAccount({ role: roleSchema }),
    success: ofAccount,
    rejections: ['ACCOUNT_NOT_FOUND', 'PERMISSIONS_NOT_HELD', 'LAST_ADMINISTRATOR'],
    handle: async ({ role, ...name }, context, deps: AdministrationDeps) => {
      const objection = await objectionTo(deps, context, patternsOfRoles([role]));
      if (objection !== undefined) return rejected(objection);
      const { accountId, known } = await namedAccount(deps, name);
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      if (role === 'administrator' && known.roles.includes(role)) {
        // Removed from the list before it loses the role, so that of two simultaneous revocations one is rejected.
        const removed = await removeAdministrator(deps, accountId, context);
        if (removed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
        if (removed.kind === 'rejected') return outcomeOf(removed, { accountId });
      }
      const accounts = deps.aggregates.of(account);
      const revoked = await accounts.execute(
        accountId,
        { type: 'RevokeRoles', accountId, roles: [role], at: deps.clock.now() },
        context,
      );
      if (revoked.kind !== 'accepted' || role !== 'administrator') return outcomeOf(revoked, { accountId });
      const removed = await removeFormerAdministrator(deps, accountId, context);
      if (removed === undefined || removed.kind === 'accepted') return outcomeOf(revoked, { accountId });
      if (removed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
      // The others have lost the role meanwhile, so this one keeps it.
      const kept = await accounts.execute(
        accountId,
        { type: 'GrantRoles', accountId, roles: [role], at: deps.clock.now() },
        stepOf(context, 'GrantRoles'),
      );
      if (kept.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
      return outcomeOf(removed, { accountId });
    },
  }),

  grantDefinedRole: useCase({
    summary:
      'Grants a role that was defined to an account, if it permits nothing that the caller may not do. A role that the account has already is no error.',
    allow: 'role:grant',
    input: ofOneAccount({ roleId: roleIdSchema }),
    success: ofAccount,
    rejections: ['ACCOUNT_NOT_FOUND', 'ROLE_NOT_FOUND', 'PERMISSIONS_NOT_HELD', 'TOO_MANY_ROLES'],
    handle: async ({ roleId, ...name }, context, deps: AdministrationDeps) => {
      const patterns = await patternsOfDefinedRole(deps, roleId);
      const objection = await objectionTo(deps, context, patterns ?? []);
      if (objection !== undefined) return rejected(objection);
      if (patterns === undefined) return rejected({ code: 'ROLE_NOT_FOUND', roleId });
      const { accountId } = await namedAccount(deps, name);
      const granted = { roles: [], definedRoles: [roleId], at: deps.clock.now() };
      const accounts = deps.aggregates.of(account);
      const command = { type: 'GrantRoles', accountId, ...granted } as const;
      return outcomeOf(await accounts.execute(accountId, command, context), { accountId });
    },
  }),

  revokeDefinedRole: useCase({
    summary:
      'Revokes a role of an account that was defined, if it permits nothing that the caller may not do. It takes effect at the next request.',
    allow: 'role:grant',
    input: ofOneAccount({ roleId: roleIdSchema }),
    success: ofAccount,
    rejections: ['ACCOUNT_NOT_FOUND', 'PERMISSIONS_NOT_HELD'],
    handle: async ({ roleId, ...name }, context, deps: AdministrationDeps) => {
      // A role that is retired permits nothing, so everyone who may revoke roles may revoke it.
      const objection = await objectionTo(deps, context, (await patternsOfDefinedRole(deps, roleId)) ?? []);
      if (objection !== undefined) return rejected(objection);
      const { accountId } = await namedAccount(deps, name);
      const revoked = { roles: [], definedRoles: [roleId], at: deps.clock.now() };
      const accounts = deps.aggregates.of(account);
      const command = { type: 'RevokeRoles', accountId, ...revoked } as const;
      return outcomeOf(await accounts.execute(accountId, command, context), { accountId });
    },
  }),
};
