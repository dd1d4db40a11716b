import type { GraphQLObjectType } from 'graphql';
import { useCases, type MutationName } from '../../../commands';
import { messageOf } from '../../../commands/rejections';
import type { Rejection } from '../../../commands/rejections';
import type { NotificationId, RefundId, ReplenishmentId, RoleId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import {
  contributionExamples,
  contributionSamples,
} from '../../../tests/support/graphql/contribution-examples';
import { accountExamples, type Example } from '../../../tests/support/graphql/account-examples';
import { addressSamples } from '../../../tests/support/graphql/address-samples';
import { afterSalesExamples, afterSalesSamples } from '../../../tests/support/graphql/after-sales-examples';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { pictureExamples, pictureSamples } from '../../../tests/support/graphql/picture-examples';
import { cancellationSamples, orderExamples } from '../../../tests/support/graphql/order-examples';
import { familyExamples, familySamples } from '../../../tests/support/graphql/family-examples';
import { priceExamples, priceSamples } from '../../../tests/support/graphql/price-examples';
import { categoryExamples, categorySamples } from '../../../tests/support/graphql/category-examples';
import { promotionExamples, promotionSamples } from '../../../tests/support/graphql/promotion-examples';
import { webhookExamples, webhookSamples } from '../../../tests/support/graphql/webhook-examples';
import { shippingExamples, shippingSamples } from '../../../tests/support/graphql/shipping-examples';
import { taxExamples, taxSamples } from '../../../tests/support/graphql/tax-examples';
import { edgeSchema } from './';
import { rejectionsOf } from './mutation';
import { errorTypeOf } from './user-errors';

const gbp = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const place = { x: 3, y: -9 };
const { ada, message, mug, order, payment, review, sam, shipment, warehouse } = ids;
const ofCart = { select: 'cart { itemCount }', shows: { cart: { itemCount: 2 } } };
const ofProduct = { select: 'product { id }', shows: { product: { id: mug } } };
const ofWarehouse = { select: 'warehouse { id }', shows: { warehouse: { id: '1' } } };
const ofStock = { select: 'stock { received }', shows: { stock: { received: 10 } } };
const world = { worldId: '7' };
const described = { name: 'Mug', description: 'Holds tea.', category: 'kitchen' };

const examples: { readonly [Name in MutationName]: Example<Name> } = {
  ...accountExamples,
  ...afterSalesExamples,
  ...contributionExamples,
  ...promotionExamples,
  ...familyExamples,
  ...pictureExamples,
  ...webhookExamples,
  ...shippingExamples,
  ...priceExamples,
  ...taxExamples,
  ...categoryExamples,
  connectWorld: { input: world, sends: world, value: {}, select: 'world { id }', shows: { world: null } },
  registerProduct: {
    input: { sku: 'M1', ...described, price: gbp, imageUrl: null, sellerId: sam },
    sends: { sku: 'M1', ...described, price: gbp, sellerId: sam },
    value: { productId: mug },
    ...ofProduct,
  },
  changeProductPrice: {
    input: { productId: mug, price: gbp },
    sends: { productId: mug, price: gbp },
    value: {},
    ...ofProduct,
  },
  describeProduct: {
    input: { productId: mug, ...described, imageUrl: 'https://example.com/mug.png' },
    sends: { productId: mug, ...described, imageUrl: 'https://example.com/mug.png' },
    value: {},
    ...ofProduct,
  },
  discontinueProduct: { input: { productId: mug }, sends: { productId: mug }, value: {}, ...ofProduct },
  reinstateProduct: { input: { productId: mug }, sends: { productId: mug }, value: {}, ...ofProduct },
  addToCart: {
    input: { productId: mug, quantity: 2 },
    sends: { customerId: ada, productId: mug, quantity: 2 },
    value: {},
    ...ofCart,
  },
  mergeCart: {
    input: { lines: [{ productId: mug, quantity: 2 }] },
    sends: { customerId: ada, lines: [{ productId: mug, quantity: 2 }] },
    value: { skipped: [] },
    ...ofCart,
  },
  changeCartLine: {
    input: { productId: mug, quantity: 2 },
    sends: { customerId: ada, productId: mug, quantity: 2 },
    value: {},
    ...ofCart,
  },
  removeFromCart: {
    input: { productId: mug },
    sends: { customerId: ada, productId: mug },
    value: {},
    ...ofCart,
  },
  ...orderExamples,
  retryShipment: {
    input: { shipmentId: shipment },
    sends: { shipmentId: shipment },
    value: {},
    select: 'shipment { number }',
    shows: { shipment: { number: '9007' } },
  },
  requestShipmentStatus: {
    input: { shipmentId: shipment },
    sends: { shipmentId: shipment },
    value: {},
    select: 'shipment { number }',
    shows: { shipment: { number: '9007' } },
  },
  retryCarrierMessage: {
    input: { messageId: message },
    sends: { messageId: message },
    value: {},
    select: 'messageId',
    shows: { messageId: message },
  },
  markCarrierMessageHandled: {
    input: { messageId: message },
    sends: { messageId: message },
    value: {},
    select: 'messageId',
    shows: { messageId: message },
  },
  registerWarehouse: {
    input: { ...place, name: 'North' },
    sends: { name: 'North', place },
    value: { warehouseId: warehouse },
    ...ofWarehouse,
  },
  deactivateWarehouse: {
    input: { warehouseId: '1' },
    sends: { warehouseId: warehouse },
    value: {},
    ...ofWarehouse,
  },
  reactivateWarehouse: {
    input: { warehouseId: '1' },
    sends: { warehouseId: warehouse },
    value: {},
    ...ofWarehouse,
  },
  receiveStock: {
    input: { warehouseId: '1', productId: mug, quantity: 5 },
    sends: { warehouseId: warehouse, productId: mug, quantity: 5 },
    value: {},
    ...ofStock,
  },
  removeStock: {
    input: { warehouseId: '1', productId: mug, quantity: 5, reason: 'Broken' },
    sends: { warehouseId: warehouse, productId: mug, quantity: 5, reason: 'Broken' },
    value: {},
    ...ofStock,
  },
  setLowStockThreshold: {
    input: { warehouseId: '1', productId: mug, threshold: 8 },
    sends: { warehouseId: warehouse, productId: mug, threshold: 8 },
    value: {},
    select: 'stock { lowStockThreshold isLow }',
    shows: { stock: { lowStockThreshold: 8, isLow: true } },
  },
  replenish: {
    input: { warehouseId: '1', productId: mug, quantity: 5 },
    sends: { warehouseId: warehouse, productId: mug, quantity: 5 },
    value: { replenishmentId: 'r' as ReplenishmentId },
    select: 'replenishmentId stock { received }',
    shows: { replenishmentId: 'r', stock: { received: 10 } },
  },
  writeReview: {
    input: { productId: mug, rating: 4, text: 'Holds tea.' },
    sends: { authorId: ada, subject: { kind: 'product', productId: mug }, rating: 4, text: 'Holds tea.' },
    value: { reviewId: review },
    select: 'review { rating }',
    shows: { review: { rating: 4 } },
  },
  editReview: {
    input: { reviewId: review, rating: 4, text: 'Holds tea.' },
    sends: { reviewId: review, authorId: ada, rating: 4, text: 'Holds tea.' },
    value: {},
    select: 'review { rating }',
    shows: { review: { rating: 4 } },
  },
  withdrawReview: {
    input: { reviewId: review },
    sends: { reviewId: review, authorId: ada },
    value: {},
    select: 'reviewId',
    shows: { reviewId: review },
  },
};

type Code = Rejection['code'];

/** One rejection of each code, with figures. */
const samples: { readonly [C in Code]: Omit<Extract<Rejection, { code: C }>, 'code'> } = {
  ...afterSalesSamples,
  ...familySamples,
  ...pictureSamples,
  EMAIL_TAKEN: {},
  ACCOUNT_NOT_FOUND: {},
  ACCOUNT_HAS_OPEN_MATTERS: { orders: 1, requests: 0, sales: 0 },
  EMAIL_INVALID: {},
  ...addressSamples,
  NOTIFICATION_NOT_FOUND: { notificationId: ids.review as string as NotificationId },
  NOTIFICATION_SETTLED: { notificationId: ids.review as string as NotificationId },
  NAME_EMPTY: {},
  MERCHANT_NOT_FOUND: {},
  MERCHANT_WRONG_STATUS: { status: 'DISABLED' },
  PERMISSION_UNKNOWN: { permission: 'order:paint' },
  PERMISSIONS_NOT_HELD: { missing: ['order:*'] },
  ROLE_NAME_TAKEN: { name: 'Clerk' },
  ROLE_NOT_FOUND: { roleId: ids.review as string as RoleId },
  ROLE_CHANGED: { roleId: ids.review as string as RoleId },
  TOO_MANY_ROLES: { max: 100 },
  TELEPHONE_MISSING: {},
  TELEPHONE_INVALID: { min: 5, max: 15 },
  SESSION_INVALID: {},
  LINK_INVALID: {},
  LINK_EXPIRED: {},
  CREDENTIALS_WRONG: {},
  PASSWORD_INVALID: {},
  PASSWORD_TOO_SHORT: { min: 8 },
  PRODUCT_NOT_FOUND: { productId: mug },
  PRODUCT_CHANGED: { productId: mug },
  PRODUCT_ALREADY_REGISTERED: { productId: mug, sku: 'M1' },
  PRODUCT_DISCONTINUED: { productId: mug },
  PRICE_NOT_POSITIVE: { price: { ...gbp, amountMinor: 0 } },
  CURRENCY_CHANGED: { was: gbp.currency, now: 'EUR' as CurrencyCode },
  SKU_EMPTY: {},
  QUANTITY_OUT_OF_RANGE: { quantity: 1.5, min: 1, max: 99 },
  LOW_STOCK_THRESHOLD_OUT_OF_RANGE: { threshold: 1.5, min: 0, max: 99 },
  CART_FULL: { linesMax: 100 },
  CART_TOTAL_TOO_LARGE: { totalMinorMax: 10 ** 11 },
  CART_LINE_NOT_FOUND: { productId: mug },
  CART_CURRENCY_MIXED: { cart: gbp.currency, product: 'EUR' as CurrencyCode },
  ...{ CART_EMPTY: {}, ORDER_EMPTY: {} },
  WAREHOUSE_INACTIVE: { warehouseId: warehouse },
  WAREHOUSE_ALREADY_SENDS_PART: { orderId: order, warehouseId: warehouse },
  ORDER_NOT_FOUND: { orderId: order },
  ORDER_HELD: { orderId: order, reasons: ['FRAUD'] },
  ORDER_NOTES_FULL: { orderId: order, notesMax: 200 },
  ORDER_TAGS_FULL: { orderId: order, tagsMax: 20 },
  ORDER_ALREADY_PLACED: { orderId: order },
  ORDER_DIFFERS: { orderId: order, differs: ['lines'], was: gbp, now: { ...gbp, amountMinor: 1_400 } },
  ORDER_TOO_LARGE: { linesMax: 100, totalMinorMax: 10 ** 12 },
  ORDER_CURRENCY_MIXED: { currencies: [gbp.currency, 'EUR' as CurrencyCode] },
  PRICE_CHANGED: { productId: mug, was: gbp, now: { ...gbp, amountMinor: 1_400 } },
  ...promotionSamples,
  ...webhookSamples,
  ...shippingSamples,
  ...priceSamples,
  ...taxSamples,
  ...categorySamples,
  PLACE_OUT_OF_RANGE: { place: { x: 1, y: 2 } },
  ORDER_WRONG_STATUS: { orderId: order, status: 'CANCELLED' },
  ORDER_ALREADY_PAID: { orderId: order, paymentId: payment },
  ORDER_PAYMENT_PENDING: { orderId: order, paymentId: payment },
  PAYMENT_MISMATCH: { due: gbp, paid: gbp },
  ALLOCATION_MISMATCH: { orderId: order },
  ORDER_PART_NOT_FOUND: { orderId: order, shipmentId: shipment },
  ORDER_ALREADY_SHIPPED: { orderId: order },
  ...cancellationSamples,
  REFUND_NOT_POSITIVE: { asked: gbp },
  REFUND_TOO_LARGE: { refundable: gbp, asked: gbp },
  REFUND_DIFFERS: { refundId: 'r' as RefundId, was: gbp, now: { ...gbp, amountMinor: 1_400 } },
  REFUND_NOT_FOUND: { refundId: 'r' as RefundId },
  PAYMENT_NOT_FOUND: { paymentId: payment },
  PAYMENT_ALREADY_REQUESTED: { paymentId: payment },
  PAYMENT_NOT_POSITIVE: { amount: gbp },
  PAYMENT_WRONG_STATUS: { paymentId: payment, status: 'DECLINED' },
  PAYMENT_DECLINED: { orderId: order, reason: 'no funds' },
  PAYMENT_METHOD_UNKNOWN: { method: 'shells', known: ['test'] },
  CARRIER_MESSAGE_NOT_FOUND: { carrierMessageId: message },
  CARRIER_MESSAGE_SETTLED: { carrierMessageId: message },
  SHIPMENT_NOT_FOUND: { shipmentId: shipment },
  SHIPMENT_ALREADY_CREATED: { shipmentId: shipment },
  SHIPMENT_EMPTY: {},
  SHIPMENT_WRONG_STATUS: { shipmentId: shipment, status: 'DELIVERED' },
  WRONG_WAREHOUSE: { expected: warehouse, actual: warehouse },
  WRONG_TRUCK: { expected: 1 as never, actual: 2 as never },
  TRACKING_NUMBER_EMPTY: {},
  TRACKING_NUMBER_TAKEN: { trackingNumber: '1Z' },
  TRACKING_NUMBER_INVALID: { trackingNumber: '<b>' },
  WAREHOUSE_NOT_FOUND: { warehouseId: warehouse },
  WAREHOUSE_ALREADY_REGISTERED: { warehouseId: warehouse },
  INSUFFICIENT_STOCK: { available: 1, wanted: 2 },
  RESERVATION_NOT_FOUND: { orderId: order },
  REVIEW_NOT_FOUND: { reviewId: review },
  REVIEW_ALREADY_WRITTEN: { reviewId: review },
  RATING_OUT_OF_RANGE: { rating: 0.5, min: 1, max: 5 },
  REVIEW_TEXT_TOO_LONG: { length: 5_001, max: 5_000 },
  SUBJECT_NOT_FOUND: {},
  ...contributionSamples,
  IDEMPOTENCY_KEY_REUSED: {},
  LAST_ADMINISTRATOR: {},
  WORLD_ID_INVALID: { worldId: 'blue' },
  WORLD_NOT_SIMULATED: {},
  PARKED_REACTION_NOT_FOUND: { reactionId: 'e/shipping' },
  READ_MODEL_NOT_FOUND: { readModel: 'orders' },
  READ_MODEL_WRONG_STATE: { readModel: 'carts', reason: 'it has no earlier copy' },
  PARKED_EVENT_NOT_FOUND: { parkedEventId: 'carts_v1:e' },
  PARKED_EVENT_FAILS: { parkedEventId: 'carts_v1:e', reason: 'poison' },
};

const schema = edgeSchema();

/** Selects all that an error type has. */
const selectionOf = (typeName: string): string =>
  Object.values((schema.getType(typeName) as GraphQLObjectType).getFields())
    .map(({ name, type }) => {
      const text = String(type);
      if (text.startsWith('Money')) return `${name} { amountMinor currency }`;
      return text.startsWith('Place') ? `${name} { x y }` : name;
    })
    .join(' ');

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const mutationOf = (name: MutationName, selection: string): string =>
  `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { __typename ${selection} } }`;

const names = Object.keys(examples) as MutationName[];
// Its documents are all new, and together cost more than an address has for a moment.
const edge = startEdge({ limits: { workRate: { perSecond: 1e6, burst: 1e9, clientsMax: 10 } } });
let as: string;

beforeAll(async () => {
  as = await edge.tokenOf(ada, 'customer');
});
afterAll(() => edge.app.close());

it.each(names)('%s sends what was asked, and shows what became of it', async (name) => {
  const { input, sends, value, select, shows } = examples[name];
  edge.commands.accept(name, value);
  const selection = `... on ${pascal(name)}Success { ${select} token: consistencyToken }`;
  const { data, errors } = await edge.ask(mutationOf(name, selection), { as, variables: { input } });
  expect(errors).toBeUndefined();
  expect(data?.[name]).toMatchObject({
    __typename: `${pascal(name)}Success`,
    ...shows,
    token: '00000000000000000020',
  });
  const sent = edge.commands.sent.at(-1);
  expect(sent?.name).toBe(name);
  expect(sent?.input).toEqual(sends);
});

const pairs = names.flatMap((name) => rejectionsOf(name).map((code) => [name, code] as const));

it.each(pairs)('%s can be rejected with %s', async (name, code) => {
  edge.commands.reject(name, { code, ...samples[code] } as Rejection);
  const type = errorTypeOf[code];
  const selection = `... on UserError { code message } ... on ${type} { ${selectionOf(type)} }`;
  const { input } = examples[name];
  const { data, errors } = await edge.ask(mutationOf(name, selection), { as, variables: { input } });
  expect(errors).toBeUndefined();
  const shown = data?.[name] as Readonly<Record<string, unknown>>;
  expect(shown).toMatchObject({ __typename: type, code });
  expect(shown['message']).toBe(messageOf({ code, ...samples[code] } as Rejection));
  for (const figure of Object.values(shown)) expect(figure).not.toBeUndefined();
});

it('gives each figure its value', async () => {
  edge.commands.reject('addToCart', { code: 'CART_CURRENCY_MIXED', ...samples.CART_CURRENCY_MIXED });
  const selection = `... on CartCurrencyMixedError { cartCurrency productCurrency path }
    ... on AddToCartSuccess { cart { itemCount } }`;
  const { data } = await edge.ask(mutationOf('addToCart', selection), {
    as,
    variables: { input: examples.addToCart.input },
  });
  expect(data).toEqual({
    addToCart: {
      __typename: 'CartCurrencyMixedError',
      cartCurrency: 'GBP',
      productCurrency: 'EUR',
      path: ['input', 'productId'],
    },
  });
});

it('gives the path of the field that a rejection names', async () => {
  edge.commands.reject('createPromotion', { code: 'PROMOTION_INVALID', field: 'endsAt' });
  const { data } = await edge.ask(mutationOf('createPromotion', '... on UserError { path }'), {
    as,
    variables: { input: examples.createPromotion.input },
  });
  expect(data?.['createPromotion']).toMatchObject({ path: ['input', 'endsAt'] });
});

it('answers a rejection that the mutation does not declare as an internal error', async () => {
  edge.commands.reject('logOut', { code: 'CART_EMPTY' });
  const { data, errors } = await edge.ask(mutationOf('logOut', ''), {
    variables: { input: { refreshToken: 'x' } },
  });
  expect(data).toEqual({ logOut: null });
  expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
});

it.each(names.filter((name) => useCases[name].allow !== 'everyone'))('%s is not for guests', async (name) => {
  const before = edge.commands.sent.length;
  const { errors } = await edge.ask(mutationOf(name, ''), { variables: { input: examples[name].input } });
  expect(errors?.[0]?.extensions.code).toBe('NOT_AUTHENTICATED');
  expect(edge.commands.sent).toHaveLength(before);
});
