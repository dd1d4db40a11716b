import type { Listing, Readers } from '../../../gateways/graphql';
import { positionOf } from '../../../platform/event-store';
import type { ShopDocuments } from './edge';

/** Readers over what only an account itself may see. */
export const ownReaders = (
  shop: ShopDocuments,
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
