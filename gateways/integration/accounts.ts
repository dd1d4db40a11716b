import type { AccountEvent } from '../../domain/account';
import { on, type Telling } from './told';

const user = on('user.events');

/** Sessions are nobody else's business; nor is a name or an address, which whoever may know them asks for by id. */
export const accountTelling: Telling<AccountEvent> = {
  AccountRegistered: ({ accountId, roles, registeredAt }) =>
    user('user.registered', accountId, { accountId, roles, registeredAt }),
  AccountRolesGranted: ({ accountId, roles, grantedAt }) =>
    user('user.roles.granted', accountId, { accountId, roles, grantedAt }),
};
