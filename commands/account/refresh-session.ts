import { z } from 'zod';
import {
  account,
  sessionOf,
  type AccountEvent,
  type AccountRejection,
  type AccountState,
  type Session,
} from '../../domain/account';
import type { Executed } from '../aggregates';
import { parse } from '../input';
import { stepOf } from '../outcome';
import type { CommandContext } from '../port';
import type { UseCaseOf } from '../use-case';
import { newRefreshToken, readRefreshToken, type RefreshToken } from './refresh-token';
import { granted, type AccountDeps } from './sessions';

const schema = z.object({ refreshToken: z.string().max(500) });
const invalid = { kind: 'rejected', rejection: { code: 'SESSION_INVALID' } } as const;

/** How often an answer may be lost before the session has to be opened anew. */
const REPEATS_MAX = 8;

const sessionIn = (known: AccountState, sessionId: string): Session | undefined =>
  known.status === 'NONE' ? undefined : sessionOf(known, sessionId);

/** Whether one token of the session, told by its hash, came in the place of another. */
const isSuccessor = (session: Session | undefined, next: string, replaced: string): boolean => {
  const hashes = session ? [...session.replacedTokenHashes, session.tokenHash] : [];
  return hashes[hashes.indexOf(next) - 1] === replaced;
};

/**
 * Replaces the token. When the answer to this very command was lost before, the token that was lost with it is replaced in
 * turn: only its hash is known, and whoever shows the token before it under the same command id is the one who missed it.
 */
const rotate = async (
  { aggregates, clock }: AccountDeps,
  { accountId, sessionId, hash }: RefreshToken,
  next: RefreshToken,
  context: CommandContext,
): Promise<Executed<AccountEvent, AccountRejection>> => {
  let tokenHash = hash;
  let step = context;
  for (let repeat = 1; ; repeat += 1) {
    const executed = await aggregates.execute(
      account,
      accountId,
      { type: 'RefreshSession', accountId, sessionId, tokenHash, newTokenHash: next.hash, at: clock.now() },
      step,
    );
    const [event] = executed.kind === 'accepted' ? executed.events : [];
    const wasLost = event?.type === 'SessionRefreshed' && event.data.tokenHash !== next.hash;
    if (!wasLost || repeat > REPEATS_MAX) return executed;
    // A repeat is answered without a decision, so that it says nothing of the token that is shown now.
    const session = sessionIn(await aggregates.load(account, accountId), sessionId);
    if (!isSuccessor(session, event.data.tokenHash, tokenHash)) return invalid;
    tokenHash = event.data.tokenHash;
    step = stepOf(context, `again ${repeat}`);
  }
};

/** Gives a new token for an old one, which is good no more. A token shown twice closes its session: someone may hold a copy. */
export const refreshSession =
  (deps: AccountDeps): UseCaseOf<'refreshSession'> =>
  async (input, context) => {
    const shown = readRefreshToken(parse(schema, input).refreshToken);
    if (shown === undefined) return invalid;
    const { accountId, sessionId } = shown;
    const next = newRefreshToken(accountId, sessionId, deps.random);
    const executed = await rotate(deps, shown, next, context);
    if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
    if (executed.kind === 'rejected') return invalid;
    const [event] = executed.events;
    const known = await deps.aggregates.load(account, accountId);
    const session = sessionIn(known, sessionId);
    const isOurs = event?.type === 'SessionRefreshed' && event.data.tokenHash === next.hash;
    if (!isOurs || known.status === 'NONE' || session === undefined) return invalid;
    const { position } = executed;
    const value = granted(known, next, session.expiresAt);
    return { kind: 'accepted', value, ...(position === undefined ? {} : { position }) };
  };
