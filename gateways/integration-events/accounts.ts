import type { AccountEvent } from '../../domain/account';
import { on, type FactMapping } from './fact-mapping';

const user = on('user.events');

/** Sessions are nobody else's business; nor is a name or an address, which whoever may know them asks for by id. */
export const accountTelling: FactMapping<AccountEvent> = {
  AccountRegistered: ({ accountId, roles, registeredAt }) =>
    user('user.registered', accountId, { accountId, roles, registeredAt }),
  AccountRolesGranted: ({ accountId, roles, grantedAt }) =>
    user('user.roles.granted', accountId, { accountId, roles, grantedAt }),
};
