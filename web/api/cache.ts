import type { Exchange } from '@urql/core';
import { cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import { optimisticCartLine } from './optimistic-cart';
import { possibleTypes } from './possible-types';

/** Objects that have no id of their own: they are kept as a part of the object that holds them. */
const parts = [
  ...['Availability', 'CartLine', 'Money', 'Offer', 'OrderLine', 'PageInfo', 'Place', 'Rating', 'Rebuild'],
  ...['SalesAmounts', 'SalesDay', 'ShipmentItem', 'SimulatedWorld', 'StockLevel', 'TimelineEntry'],
  'NextAction',
  ...['WorldCounters', 'WorldFaults', 'OrderUpdate', 'ShipmentUpdate'],
  ...['Explanation', 'ExplainedField', 'ShapingEvent', 'FieldChange', 'ChainedCommand'],
  ...['ReadModelDiff', 'DocumentDifference', 'FieldDifference', 'NotificationAttempt'],
  ...[
    'Product',
    'Order',
    'StockLevel',
    'Review',
    'Exchange',
    'SalesDay',
    'SellerOrder',
    'Account',
    'ParkedEvent',
    'ParkedReaction',
    'Notification',
  ].flatMap((type) => [`${type}Connection`, `${type}Edge`]),
];

const CART = 'mine';

const linkCart: UpdateResolver = (_answer, _input, store) => {
  store.link('Query', 'cart', { __typename: 'Cart', id: CART });
};

const forget =
  (...fields: readonly string[]): UpdateResolver =>
  (_answer, _input, store) => {
    for (const { fieldName, arguments: input } of store.inspectFields('Query'))
      if (fields.includes(fieldName)) store.invalidate('Query', fieldName, input);
  };

/**
 * Creates the normalized cache: an object that two pages show is one object, and what a mutation or a live update returns of
 * it is shown everywhere. An account has one cart, which is null until something is in it.
 */
export const cache = (): Exchange =>
  cacheExchange({
    possibleTypes,
    keys: {
      ...Object.fromEntries(parts.map((type) => [type, () => null])),
      Cart: () => CART,
      Projection: ({ name }) => name as string,
      Setting: ({ name }) => name as string,
    },
    optimistic: { changeCartLine: optimisticCartLine },
    updates: {
      Mutation: {
        addToCart: linkCart,
        changeCartLine: linkCart,
        removeFromCart: linkCart,
        placeOrder: forget('cart', 'orders'),
        addAddress: forget('addresses'),
        changeAddress: forget('addresses'),
        removeAddress: forget('addresses'),
        chooseDefaultAddress: forget('addresses'),
        retryNotification: forget('notifications'),
        changePassword: forget('sessions'),
        closeSession: forget('sessions'),
        registerProduct: forget('products', 'ownProducts'),
        grantRole: forget('accounts'),
        revokeRole: forget('accounts'),
        registerWarehouse: forget('warehouses'),
        writeReview: forget('me', 'product'),
        editReview: forget('product'),
        withdrawReview: forget('me', 'product'),
      },
    },
  });
