import type { Decider } from '../kernel';
import type { AccountCommand, AccountRejection } from './commands';
import { decide } from './decide';
import { accountPersonalData, type AccountEvent } from './events';
import { evolve, initial } from './state';
import type { AccountState } from './state';

/**
 * The decider of accounts. `RefreshSession` with a replaced token is accepted with `SessionClosed` (`reused`), and the
 * caller gets no new token. Within `refreshGraceMs` of the replacement it is accepted without an event, and the caller
 * gets the session's current token.
 */
export const account: Decider<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  category: 'account',
  initial,
  decide,
  evolve,
  personalData: accountPersonalData,
};
export { accountEventTypes } from './events';
export type {
  AccountEmailVerified,
  AccountErased,
  AccountEvent,
  AccountLinkIssued,
  AccountProfileChanged,
  AccountRegistered,
  AccountRolesGranted,
  AccountRolesRevoked,
  ErasureParty,
  LinkPurpose,
  NotificationPreferencesChanged,
  PersonalDataErased,
  SessionClosed,
  SessionOpened,
  SessionRefreshed,
} from './events';
export type { AccountCommand, AccountRejection, SessionInvalidReason } from './commands';
export { definedRolesOfAccountMax, openSessionsMax, refreshGraceMs } from './decide';
export { linkLifetimeMs } from './links';
export { sessionOf } from './state';
export type { AccountState, KnownAccount, Session } from './state';
