import { createHmac } from 'node:crypto';
import type { AccountId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { hashOfSecret, newSecret, SECRET, UUID } from './secret';

/**
 * A refresh token. It contains the account and the session, so that both are found without a look-up; the last part is
 * the secret.
 */
export type RefreshToken = {
  readonly accountId: AccountId;
  readonly sessionId: string;
  readonly text: string;
  /** The stored form. */
  readonly hash: string;
};

const SALT_BYTES = 16;
const SHAPE = new RegExp(`^(${UUID})[.](${UUID})[.]${SECRET}$`);

const tokenOf = (accountId: AccountId, sessionId: string, text: string): RefreshToken => ({
  accountId,
  sessionId,
  text,
  hash: hashOfSecret(text),
});

export const newRefreshToken = (accountId: AccountId, sessionId: string, random: Random): RefreshToken =>
  tokenOf(accountId, sessionId, `${accountId}.${sessionId}.${newSecret(random)}`);

/** Returns random input for the next token of a session. */
export const newSalt = (random: Random): string =>
  Buffer.from(random.bytes(SALT_BYTES)).toString('base64url');

/** Returns the next token of the session: the same for the same salt, and only derivable from the previous token. */
export const successorOf = ({ accountId, sessionId, text }: RefreshToken, salt: string): RefreshToken => {
  const secret = createHmac('sha256', text).update(salt).digest('base64url');
  return tokenOf(accountId, sessionId, `${accountId}.${sessionId}.${secret}`);
};

/** @returns undefined for a text that cannot be a token of ours. */
export const readRefreshToken = (text: string): RefreshToken | undefined => {
  const [, accountId, sessionId] = SHAPE.exec(text) ?? [];
  return accountId === undefined || sessionId === undefined
    ? undefined
    : tokenOf(accountId as AccountId, sessionId, text);
};
