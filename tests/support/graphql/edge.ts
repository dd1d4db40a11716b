import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import type {
  Realm,
  Role,
  AccountId,
  AddressId,
  AfterSalesId,
  CarrierMessageId,
  Instant,
  OrderId,
  PaymentId,
  ProductId,
  PostId,
  ReviewId,
  ShipmentId,
  WarehouseId,
} from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import {
  createEdge,
  createTokens,
  type EdgeDeps,
  type Listing,
  type Readers,
} from '../../../gateways/graphql';
import { realClock, type Clock } from '../../../platform/clock';
import { positionOf } from '../../../platform/event-store';
import { memoryFileStore } from '../../../platform/files';
import type { Stored } from '../../../platform/read-models';
import { silentLogger } from '../../../platform/telemetry';
import type { AccountErasure } from '../../../projections/account-erasures';
import type { AddressBook } from '../../../projections/address-books';
import type { Account } from '../../../projections/accounts';
import type { Cart } from '../../../projections/carts';
import type { CatalogueProduct } from '../../../projections/catalogue';
import type { Invoice } from '../../../projections/invoices';
import { searchKeysOf } from '../../../projections/product-search';
import type { DefinedRole } from '../../../projections/defined-roles';
import type { ExchangeLogEntry } from '../../../projections/exchange-log';
import type { OrderDetails } from '../../../projections/order-details';
import type { HeldOrder } from '../../../projections/order-holds';
import type { OrderNotes } from '../../../projections/order-notes';
import type { Payment } from '../../../projections/payments';
import type { HelpfulVote } from '../../../projections/helpful-votes';
import type { ModerationCase } from '../../../projections/moderation-cases';
import type { PricePoint } from '../../../projections/price-history';
import type { ProductFamily } from '../../../projections/product-families';
import type { Promotion } from '../../../projections/promotions';
import type { ShippingMethod } from '../../../projections/shipping-methods';
import type { CountryTax } from '../../../projections/tax-rates';
import type { Review } from '../../../projections/reviews';
import type { SalesDay } from '../../../projections/sales-by-day';
import type { CategoryTree } from '../../../projections/category-tree';
import type { ScheduledPrices } from '../../../projections/scheduled-prices';
import type { SellerOrder } from '../../../projections/seller-orders';
import type { SellerRating } from '../../../projections/seller-ratings';
import type { Merchant } from '../../../projections/merchants';
import type { NotificationDocument } from '../../../projections/notifications';
import type { Session } from '../../../projections/sessions';
import type { ShipmentTracking } from '../../../projections/shipments';
import type { StockLevel } from '../../../projections/stock-levels';
import type { Warehouse } from '../../../projections/warehouses';
import type { WebhookEndpoint } from '../../../projections/webhook-endpoints';
import type { WebhookDelivery } from '../../../gateways/webhooks';
import type { WorldLinkDocument } from '../../../projections/world-links';
import type { Answered, AskSettings } from './answered';
import { invoiceReaders } from './invoice-readers';
import { listingOf } from './listing-of';
import { catalogueReaders } from './catalogue-readers';
import { orderReaders } from './order-readers';
import { contributionReaders, questionAndAnswer } from './contribution-readers';
import { ownReaders } from './own-readers';
import { staffReaders } from './staff-readers';
import { afterSalesReaders, requestAbout } from './after-sales-readers';
import { fakeChanges } from './fake-changes';
import { seededRandom } from '../time/seeded-random';
import { fakeCommands } from './fake-commands';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' as CurrencyCode });

