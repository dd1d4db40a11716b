import { z } from 'zod';
import { account, type KnownAccount } from '../../domain/account';
import { later, type Instant, type Millis, type Realm } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { uuidV7 } from '../../platform/ids';
import type { CommandContext } from '../../platform/execution';
import { named } from '../use-case/fields';
import {
  accountIdSchema,
  emailSchema,
  instantSchema,
  nameSchema,
  realmSchema,
  roleSchema,
} from '../use-case/input';
import { notAccepted, type Outcome } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';
import type { AccountIds } from './account-ids';
import type { Passwords } from './passwords';
import { newRefreshToken, type RefreshToken } from './refresh-token';

export type AccountDeps = UseCaseDeps & {
  readonly random: Random;
  readonly accountIds: AccountIds;
  readonly passwords: Passwords;
  /** The duration of a session. */
  readonly sessionFor: Millis;
};

/** The answer to every use case that opens or renews a session. */
export const sessionGranted = z.object({
  account: named(
    'AccountSummary',
    'An account as its owner sees it.',
    z.object({
      id: accountIdSchema,
      email: emailSchema,
      name: nameSchema.describe('The name of the account.'),
      roles: z.array(roleSchema).readonly().describe('The roles of the account.'),
    }),
  ),
  sessionId: z.string().describe('The ID of the session.'),
  refreshToken: z.string().describe('A secret that is shown once: `<account>.<session>.<random>`.'),
  expiresAt: instantSchema.describe('The time when the session ends.'),
  realm: realmSchema
    .describe('The realm of the session; absent where the client named none.')
    .exactOptional(),
});

export type SessionGranted = z.output<typeof sessionGranted>;

export const granted = (
  { accountId: id, email, name, roles }: Pick<KnownAccount, 'accountId' | 'email' | 'name' | 'roles'>,
  token: RefreshToken,
  { expiresAt, realm }: { readonly expiresAt: Instant; readonly realm?: Realm | undefined },
): SessionGranted => ({
  account: { id, email, name, roles },
  sessionId: token.sessionId,
  refreshToken: token.text,
  expiresAt,
  ...(realm !== undefined && { realm }),
});

/** `passwordHash`: the one that the password was verified against. */
type SessionWanted = {
  readonly device?: string | undefined;
  readonly realm?: Realm | undefined;
  readonly passwordHash?: string | undefined;
};

/**
 * Opens a session after the password was verified. A repeat opens another session, because the token of the first was
 * shown once and is not stored. The first session expires unused.
 */
export const openSession = async (
  { aggregates, clock, random, sessionFor }: AccountDeps,
  known: Pick<KnownAccount, 'accountId' | 'email' | 'name' | 'roles'>,
  context: CommandContext,
  { device, realm, passwordHash }: SessionWanted = {},
): Promise<Outcome<SessionGranted, never>> => {
  const { accountId } = known;
  const sessionId = uuidV7(clock, random);
  const token = newRefreshToken(accountId, sessionId, random);
  const at = clock.now();
  const expiresAt = later(at, sessionFor);
  const executed = await aggregates.of(account).execute(
    accountId,
    {
      type: 'OpenSession',
      accountId,
      sessionId,
      tokenHash: token.hash,
      passwordHash,
      device: device === '' ? undefined : device,
      realm,
      expiresAt,
      at,
    },
    { ...context, commandId: sessionId },
  );
  if (executed.kind === 'rejected') return notAccepted(executed);
  if (executed.kind === 'unknown') return { kind: 'unknown', commandId: context.commandId };
  const value = granted(known, token, { expiresAt, realm });
  return { kind: 'accepted', value, position: executed.position };
};
