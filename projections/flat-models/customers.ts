import { column, days, field, flatModel, joined, moment } from '../../platform/read-models/flat';
import { accounts } from '../accounts';

const REGISTERED = ['AccountRegistered'];

const id = column(field('id'), REGISTERED);

export const customers = flatModel('customers', accounts, {
  meaning: 'Accounts: one row an account, without names and addresses.',
  key: 'customer_id',
  time: 'registered_at',
  columns: {
    customer_id: id,
    roles: column(
      joined('roles'),
      ['AccountRegistered', 'AccountRolesGranted', 'AccountRolesRevoked', 'AccountErased'],
      { type: 'text', meaning: 'The roles of the account, separated by commas.' },
    ),
    ...moment('registered_at', field('registeredAt'), REGISTERED),
    ...days('registered', field('registeredAt'), REGISTERED),
  },
});

/** Kept apart, so that an analyst needs no access to it. */
export const customerContacts = flatModel('customer_contacts', accounts, {
  meaning: 'Names and e-mail addresses: one row an account. Personal data, shown only on request.',
  key: 'customer_id',
  isPersonal: true,
  columns: {
    customer_id: id,
    name: column(field('name'), ['AccountRegistered', 'AccountProfileChanged', 'AccountErased']),
    email: column(field('email'), ['AccountRegistered', 'AccountErased']),
  },
});
