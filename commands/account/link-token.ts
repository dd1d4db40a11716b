import type { AccountId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { hashOfSecret, newSecret, SECRET, UUID } from './secret';

/** The token of a link that is sent by e-mail. It contains the account, so that it is found without a look-up. */
export type LinkToken = {
  readonly accountId: AccountId;
  readonly text: string;
  /** The stored form. */
  readonly hash: string;
};

const SHAPE = new RegExp(`^(${UUID})[.]${SECRET}$`);

const tokenOf = (accountId: AccountId, text: string): LinkToken => ({
  accountId,
  text,
  hash: hashOfSecret(text),
});

export const newLinkToken = (accountId: AccountId, random: Random): LinkToken =>
  tokenOf(accountId, `${accountId}.${newSecret(random)}`);

/** @returns undefined for a text that cannot be a token of ours. */
export const readLinkToken = (text: string): LinkToken | undefined => {
  const [, accountId] = SHAPE.exec(text) ?? [];
  return accountId === undefined ? undefined : tokenOf(accountId as AccountId, text);
};
