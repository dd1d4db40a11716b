import { z } from 'zod';
import { account, sessionOf } from '../../domain/account';
import type { Role } from '../../domain/kernel';
import {
  accountIdSchema,
  deviceSchema,
  emailSchema,
  nameSchema,
  passwordSchema,
  realmSchema,
  refreshTokenSchema,
} from '../use-case/input';
import { notAccepted, nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { namedAccount } from './administration';
import { definedRoleUseCases } from './defined-roles';
import { emailLinkUseCases } from './email-links';
import { eraseAccountUseCases } from './erase-account';
import { grantRoleUseCases } from './grant-role';
import { ownAccountUseCases } from './own-account';
import { passwordObjection } from './password-rules';
import { provisionAccount } from './provision-account';
import { refreshSession } from './refresh-session';
import { readRefreshToken } from './refresh-token';
import { openSession, sessionGranted, type AccountDeps } from './sessions';

const credentials = { email: emailSchema, password: passwordSchema };

/** The fields by which a client describes the session that it opens. */
const session = { device: deviceSchema.exactOptional(), realm: realmSchema.exactOptional() };

const ofAccount = z.object({ accountId: accountIdSchema });
const invalidSession = rejected({ code: 'SESSION_INVALID', reason: 'UNKNOWN' });

export const accountUseCases = {
  signUp: useCase({
    summary: 'Creates the account of a customer and opens a session.',
    allow: 'everyone',
    input: z.object({ ...credentials, name: nameSchema.describe('The name of the account.'), ...session }),
    success: sessionGranted,
    rejections: ['EMAIL_TAKEN', 'EMAIL_INVALID', 'NAME_EMPTY', 'PASSWORD_TOO_SHORT', 'PASSWORD_INVALID'],
    handle: async ({ email, password, name, device, realm }, context, deps: AccountDeps) => {
      const objection = passwordObjection(password);
      if (objection !== undefined) return rejected(objection);
      const { aggregates, clock, passwords } = deps;
      const accountId = await deps.accountIds.of(email);
      const roles: readonly Role[] = ['customer'];
      const passwordHash = await passwords.hash(password);
      const accounts = aggregates.of(account);
      const executed = await accounts.execute(
        accountId,
        { type: 'RegisterAccount', accountId, email, name, passwordHash, roles, at: clock.now() },
        context,
      );
      if (executed.kind !== 'accepted') return notAccepted(executed);
      const [registered] = executed.events;
      if (registered?.type !== 'AccountRegistered') return rejected({ code: 'EMAIL_TAKEN' });
      // A repeat finds the hash of the first time. Its sender must still know the password.
      const stored = registered.data.passwordHash;
      if (stored !== passwordHash && !(await passwords.matches(password, stored)))
        return rejected({ code: 'EMAIL_TAKEN' });
      return openSession(deps, registered.data, context, { device, realm });
    },
  }),

  logIn: useCase({
    summary: 'Opens a session.',
    allow: 'everyone',
    input: z.object({ ...credentials, ...session }),
    success: sessionGranted,
    rejections: ['CREDENTIALS_WRONG'],
    // An unknown address and a wrong password get the same answer after the same time.
    handle: async ({ email, password, device, realm }, context, deps: AccountDeps) => {
      const known = await deps.aggregates.of(account).load(await deps.accountIds.of(email));
      const passwordHash = known.status === 'NONE' ? undefined : known.passwordHash;
      const matches = await deps.passwords.matches(password, passwordHash);
      if (!matches || known.status === 'NONE') return rejected({ code: 'CREDENTIALS_WRONG' });
      return openSession(deps, known, context, { device, realm, passwordHash: known.passwordHash });
    },
  }),

  refreshSession,

  logOut: useCase({
    summary: 'Closes a session. Its access tokens expire by themselves, soon.',
    allow: 'everyone',
    input: z.object({ refreshToken: refreshTokenSchema }),
    success: z.object({}),
    rejections: ['SESSION_INVALID'],
    handle: async ({ refreshToken }, context, { aggregates, clock }) => {
      const shown = readRefreshToken(refreshToken);
      if (shown === undefined) return invalidSession;
      const { accountId, sessionId, hash } = shown;
      const known = await aggregates.of(account).load(accountId);
      if (known.status === 'NONE') return invalidSession;
      const session = sessionOf(known, sessionId);
      if (session === undefined) return { kind: 'accepted', value: nothing };
      if (session.tokenHash !== hash && !session.replacedTokenHashes.includes(hash)) return invalidSession;
      const accounts = aggregates.of(account);
      const executed = await accounts.execute(
        accountId,
        { type: 'CloseSession', accountId, sessionId, at: clock.now() },
        context,
      );
      return outcomeOf(executed, nothing);
    },
  }),

  ...ownAccountUseCases,
  ...eraseAccountUseCases,
  ...emailLinkUseCases,

  provisionAccount,

  ...grantRoleUseCases,
  ...definedRoleUseCases,

  resetPassword: useCase({
    summary: 'Replaces the password of an account and closes its sessions.',
    allow: 'system',
    internal: true,
    input: z.object(credentials),
    success: ofAccount,
    rejections: ['PASSWORD_TOO_SHORT', 'PASSWORD_INVALID', 'ACCOUNT_NOT_FOUND'],
    handle: async ({ email, password }, context, deps: AccountDeps) => {
      const objection = passwordObjection(password);
      if (objection !== undefined) return rejected(objection);
      const { accountId, known } = await namedAccount(deps, { email });
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      const passwordHash = await deps.passwords.hash(password);
      const accounts = deps.aggregates.of(account);
      const executed = await accounts.execute(
        accountId,
        { type: 'ChangePassword', accountId, passwordHash, at: deps.clock.now() },
        context,
      );
      return outcomeOf(executed, { accountId });
    },
  }),
};
