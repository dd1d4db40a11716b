import type { AccountEvent } from '../../domain/account';
import { on, type FactMapping } from './fact-mapping';

const user = on('user.events');

/**
 * The messages about accounts. Sessions are internal. Names and addresses are personal data, which a permitted system
 * can query by id.
 */
export const accountMessages: FactMapping<AccountEvent> = {
  AccountRegistered: ({ accountId, roles, registeredAt }) =>
    user('user.registered', accountId, { accountId, roles, registeredAt }),
  AccountRolesGranted: ({ accountId, roles, grantedAt }) =>
    user('user.roles.granted', accountId, { accountId, roles, grantedAt }),
  // Other systems then erase what they have of the person.
  AccountErased: ({ accountId, certificateId, erasedAt }) =>
    user('user.erased', accountId, { accountId, certificateId, erasedAt }),
};
