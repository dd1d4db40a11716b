import type { Decider } from '../kernel';
import type { AccountCommand } from './commands';
import { decide } from './decide';
import type { AccountEvent } from './events';
import type { AccountRejection } from './rejections';
import { evolve, initial } from './state';
import type { AccountState } from './state';

/**
 * `RefreshSession` of a replaced token is accepted with `SessionClosed` (`reused`), and the caller gets no new token. Within
 * `refreshGraceMs` of the replacement it is accepted without an event, and the caller gets the session's current token.
 */
export const account: Decider<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  category: 'account',
  initial,
  decide,
  evolve,
};
export { openSessionsMax, refreshGraceMs } from './decide';
export { accountEventTypes, roles } from './events';
export type {
  AccountRegistered,
  AccountRolesGranted,
  Role,
  SessionClosed,
  SessionOpened,
  SessionRefreshed,
} from './events';
export { sessionOf } from './state';
export type { KnownAccount, Session } from './state';
export type { AccountCommand, AccountEvent, AccountRejection, AccountState };