/** A UUID that is easy to read in a failure: `0000000a-…`. */
export const id = <Id extends string>(number: number): Id =>
  `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as Id;

export const ids = {
  ada: id<AccountId>(1),
  eve: id<AccountId>(2),
  sam: id<AccountId>(3),
  mug: id<ProductId>(16),
  pot: id<ProductId>(17),
  order: id<OrderId>(32),
  shipment: id<ShipmentId>(48),
  review: id<ReviewId>(64),
  question: id<PostId>(65),
  answer: id<PostId>(66),
  payment: id<PaymentId>(80),
  message: id<CarrierMessageId>(96),
  address: id<AddressId>(112),
  afterSales: id<AfterSalesId>(128),
  warehouse: 1 as WarehouseId,
};

const account = (of: AccountId, name: string, ...roles: Role[]): Account => ({
  ...{ id: of, email: `${name.toLowerCase()}@example.com`, name, roles, registeredAt: at },
  ...{ emailVerifiedAt: null, telephone: null, language: null, unwanted: [] },
  ...{ notificationPreferences: null, definedRoles: [], changedAt: null },
  ...{ lastLogInAt: null, erasedAt: null },
});

const product = (of: ProductId, number: number, name: string): CatalogueProduct => ({
  ...{ id: of, number, sku: `SKU-${number}`, name, description: `A ${name}.`, category: 'kitchen' },
  ...{ price: gbp(1_300), imageUrl: null, sellerId: ids.sam, registeredAt: at },
  ...{ active: true, isDiscontinued: false, isWithdrawn: false },
  ...{ onHand: 7, reserved: 3, rating: { count: 1, average: 4, counts: [0, 0, 0, 1, 0] } },
  ...{ searchKeys: searchKeysOf(name, 'kitchen'), weightGrams: 350 },
  ...{ unit: null, taxCategory: 'STANDARD', familyId: null, options: [], recentPrices: [] },
  ...{ reduction: null, sale: null, pictures: [] },
});

const order: OrderDetails = {
  ...{ authorisedUntil: null, held: gbp(0), captured: gbp(0), voided: gbp(0), refusedCaptures: [] },
  ...{ id: ids.order, number: 1_001, customerId: ids.ada, status: 'PAID', placedAt: at, payBy: at },
  ...{ total: gbp(2_600), paid: gbp(2_600), refunded: gbp(0), destination: { x: 3, y: 9 } },
  ...{
    carrierAccount: null,
    shipTo: null,
    noteToSeller: null,
    gift: null,
    paymentId: ids.payment,
    progress: 'PAID',
  },
  ...{ refunds: [], askedBackInFull: false },
  ...{ openPaymentId: null, payerAction: null, isPaymentPending: false },
  ...{ paymentIds: [ids.payment], soldAt: at, soldOn: at.slice(0, 10) },
  ...{ source: 'old-shop', reference: '536365', country: 'Spain' },
  lines: [
    {
      ...{ productId: ids.mug, sku: 'SKU-1', name: 'Mug', quantity: 2, unitPrice: gbp(1_300) },
      ...{ cancelled: 0, discount: null, tax: null },
    },
  ],
  ...{ promotions: [], shipping: null, tax: null, partsToCome: [] },
  shipments: [{ id: ids.shipment, number: 9_007, warehouseId: ids.warehouse, status: 'PACKING' }],
  timeline: [{ at, type: 'OrderPlaced', summary: 'The order was placed.' }],
};

const shipment: ShipmentTracking = {
  ...{ id: ids.shipment, number: 9_007, orderId: ids.order, orderNumber: 1_001, customerId: ids.ada },
  ...{ warehouseId: ids.warehouse, destination: { x: 3, y: 9 }, carrierAccount: null, status: 'PACKING' },
  ...{ truckId: null, trackingNumber: '1Z999', failure: null, isParked: false, createdAt: at },
  items: [{ productId: ids.mug, productNumber: 1, sku: 'SKU-1', name: 'Mug', quantity: 2 }],
  timeline: [{ at, type: 'ShipmentCreated', summary: 'The shipment was created.' }],
};

const review: Review = {
  ...{ id: ids.review, authorId: ids.ada, authorName: 'Ada', subject: `product:${ids.mug}`, photos: [] },
  ...{ rating: 4, text: 'Holds tea.', writtenAt: at, editedAt: null, helpful: 3, hiddenFor: null },
};

const stock: StockLevel = {
  ...{ id: `${ids.warehouse}-${ids.mug}`, warehouseId: ids.warehouse, productId: ids.mug },
  ...{ onHand: 7, reserved: 3, shipped: 0, removed: 0, received: 10, backordered: 0, onOrder: 0 },
  ...{ replenishments: [], lowStockThreshold: 8, isLow: true },
};

const warehouse = (number: number, x: number, y: number, active = true): Warehouse => ({
  ...{ id: String(number), warehouseId: number as WarehouseId, name: `Warehouse ${number}` },
  ...{ x, y, active, registeredAt: at },
});

/** The content of the read models: a small shop with one shipped order. Specs may change it. */
export const shopDocuments = () => ({
  accounts: [account(ids.ada, 'Ada', 'customer'), account(ids.sam, 'Sam', 'customer', 'seller')],
  addressBooks: [
    {
      id: ids.ada,
      addresses: [
        {
          ...{ id: ids.address, recipient: 'Ada', line1: '12 Harbour Street', line2: null },
          ...{ city: 'London', region: null, postalCode: null, country: 'GB', telephone: null },
          isDefault: true,
        },
      ],
    },
  ] as AddressBook[],
  notifications: [] as NotificationDocument[],
  sessions: [] as Session[],
  definedRoles: [] as DefinedRole[],
  merchants: [] as Merchant[],
  accountErasures: [] as AccountErasure[],
  carts: [{ id: ids.ada, lines: order.lines, changedAt: at }] as Cart[],
  products: [product(ids.mug, 1, 'Mug'), product(ids.pot, 2, 'Pot')],
  orders: [{ document: order, lastPosition: positionOf(10) }] as Stored<OrderDetails>[],
  shipments: [{ document: shipment, lastPosition: positionOf(11) }] as Stored<ShipmentTracking>[],
  warehouses: [warehouse(1, 0, 0), warehouse(2, 10, 10), warehouse(3, 4, 4, false)],
  stock: [stock],
  orderHolds: [] as HeldOrder[],
  orderNotes: [] as OrderNotes[],
  invoices: [] as Invoice[],
  payments: [] as Payment[],
  promotions: [] as Promotion[],
  priceHistory: [] as PricePoint[],
  categoryTree: [] as CategoryTree[],
  scheduledPrices: [] as ScheduledPrices[],
  productFamilies: [] as ProductFamily[],
  shippingMethods: [] as ShippingMethod[],
  taxRates: [] as CountryTax[],
  reviews: [review],
  posts: questionAndAnswer(ids.mug, [ids.question, ids.answer], ids.ada),
  helpfulVotes: [] as HelpfulVote[],
  moderationCases: [] as ModerationCase[],
  sellerRatings: [
    { id: ids.sam, rating: { count: 1, average: 5, counts: [0, 0, 0, 0, 1] } },
  ] as SellerRating[],
  sellerOrders: [
    {
      ...{ id: `${ids.sam}:${ids.order}`, sellerId: ids.sam, orderId: ids.order, number: 1_001, soldAt: at },
      lines: order.lines,
    },
  ] as SellerOrder[],
  exchanges: [] as ExchangeLogEntry[],
  afterSales: [
    requestAbout({
      ...{ id: ids.afterSales, orderId: ids.order, customerId: ids.ada, sellerId: ids.sam },
      productId: ids.mug,
    }),
  ],
  sales: [] as SalesDay[],
  worldLinks: [] as WorldLinkDocument[],
  webhookEndpoints: [] as WebhookEndpoint[],
  webhookDeliveries: [] as WebhookDelivery[],
});

export type ShopDocuments = ReturnType<typeof shopDocuments>;

const stored = <D>(document: D): Stored<D> => ({ document, lastPosition: positionOf(1) });

const among = <D extends { readonly id: string }>(
  documents: readonly D[],
  wanted: readonly string[],
): Stored<D>[] => documents.filter((document) => wanted.includes(document.id)).map(stored);

/** Readers over arrays; `reads` tells what was asked, to count round trips. */
export const fakeReaders = (shop: ShopDocuments, reads: string[]): Readers => {
  const told = <Result>(what: string, result: Result): Promise<Result> => {
    reads.push(what);
    return Promise.resolve(result);
  };
  const listing = <D>(what: string, documents: readonly D[]): Listing<D> =>
    listingOf(documents, (asked) => reads.push(asked === 'page' ? what : `${what} count`));
  const ofStored = <D extends { readonly id: string }>(
    all: readonly Stored<D>[],
    wanted: readonly string[],
  ) => all.filter(({ document }) => wanted.includes(document.id));

  return {
    accounts: {
      getMany: (wanted) => told('accounts', among(shop.accounts, wanted)),
      list: (email) =>
        listing(
          'accounts.list',
          shop.accounts.filter((one) => (email ?? one.email) === one.email),
        ),
    },
    ...ownReaders(shop, told, listing),
    afterSales: afterSalesReaders(shop, told, listing),
    carts: { getMany: (wanted) => told('carts', among(shop.carts, wanted)) },
    ...catalogueReaders(shop, told, listing),
    ...orderReaders(shop, told, listing),
    shipments: {
      getMany: (wanted) => told('shipments', ofStored(shop.shipments, wanted)),
      byTrackingNumber: (number) =>
        told(
          'shipments.byTrackingNumber',
          shop.shipments.find(({ document }) => document.trackingNumber === number),
        ),
      byNumber: (number) =>
        told(
          'shipments.byNumber',
          shop.shipments.find(({ document }) => document.number === number),
        ),
      ofOrder: (orderId) =>
        told(
          'shipments.ofOrder',
          shop.shipments.filter(({ document }) => document.orderId === orderId),
        ),
    },
    warehouses: {
      getMany: (wanted) => told('warehouses', among(shop.warehouses, wanted)),
      list: () => told('warehouses.list', shop.warehouses),
    },
    invoices: invoiceReaders(shop, told, listing),
    payments: { getMany: (wanted) => told('payments', among(shop.payments, wanted)) },
    stock: {
      getMany: (wanted) => told('stock', among(shop.stock, wanted)),
      ofProduct: (productId) =>
        told(
          'stock.ofProduct',
          shop.stock.filter((level) => level.productId === productId),
        ),
      ofWarehouse: (warehouseId) =>
        listing(
          'stock.ofWarehouse',
          shop.stock.filter((level) => level.warehouseId === warehouseId),
        ),
      low: (warehouseId) =>
        listing(
          'stock.low',
          shop.stock.filter(
            (level) => level.isLow && (warehouseId === undefined || level.warehouseId === warehouseId),
          ),
        ),
    },
    ...contributionReaders(shop, told, listing),
    sellerOrders: {
      getMany: (wanted) => told('sellerOrders', among(shop.sellerOrders, wanted)),
      ofSeller: (sellerId) =>
        listing(
          'sellerOrders.ofSeller',
          shop.sellerOrders.filter((each) => each.sellerId === sellerId),
        ),
    },
    sellerRatings: {
      getMany: (wanted) => told('sellerRatings', among(shop.sellerRatings, wanted)),
    },
    ...staffReaders(shop, told, listing),
  };
};

export type { Answered, AskSettings, Shown } from './answered';

export type EdgeSettings = Partial<Omit<EdgeDeps, 'clock'>> & { readonly clock?: Clock };

const tokens = { secrets: ['a secret of thirty-two characters'] } as const;

/** An edge on fakes, not listening; `close()` when done. */
export const startEdge = (settings: EdgeSettings = {}) => {
  const shop = shopDocuments();
  const reads: string[] = [];
  const commands = fakeCommands();
  const changes = fakeChanges();
  const clock = settings.clock ?? realClock;
  const deps: EdgeDeps = {
    commands: commands.client,
    readers: fakeReaders(shop, reads),
    waitFor: async () => true,
    changes,
    files: memoryFileStore(),
    events: { read: async function* () {}, readAll: async function* () {}, head: async () => positionOf(99) },
    settings: [],
    projections: async () => [],
    diffReadModel: () => Promise.resolve(undefined),
    invariants: {
      check: () => undefined,
      report: () => ({ progress: null, failure: null, invariants: [] }),
    },
    reconcilePayments: (day) =>
      Promise.resolve({
        ...{ day, isOver: true, hasStatement: true, movementsThere: 0, movementsHere: 0, totals: [] },
        ...{ differenceCount: 0, needsAction: false, differences: [] },
      }),
    retryReaction: () => Promise.resolve(false),
    operations: { perform: () => Promise.reject(new Error('No operation is expected')) },
    readiness: async () => ({ ready: true, parts: {} }),
    trustedDocuments: { texts: new Map(), only: false },
    tokens,
    random: seededRandom(1),
    logger: silentLogger,
    metrics: new Registry(),
    // Tokens say what their viewers may do, so that a test needs no account for each.
    access: { present: (viewer) => Promise.resolve(viewer) },
    ...settings,
    clock,
  };
  const app: FastifyInstance = createEdge(deps);
  const issuer = createTokens(deps.tokens, clock);

  const tokenIn = async (realm: Realm | undefined, of: AccountId, ...roles: Role[]): Promise<string> => {
    const who = { id: of, email: 'someone@example.com', name: 'Someone', roles, realm };
    return `Bearer ${(await issuer.issue(who)).accessToken}`;
  };

  /** Returns a token of all realms. */
  const tokenOf = (of: AccountId, ...roles: Role[]): Promise<string> => tokenIn(undefined, of, ...roles);

  /** Sends a POST as `as` (an authorization header), and gives the parsed answer. */
  const ask = async (query: string, { as, variables, headers }: AskSettings = {}): Promise<Answered> => {
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { ...headers, ...(as === undefined ? {} : { authorization: as }) },
      payload: { query, ...(variables ? { variables } : {}) },
    });
    return { status: response.statusCode, ...response.json<Omit<Answered, 'status'>>() };
  };

  return { app, shop, reads, commands, changes, deps, tokenOf, tokenIn, ask };
};
