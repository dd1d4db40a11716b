import { z } from 'zod';
import {
  account,
  sessionOf,
  type AccountEvent,
  type AccountRejection,
  type AccountState,
  type Session,
} from '../../domain/account';
import type { Executed, CommandContext } from '../../platform/execution';
import { parse } from '../input';
import { stepOf } from '../outcome';
import type { UseCaseOf } from '../use-case';
import { newSalt, readRefreshToken, successorOf, type RefreshToken } from './refresh-token';
import { granted, type AccountDeps } from './sessions';

const schema = z.object({ refreshToken: z.string().max(500) });
const invalid = { kind: 'rejected', rejection: { code: 'SESSION_INVALID' } } as const;

const sessionIn = (known: AccountState, sessionId: string): Session | undefined =>
  known.status === 'NONE' ? undefined : sessionOf(known, sessionId);

/** The session's token now, found from one that it replaced; undefined where the token shown was not replaced by it. */
const currentTokenOf = (
  { replacements, tokenHash }: Session,
  shown: RefreshToken,
): RefreshToken | undefined => {
  let token = shown;
  for (const replaced of replacements)
    if (replaced.tokenHash === token.hash) token = successorOf(token, replaced.salt);
  return token !== shown && token.hash === tokenHash ? token : undefined;
};

/** Whether the command was carried out before and the token that it led to has been replaced since. */
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
    aggregates.execute(
      account,
      accountId,
      { type: 'RefreshSession', accountId, sessionId, tokenHash, newTokenHash, salt, at: clock.now() },
      step,
    );
  const executed = await send(context);
  const session = sessionIn(await aggregates.load(account, accountId), sessionId);
  // A repeat is answered without a decision. What it led to no longer counts, so the token shown is judged anew.
  return isOutdatedRepeat(executed, newTokenHash, session) ? send(stepOf(context, 'again')) : executed;
};

/**
 * Gives a new token for an old one. Right after the replacement the old one still gets the same new one, so that two requests
 * at once keep the session; later it closes the session, because someone may hold a copy.
 */
export const refreshSession =
  (deps: AccountDeps): UseCaseOf<'refreshSession'> =>
  async (input, context) => {
    const shown = readRefreshToken(parse(schema, input).refreshToken);
    if (shown === undefined) return invalid;
    const { accountId, sessionId } = shown;
    const executed = await replace(deps, shown, context);
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    if (executed.kind === 'rejected') return invalid;
    const known = await deps.aggregates.load(account, accountId);
    const session = sessionIn(known, sessionId);
    const token = session && currentTokenOf(session, shown);
    if (known.status === 'NONE' || session === undefined || token === undefined) return invalid;
    const { position } = executed;
    const value = granted(known, token, session.expiresAt);
    return { kind: 'accepted', value, ...(position === undefined ? {} : { position }) };
  };
