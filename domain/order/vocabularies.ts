import type { OrderStatus } from './status';

/** A vocabulary of another kind of shop: its word for each status of an order; null where it has none. */
export type OrderVocabulary = {
  readonly about: string;
  readonly words: Readonly<Record<OrderStatus, string | null>>;
};

/**
 * The one declaration of the statuses of an order in the words of other shops. `docs/reference/state-machines.md` shows
 * it as a table, and `Order.statusIn` answers with it.
 */
export const orderVocabularies = {
  MINI_AMAZON: {
    about:
      'An order is unfulfilled until all of it is delivered. It knows no payment, cancellation or refund.',
    words: {
      ...{ PLACED: null, PAID: 'Unfulfilled', SHIPPED: 'Unfulfilled' },
      ...{ FULFILLED: 'Fulfilled', COMPLETED: 'Fulfilled' },
      ...{ CANCELLED: null, REFUNDING: null, REFUNDED: null },
    },
  },
  BASIC_SHOP: {
    about:
      'An order is created, then paid, as in the events `order.created` and `order.paid`. It knows no more.',
    words: {
      ...{ PLACED: 'created', PAID: 'paid', SHIPPED: null, FULFILLED: null, COMPLETED: null },
      ...{ CANCELLED: null, REFUNDING: null, REFUNDED: null },
    },
  },
  SECOND_HAND: {
    about: 'A trade is shipped until the buyer confirms the receipt, and closed after a full refund.',
    words: {
      ...{ PLACED: 'PENDING_PAYMENT', PAID: 'PENDING_SHIP', SHIPPED: 'SHIPPED', FULFILLED: 'SHIPPED' },
      ...{ COMPLETED: 'COMPLETED', CANCELLED: 'CANCELLED', REFUNDING: 'REFUNDING', REFUNDED: 'CANCELLED' },
    },
  },
  MINI_PROGRAM: {
    about: 'An order is shipped until the buyer confirms the receipt; its shipments say how far it is.',
    words: {
      ...{ PLACED: 'order created', PAID: 'paid', SHIPPED: 'shipped', FULFILLED: 'shipped' },
      ...{ COMPLETED: 'completed', CANCELLED: null, REFUNDING: 'refund', REFUNDED: 'refund done' },
    },
  },
  MERCHANT_BACK_END: {
    about:
      'A paid order has a number: 0 to be shipped, 1 to be received, 2 completed, 3 refunded, -1 refunding. 4, and -1 while a request of the customer is open, follow from its after-sales requests.',
    words: {
      ...{ PLACED: null, PAID: '0', SHIPPED: '1', FULFILLED: '1', COMPLETED: '2' },
      ...{ CANCELLED: null, REFUNDING: '-1', REFUNDED: '3' },
    },
  },
} as const satisfies Readonly<Record<string, OrderVocabulary>>;

export type OrderVocabularyName = keyof typeof orderVocabularies;
