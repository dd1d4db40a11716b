import { accept, PersistentMap } from './kernel';
import type { AccountId, Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The account was erased, so its key of personal data must not come back with a copy of the keys that is restored. */
export type ErasureListed = Fact<'ErasureListed', { accountId: AccountId; listedAt: Instant }>;

export type ErasuresEvent = ErasureListed;

export const erasuresEventTypes = {
  ErasureListed: true,
} as const satisfies Record<ErasuresEvent['type'], true>;

export type ErasuresCommand = {
  readonly type: 'ListErasure';
  readonly accountId: AccountId;
  readonly at: Instant;
};

/** The accounts that were erased. */
export type ErasuresState = { readonly listed: PersistentMap<AccountId, true> };

/** The id of the one list: a start reads it before anything uses a key. */
export const erasuresId = 'all';

const evolve = ({ listed }: ErasuresState, { data }: ErasuresEvent): ErasuresState => ({
  listed: listed.with(data.accountId, true),
});

/** Decides the only command: list an erasure. */
const decide = (
  { accountId, at }: ErasuresCommand,
  { listed }: ErasuresState,
): Decision<ErasuresEvent, never> =>
  listed.get(accountId) === undefined
    ? accept({ type: 'ErasureListed', data: { accountId, listedAt: at } })
    : accept();

export const erasures: Decider<ErasuresState, ErasuresCommand, ErasuresEvent, never> = {
  category: 'erasures',
  initial: { listed: PersistentMap.empty() },
  decide,
  evolve,
};
