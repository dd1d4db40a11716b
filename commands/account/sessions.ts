import { account, type KnownAccount } from '../../domain/account';
import { later, type Instant, type Millis } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { uuidV7 } from '../../platform/ids';
import type { CommandContext } from '../../platform/execution';
import type { Outcome, SessionGranted } from '../port';
import type { UseCaseDeps } from '../use-case';
import type { AccountIds } from './account-ids';
import type { Passwords } from './passwords';
import { newRefreshToken, type RefreshToken } from './refresh-token';

export type AccountDeps = UseCaseDeps & {
  readonly random: Random;
  readonly accountIds: AccountIds;
  readonly passwords: Passwords;
  /** How long a log-in lasts. */
  readonly sessionFor: Millis;
};

export const granted = (
  { accountId: id, email, name, roles }: Pick<KnownAccount, 'accountId' | 'email' | 'name' | 'roles'>,
  token: RefreshToken,
  expiresAt: Instant,
): SessionGranted => ({
  account: { id, email, name, roles },
  sessionId: token.sessionId,
  refreshToken: token.text,
  expiresAt,
});

/**
 * Opens a session for someone whose password was right. A repeat opens another one, because the token of the first was told
 * once and is nowhere to be had; the first is never used and runs out.
 */
export const openSession = async (
  { aggregates, clock, random, sessionFor }: AccountDeps,
  known: Pick<KnownAccount, 'accountId' | 'email' | 'name' | 'roles'>,
  context: CommandContext,
  passwordHash?: string,
): Promise<Outcome<SessionGranted>> => {
  const { accountId } = known;
  const sessionId = uuidV7(clock, random);
  const token = newRefreshToken(accountId, sessionId, random);
  const at = clock.now();
  const expiresAt = later(at, sessionFor);
  const executed = await aggregates.execute(
    account,
    accountId,
    {
      ...{ type: 'OpenSession', accountId, sessionId, tokenHash: token.hash, expiresAt, at },
      ...(passwordHash === undefined ? {} : { passwordHash }),
    },
    { ...context, commandId: sessionId },
  );
  if (executed.kind === 'rejected') return executed;
  if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
  const { position } = executed;
  const value = granted(known, token, expiresAt);
  return { kind: 'accepted', value, ...(position === undefined ? {} : { position }) };
};
