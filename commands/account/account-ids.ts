import { account } from '../../domain/account';
import { installation, installationId } from '../../domain/installation';
import type { AccountId } from '../../domain/kernel';
import type { Random } from '../../platform/clock';
import { rootContext, type CommandContext } from '../../platform/execution';
import { Fault } from '../../platform/faults';
import { commandId, formerAccountId, keyedAccountId } from '../../platform/ids';
import type { UseCaseDeps } from '../use-case';

/** Finds the account of an e-mail address. */
export type AccountIds = {
  /**
   * @param email - normalised by `emailSchema`. @throws Fault `STORE_UNAVAILABLE` and other faults of the store,
   * `OUTCOME_UNKNOWN`.
   */
  of(email: string): Promise<AccountId>;
};

const KEY_NAME = 'account-ids';
const KEY_BYTES = 32;

const contextOf = (): CommandContext =>
  rootContext(commandId('installation', KEY_NAME), { kind: 'system', id: 'accounts', roles: [] });

const makeKey = async ({ aggregates, clock }: UseCaseDeps, random: Random): Promise<string> => {
  const known = await aggregates.of(installation).load(installationId);
  if (known.keys[KEY_NAME] !== undefined) return known.keys[KEY_NAME];
  const secret = Buffer.from(random.bytes(KEY_BYTES)).toString('base64url');
  const command = { type: 'MakeInstallationKey', name: KEY_NAME, secret, at: clock.now() } as const;
  await aggregates.of(installation).execute(installationId, command, contextOf());
  // The first process made it: all processes of the installation use the same one.
  const key = (await aggregates.of(installation).load(installationId)).keys[KEY_NAME];
  if (key === undefined) throw new Fault('OUTCOME_UNKNOWN', 'The key of account ids may not be stored yet');
  return key;
};

/**
 * Derives account ids. An id is public, for example a review shows its author's. It is derived from the e-mail address,
 * so that an address has one account, and with a key of the installation, so that strangers cannot test whose id it is.
 * Accounts of earlier versions keep the id that was derived without a key.
 */
export const createAccountIds = (deps: UseCaseDeps, random: Random): AccountIds => {
  let key: Promise<string> | undefined;

  const keyOnce = (): Promise<string> => {
    const asked = key ?? makeKey(deps, random);
    key = asked;
    asked.catch(() => {
      if (key === asked) key = undefined;
    });
    return asked;
  };

  return {
    of: async (email) => {
      const id = keyedAccountId(await keyOnce(), email);
      // Earlier versions did not compose letters. For most addresses both spellings are equal.
      const former = [...new Set([email, email.normalize('NFD')])].map(formerAccountId);
      // All are always loaded, so that the duration does not disclose which exists.
      const known = await Promise.all([...former, id].map((one) => deps.aggregates.of(account).load(one)));
      return former.find((_, index) => known[index]?.status !== 'NONE') ?? id;
    },
  };
};
