import type { GraphQLObjectType } from 'graphql';
import { useCases, type MutationName } from '../../../commands';
import { messageOf } from '../../../commands/rejections';
import type { Rejection } from '../../../commands/rejections';
import type { Instant, ReplenishmentId } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { contributionExamples } from '../../../tests/support/graphql/contribution-examples';
import { accountExamples, type Example } from '../../../tests/support/graphql/account-examples';
import { afterSalesExamples } from '../../../tests/support/graphql/after-sales-examples';
import { rejectionSamples as samples } from '../../../tests/support/graphql/rejection-samples';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { pictureExamples } from '../../../tests/support/graphql/picture-examples';
import { orderExamples } from '../../../tests/support/graphql/order-examples';
import { familyExamples } from '../../../tests/support/graphql/family-examples';
import { priceExamples } from '../../../tests/support/graphql/price-examples';
import { categoryExamples } from '../../../tests/support/graphql/category-examples';
import { promotionExamples } from '../../../tests/support/graphql/promotion-examples';
import { webhookExamples } from '../../../tests/support/graphql/webhook-examples';
import { shippingExamples } from '../../../tests/support/graphql/shipping-examples';
import { taxExamples } from '../../../tests/support/graphql/tax-examples';
import { edgeSchema } from './';
import { rejectionsOf } from './mutation';
import { errorTypeOf } from './user-errors';

const gbp = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const place = { x: 3, y: -9 };
const { ada, message, mug, review, sam, shipment, warehouse } = ids;
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
  quoteCart: {
    input: { destination: { x: 1, y: 2 }, since: null },
    sends: { customerId: ada, destination: { x: 1, y: 2 } },
    value: {
      ...{ quote: 'signed', validUntil: '2026-11-30T09:15:00.000Z' as Instant, total: gbp },
      lines: [{ productId: mug, name: 'Mug', quantity: 1, unitPrice: gbp }],
      ...{ promotions: [], changes: [{ productId: mug, was: gbp, now: gbp }], changed: ['PRICES'] },
    },
    select:
      'quote validUntil lines { name discount { amountMinor } } shipping { amountMinor } changes { was { amountMinor } } changed cart { itemCount }',
    shows: {
      ...{ quote: 'signed', validUntil: '2026-11-30T09:15:00.000Z', shipping: null, changed: ['PRICES'] },
      lines: [{ name: 'Mug', discount: null }],
      changes: [{ was: { amountMinor: gbp.amountMinor } }],
      cart: { itemCount: 2 },
    },
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
