import { z } from 'zod';
import { account, type LinkPurpose } from '../../domain/account';
import { epochMsOf, type AccountId, type NotificationId } from '../../domain/kernel';
import { notification } from '../../domain/notification';
import type { CommandContext } from '../../platform/execution';
import { commandId } from '../../platform/ids';
import { callerIdSchema, emailSchema, linkTokenSchema, passwordSchema } from '../use-case/input';
import { notAccepted, nothing, outcomeOf, rejected, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';
import { readLinkToken } from './link-token';
import { passwordObjection } from './password-rules';
import type { AccountDeps } from './sessions';

/** The time in which further requests cause no further e-mail. */
const COOL_DOWN_MS = 60_000;

/**
 * Queues the e-mail with a link. Whether the account exists is read when it is sent: until then the work is the same, so that
 * neither the answer nor its duration discloses it.
 */
const queueLink = async (
  { accountId, purpose }: { readonly accountId: AccountId; readonly purpose: LinkPurpose },
  context: CommandContext,
  { aggregates, clock }: UseCaseDeps,
): Promise<Outcome<typeof nothing, never>> => {
  const at = clock.now();
  const minute = Math.floor(epochMsOf(at) / COOL_DOWN_MS);
  const notificationId = commandId(accountId, `${purpose} ${minute}`) as NotificationId;
  const command = {
    type: 'QueueNotification',
    notificationId,
    accountId,
    notice: { template: purpose },
    at,
  } as const;
  const notifications = aggregates.of(notification);
  return outcomeOf(
    await notifications.execute(notificationId, command, context, { assumeNew: true }),
    nothing,
  );
};

const invalid = rejected({ code: 'LINK_INVALID' });

/** The use cases of links that are sent by e-mail. */
export const emailLinkUseCases = {
  requestPasswordReset: useCase({
    summary:
      'Sends an e-mail with a link by which the password can be replaced, if the address has an account. The answer is the same if it has none. A newer link replaces the older ones; at most one is sent a minute.',
    allow: 'everyone',
    input: z.object({ email: emailSchema }),
    success: z.object({}),
    rejections: [],
    handle: async ({ email }, context, deps: AccountDeps) =>
      queueLink({ accountId: await deps.accountIds.of(email), purpose: 'reset-password' }, context, deps),
  }),

  resetPasswordByLink: useCase({
    summary:
      'Replaces the password by the token of a link, which works once, and closes all sessions. The e-mail address counts as verified afterwards.',
    allow: 'everyone',
    input: z.object({ token: linkTokenSchema, password: passwordSchema.describe('The new password.') }),
    success: z.object({}),
    rejections: ['LINK_INVALID', 'LINK_EXPIRED', 'PASSWORD_TOO_SHORT', 'PASSWORD_INVALID'],
    handle: async ({ token, password }, context, { aggregates, clock, passwords }: AccountDeps) => {
      const objection = passwordObjection(password);
      if (objection !== undefined) return rejected(objection);
      const shown = readLinkToken(token);
      if (shown === undefined) return invalid;
      const { accountId, hash: tokenHash } = shown;
      const passwordHash = await passwords.hash(password);
      const command = {
        type: 'ResetPasswordByLink',
        accountId,
        tokenHash,
        passwordHash,
        at: clock.now(),
      } as const;
      const executed = await aggregates.of(account).execute(accountId, command, context);
      if (executed.kind === 'rejected' && executed.rejection.code === 'ACCOUNT_NOT_FOUND') return invalid;
      if (executed.kind !== 'accepted') return notAccepted(executed);
      const changed = executed.events.find(({ type }) => type === 'AccountPasswordChanged');
      const stored = changed?.type === 'AccountPasswordChanged' ? changed.data.passwordHash : passwordHash;
      // A repeat finds the hash of the first time. With another password it is not a repeat.
      if (stored !== passwordHash && !(await passwords.matches(password, stored))) return invalid;
      return outcomeOf(executed, nothing);
    },
  }),

  requestEmailVerification: useCase({
    summary:
      'Sends the caller an e-mail with a link by which its address is verified. A verified address is no error. A newer link replaces the older ones; at most one is sent a minute.',
    allow: { by: 'owner', or: 'account:change' },
    input: z.object({ accountId: callerIdSchema }),
    success: z.object({}),
    rejections: ['ACCOUNT_NOT_FOUND'],
    handle: async ({ accountId }, context, deps) => {
      const known = await deps.aggregates.of(account).load(accountId);
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      if (known.isEmailVerified) return { kind: 'accepted', value: nothing };
      return queueLink({ accountId, purpose: 'verify-email' }, context, deps);
    },
  }),

  verifyEmail: useCase({
    summary: 'Verifies the e-mail address of an account by the token of a link.',
    allow: 'everyone',
    input: z.object({ token: linkTokenSchema }),
    success: z.object({}),
    rejections: ['LINK_INVALID', 'LINK_EXPIRED'],
    handle: async ({ token }, context, { aggregates, clock }) => {
      const shown = readLinkToken(token);
      if (shown === undefined) return invalid;
      const { accountId, hash: tokenHash } = shown;
      const command = { type: 'VerifyEmail', accountId, tokenHash, at: clock.now() } as const;
      const executed = await aggregates.of(account).execute(accountId, command, context);
      if (executed.kind === 'rejected' && executed.rejection.code === 'ACCOUNT_NOT_FOUND') return invalid;
      return outcomeOf(executed, nothing);
    },
  }),
};
