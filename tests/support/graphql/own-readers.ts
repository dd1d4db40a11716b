import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { AddressBook } from '../../../projections/address-books';
import type { NotificationDocument } from '../../../projections/notifications';
import type { Session } from '../../../projections/sessions';

/** The documents that belong to one account each. */
type OwnDocuments = {
  readonly addressBooks: readonly AddressBook[];
  readonly notifications: readonly NotificationDocument[];
  readonly sessions: readonly Session[];
};

/** Readers over what only an account itself may see. */
export const ownReaders = (
  shop: OwnDocuments,
  told: <Result>(what: string, result: Result) => Promise<Result>,
  listing: <D>(what: string, documents: readonly D[]) => Listing<D>,
): Pick<Readers, 'addressBooks' | 'notifications' | 'sessions'> => ({
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
  sessions: {
    ofAccount: (accountId) =>
      told(
        'sessions.ofAccount',
        shop.sessions.filter((one) => one.accountId === accountId),
      ),
  },
});
