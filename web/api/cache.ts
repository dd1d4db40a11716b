import type { Exchange } from '@urql/core';
import { cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import { optimisticCartLine } from './optimistic-cart';
import { possibleTypes } from './possible-types';

/** Objects that have no id of their own: they are kept as a part of the object that holds them. */
const parts = [
  ...['Availability', 'CartLine', 'Money', 'Offer', 'OrderLine', 'PageInfo', 'Place', 'Rating', 'Rebuild'],
  ...['SalesAmounts', 'SalesDay', 'ShipmentItem', 'SimulatedWorld', 'StockLevel', 'TimelineEntry'],
  ...['CartOffer', 'AppliedPromotion', 'CouponProblem', 'ShippingOption', 'OrderShipping'],
  ...['InvariantCheck', 'Invariant', 'InvariantBreach'],
  ...['InvoiceParty', 'InvoiceTax', 'InvoiceTaxEntry'],
  ...['CategoryNames', 'CategoryCount', 'PriceReduction', 'ProductOption', 'FamilyOption', 'FamilyVariant'],
  ...['NextAction', 'Report', 'Viewer', 'AfterSalesLine', 'AfterSalesParcel'],
  ...['WorldCounters', 'WorldFaults', 'OrderUpdate', 'ShipmentUpdate'],
  ...['Explanation', 'ExplainedField', 'ShapingEvent', 'FieldChange', 'ChainedCommand'],
  ...['ReadModelDiff', 'DocumentDifference', 'FieldDifference', 'NotificationAttempt'],
  ...['NotificationPreferences', 'NotificationRoute', 'QuietHours'],
  ...[
    'Product',
    'ProductFamily',
    'PricePoint',
    'Order',
    'StockLevel',
    'Review',
    'Exchange',
    'SalesDay',
    'SellerOrder',
    'AfterSalesRequest',
    'Account',
    'ParkedEvent',
    'ParkedReaction',
    'Notification',
    'Merchant',
    'Promotion',
    'Post',
    'ModerationCase',
    'Invoice',
  ].flatMap((type) => [`${type}Connection`, `${type}Edge`]),
];

const CART = 'mine';

const linkCart: UpdateResolver = (_answer, _input, store) => {
  const cart = { __typename: 'Cart', id: CART };
  store.link('Query', 'cart', cart);
  // The answer has the offer without a destination; what another one costs has changed, too.
  for (const { fieldName, arguments: input } of store.inspectFields(cart))
    if (fieldName === 'offer' && input) store.invalidate(cart, fieldName, input);
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
      Permission: ({ name }) => name as string,
    },
    optimistic: { changeCartLine: optimisticCartLine },
    updates: {
      Mutation: {
        addToCart: linkCart,
        changeCartLine: linkCart,
        removeFromCart: linkCart,
        applyCoupon: linkCart,
        removeCoupon: linkCart,
        placeOrder: forget('cart', 'orders'),
        addAddress: forget('addresses'),
        changeAddress: forget('addresses'),
        removeAddress: forget('addresses'),
        chooseDefaultAddress: forget('addresses'),
        sendMessage: forget('notifications'),
        retryNotification: forget('notifications'),
        changePassword: forget('sessions'),
        closeSession: forget('sessions'),
        eraseAccountOnRequest: forget('accountErasures', 'accounts'),
        createProductFamily: forget('productFamilies'),
        retireProductFamily: forget('productFamilies'),
        registerProduct: forget('products', 'ownProducts'),
        grantRole: forget('accounts', 'viewer'),
        revokeRole: forget('accounts', 'viewer'),
        grantDefinedRole: forget('accounts', 'viewer'),
        revokeDefinedRole: forget('accounts', 'viewer'),
        applyAsMerchant: forget('ownMerchant', 'merchants'),
        approveMerchant: forget('merchants'),
        refuseMerchant: forget('merchants'),
        disableMerchant: forget('merchants'),
        enableMerchant: forget('merchants'),
        addWebhookEndpoint: forget('webhookEndpoints'),
        removeWebhookEndpoint: forget('webhookEndpoints'),
        addCategory: forget('categories'),
        renameCategory: forget('categories'),
        moveCategory: forget('categories'),
        retireCategory: forget('categories'),
        offerShippingMethod: forget('shippingMethods'),
        withdrawShippingMethod: forget('shippingMethods'),
        setTaxRates: forget('taxRates'),
        withdrawTaxRates: forget('taxRates'),
        createPromotion: forget('promotions'),
        stopPromotion: forget('promotions'),
        defineRole: forget('definedRoles'),
        changeRole: forget('definedRoles', 'viewer'),
        retireRole: forget('definedRoles', 'viewer'),
        registerWarehouse: forget('warehouses'),
        setLowStockThreshold: forget('lowStock'),
        writeReview: forget('me', 'product'),
        editReview: forget('product'),
        withdrawReview: forget('me', 'product'),
        askQuestion: forget('me', 'product'),
        answerQuestion: forget('me', 'product'),
        withdrawPost: forget('me', 'product'),
        hideContribution: forget('moderationCases', 'product'),
        restoreContribution: forget('moderationCases', 'product'),
        dismissReports: forget('moderationCases'),
      },
    },
  });
