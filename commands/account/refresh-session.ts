import { z } from 'zod';
import {
  account,
  sessionOf,
  type AccountEvent,
  type AccountRejection,
  type AccountState,
  type Session,
  type SessionInvalidReason,
} from '../../domain/account';
import type { Executed, CommandContext } from '../../platform/execution';
import { refreshTokenSchema } from '../use-case/input';
import { rejected, stepOf } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';
import { newSalt, readRefreshToken, successorOf, type RefreshToken } from './refresh-token';
import { granted, sessionGranted, type AccountDeps } from './sessions';

const invalid = (reason: SessionInvalidReason) => rejected({ code: 'SESSION_INVALID', reason });

const sessionIn = (known: AccountState, sessionId: string): Session | undefined =>
  known.status === 'NONE' ? undefined : sessionOf(known, sessionId);

/**
 * Returns the session's present token, derived from one that it replaced; undefined if the presented token is not its
 * predecessor.
 */
const currentTokenOf = (
  { replacements, tokenHash }: Session,
  shown: RefreshToken,
): RefreshToken | undefined => {
  let token = shown;
  for (const replaced of replacements)
    if (replaced.tokenHash === token.hash) token = successorOf(token, replaced.salt);
  return token !== shown && token.hash === tokenHash ? token : undefined;
};

/** Tests whether the command was executed before and its resulting token has been replaced since. */
const isOutdatedRepeat = (
  executed: Executed<AccountEvent, AccountRejection>,
  nextHash: string,
  session: Session | undefined,
): boolean => {
  const [event] = executed.kind === 'accepted' ? executed.events : [];
  if (event?.type !== 'SessionRefreshed' || event.data.tokenHash === nextHash) return false;
  return session?.tokenHash !== event.data.tokenHash;
};

const replace = async (
  { aggregates, clock, random }: AccountDeps,
  shown: RefreshToken,
  context: CommandContext,
): Promise<Executed<AccountEvent, AccountRejection>> => {
  const { accountId, sessionId, hash: tokenHash } = shown;
  const salt = newSalt(random);
  const newTokenHash = successorOf(shown, salt).hash;
  const send = (step: CommandContext) =>
    aggregates
      .of(account)
      .execute(
        accountId,
        { type: 'RefreshSession', accountId, sessionId, tokenHash, newTokenHash, salt, at: clock.now() },
        step,
      );
  const executed = await send(context);
  const session = sessionIn(await aggregates.of(account).load(accountId), sessionId);
  // A repeat is answered without a decision. Its result is outdated, so the presented token is decided on again.
  return isOutdatedRepeat(executed, newTokenHash, session) ? send(stepOf(context, 'again')) : executed;
};

export const refreshSession = useCase({
  summary:
    'Replaces a refresh token and issues a new access token of the same realm. The replaced token gets the same successor for 30 seconds; used later it closes the session.',
  allow: 'everyone',
  input: z.object({ refreshToken: refreshTokenSchema }),
  success: sessionGranted,
  rejections: ['SESSION_INVALID'],
  // A replaced token still gets its successor for a moment, so that two requests at once keep the session. Later it closes the
  // session, because someone may hold a copy.
  handle: async ({ refreshToken }, context, deps: AccountDeps) => {
    const shown = readRefreshToken(refreshToken);
    if (shown === undefined) return invalid('UNKNOWN');
    const { accountId, sessionId } = shown;
    const executed = await replace(deps, shown, context);
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    if (executed.kind === 'rejected')
      // The same as of a session that is not open, so that it does not show which accounts exist.
      return executed.rejection.code === 'SESSION_INVALID' ? rejected(executed.rejection) : invalid('ENDED');
    const known = await deps.aggregates.of(account).load(accountId);
    const session = sessionIn(known, sessionId);
    const token = session && currentTokenOf(session, shown);
    if (known.status === 'NONE') return invalid('ENDED');
    if (session === undefined) return invalid(known.reusedSessions.includes(sessionId) ? 'REUSED' : 'ENDED');
    if (token === undefined) return invalid('UNKNOWN');
    const value = granted(known, token, session);
    return { kind: 'accepted', value, position: executed.position };
  },
});
