import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { AccountErasure } from '../../../projections/account-erasures';
import type { AddressBook } from '../../../projections/address-books';
import type { Merchant } from '../../../projections/merchants';
import type { NotificationDocument } from '../../../projections/notifications';
import type { DefinedRole } from '../../../projections/defined-roles';
import type { Session } from '../../../projections/sessions';

/** The documents that belong to accounts. */
type OwnDocuments = {
  readonly addressBooks: readonly AddressBook[];
  readonly notifications: readonly NotificationDocument[];
  readonly sessions: readonly Session[];
  readonly definedRoles: readonly DefinedRole[];
  readonly merchants: readonly Merchant[];
  readonly accountErasures: readonly AccountErasure[];
};

/** Readers over the documents of accounts. */
export const ownReaders = (
  shop: OwnDocuments,
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Pick<
  Readers,
  'accountErasures' | 'addressBooks' | 'definedRoles' | 'merchants' | 'notifications' | 'sessions'
> => ({
  notifications: {
    list: ({ accountId, status }) =>
      listing(
        'notifications.list',
        shop.notifications.filter(
          (one) => (accountId ?? one.accountId) === one.accountId && (status ?? one.status) === one.status,
        ),
      ),
  },
  addressBooks: {
    getMany: (wanted) =>
      told(
        'addressBooks',
        shop.addressBooks
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(9) })),
      ),
  },
  accountErasures: { list: () => listing('accountErasures.list', shop.accountErasures) },
  merchants: {
    getMany: (wanted) =>
      told(
        'merchants',
        shop.merchants
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(9) })),
      ),
    list: (status) =>
      listing(
        'merchants.list',
        shop.merchants.filter((one) => (status ?? one.status) === one.status),
      ),
  },
  definedRoles: {
    getMany: (wanted) =>
      told(
        'definedRoles',
        shop.definedRoles
          .filter(({ id }) => wanted.includes(id))
          .map((document) => ({ document, lastPosition: positionOf(9) })),
      ),
    list: () => told('definedRoles.list', shop.definedRoles),
  },
  sessions: {
    ofAccount: (accountId) =>
      told(
        'sessions.ofAccount',
        shop.sessions.filter((one) => one.accountId === accountId),
      ),
  },
});
