import { account } from '../../domain/account';
import type { AccountId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { formerAccountId, keyedAccountId } from '../../platform/ids';
import { madeInstallationKey } from '../installation-key';
import type { UseCaseDeps } from '../use-case';

/** An address whose accounts were erased so many times has no further one: each log-in reads all of them. */
const GENERATIONS_MAX = 20;

/** No address has this character. */
const SEPARATOR = '\0';

/** Finds the account of an e-mail address. */
export type AccountIds = {
  /**
   * @param email - normalised by `emailSchema`. @throws Fault `STORE_UNAVAILABLE` and other faults of the store,
   * `OUTCOME_UNKNOWN`.
   */
  of(email: string): Promise<AccountId>;
  /** Returns the ids of all accounts that the address has or had, those that were erased too. @throws as `of` does. */
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

  /** Returns the ids of the accounts of the address: those that were erased, and the one that was not. */
  const idsNow = async (
    secret: string,
    email: string,
  ): Promise<{ readonly erased: readonly AccountId[]; readonly present: AccountId }> => {
    const erased: AccountId[] = [];
    let id = keyedAccountId(secret, email);
    for (let generation = 1; generation < GENERATIONS_MAX; generation += 1) {
      const known = await load(id);
      if (known.status !== 'NONE' || known.erasure === undefined) break;
      erased.push(id);
      id = keyedAccountId(secret, `${email}${SEPARATOR}${generation}`);
    }
    return { erased, present: id };
  };

  /** Returns the ids that earlier versions gave. They did not compose letters; for most addresses both spellings are equal. */
  const formerIds = (email: string): readonly AccountId[] =>
    [...new Set([email, email.normalize('NFD')])].map(formerAccountId);

  return {
    of: async (email) => {
      const secret = await keyOnce();
      const former = formerIds(email);
      // All are always loaded, so that the duration does not disclose which exists.
      const [{ present }, ...known] = await Promise.all([idsNow(secret, email), ...former.map(load)]);
      return former.find((_, index) => known[index]?.status !== 'NONE') ?? present;
    },
    allOf: async (email) => {
      const { erased, present } = await idsNow(await keyOnce(), email);
      return [...formerIds(email), ...erased, present];
    },
  };
};
