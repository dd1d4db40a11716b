import { z } from 'zod';
import { account, sessionOf } from '../../domain/account';
import { parse } from '../input';
import { nothing, outcomeOf, rejected } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { readRefreshToken } from './refresh-token';

const schema = z.object({ refreshToken: z.string().max(500) });
const invalid = rejected({ code: 'SESSION_INVALID' });

/** Closes the session of the token; one that is closed already stays so. */
export const logOut =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'logOut'> =>
  async (input, context) => {
    const shown = readRefreshToken(parse(schema, input).refreshToken);
    if (shown === undefined) return invalid;
    const { accountId, sessionId, hash } = shown;
    const known = await aggregates.load(account, accountId);
    if (known.status === 'NONE') return invalid;
    const session = sessionOf(known, sessionId);
    if (session === undefined) return { kind: 'accepted', value: nothing };
    if (session.tokenHash !== hash && !session.replacedTokenHashes.includes(hash)) return invalid;
    const executed = await aggregates.execute(
      account,
      accountId,
      { type: 'CloseSession', accountId, sessionId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
