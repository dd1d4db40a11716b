import { account } from '../../domain/account';
import type { AccountId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { formerAccountId, keyedAccountId } from '../../platform/ids';
import { madeInstallationKey } from '../installation-key';
import type { UseCaseDeps } from '../use-case/use-case';

/** A repeated erasure is looked for among so many. */
const ERASED_LATELY_MAX = 20;

/** No address has this character. */
const SEPARATOR = '\0';

/** Finds the account of an e-mail address. */
export type AccountIds = {
  /**
   * @param email - normalised by `emailSchema`. @throws Fault `STORE_UNAVAILABLE` and other faults of the store,
   * `OUTCOME_UNKNOWN`.
   */
  of(email: string): Promise<AccountId>;
  /** Returns the ids of the account that the address has, and of those that it had lately. @throws as `of` does. */
  allOf(email: string): Promise<readonly AccountId[]>;
};

/**
 * Derives account ids. An id is public, for example a review shows its author's. It is derived from the e-mail address,
 * so that an address has one account, and with a key of the installation, so that strangers cannot test whose id it is.
 * Accounts of earlier versions keep the id that was derived without a key. An address whose account was erased gets another id.
 */
export const createAccountIds = (deps: UseCaseDeps, random: Random): AccountIds => {
  let key: Promise<string> | undefined;

  const keyOnce = (): Promise<string> => {
    const asked =
      key ??
      madeInstallationKey(
        { ...deps, random },
        { name: 'account-ids', by: 'accounts', encoding: 'base64url' },
      );
    key = asked;
    asked.catch(() => {
      if (key === asked) key = undefined;
    });
    return asked;
  };

  const load = (id: AccountId) => deps.aggregates.of(account).load(id);

  const idOf = (secret: string, email: string, generation: number): AccountId =>
    keyedAccountId(secret, generation === 0 ? email : `${email}${SEPARATOR}${generation}`);

  /**
   * Returns the number of accounts of the address that were erased. All of them come before the one that was not, so a few reads
   * find it.
   */
  const countErased = async (secret: string, email: string): Promise<number> => {
    const isErased = async (generation: number): Promise<boolean> => {
      const known = await load(idOf(secret, email, generation));
      return known.status === 'NONE' && known.erasure !== undefined;
    };
    let erased = -1;
    let other = 0;
    while (await isErased(other)) [erased, other] = [other, 2 * other + 1];
    while (other - erased > 1) {
      const middle = Math.floor((erased + other) / 2);
      if (await isErased(middle)) erased = middle;
      else other = middle;
    }
    return other;
  };

  /** Returns the ids that earlier versions gave. They did not compose letters; for most addresses both spellings are equal. */
  const formerIds = (email: string): readonly AccountId[] =>
    [...new Set([email, email.normalize('NFD')])].map(formerAccountId);

  return {
    of: async (email) => {
      const secret = await keyOnce();
      const former = formerIds(email);
      // All are always loaded, so that the duration does not disclose which exists.
      const [erased, ...known] = await Promise.all([countErased(secret, email), ...former.map(load)]);
      return former.find((_, index) => known[index]?.status !== 'NONE') ?? idOf(secret, email, erased);
    },
    allOf: async (email) => {
      const secret = await keyOnce();
      const erased = await countErased(secret, email);
      const first = Math.max(0, erased - ERASED_LATELY_MAX);
      const ids = Array.from({ length: erased + 1 - first }, (_, index) =>
        idOf(secret, email, first + index),
      );
      return [...formerIds(email), ...ids];
    },
  };
};
