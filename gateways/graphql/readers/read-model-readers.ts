import { canonicalEmail } from '../../../commands/use-case/input';
import type { AccountId, OrderId } from '../../../domain/kernel';
import type { Clock } from '../../../platform/clock';
import type { Document, Query, ReadModels, Stored } from '../../../platform/read-models';
import { accounts, type Account } from '../../../projections/accounts';
import { addressBooks } from '../../../projections/address-books';
import { afterSalesRequests, type AfterSalesDocument } from '../../../projections/after-sales';
import { carts } from '../../../projections/carts';
import { catalogue, type CatalogueProduct } from '../../../projections/catalogue';
import { definedRoles } from '../../../projections/defined-roles';
import { exchangeLog, type ExchangeLogEntry } from '../../../projections/exchange-log';
import { helpfulVotes } from '../../../projections/helpful-votes';
import { invoices } from '../../../projections/invoices';
import { listKeyOf } from '../../../projections/list-key';
import { moderationCases, type ModerationCase } from '../../../projections/moderation-cases';
import { accountErasures, type AccountErasure } from '../../../projections/account-erasures';
import { merchants, type Merchant } from '../../../projections/merchants';
import { notifications, type NotificationDocument } from '../../../projections/notifications';
import { orderDetails, type OrderDetails } from '../../../projections/order-details';
import { orderHolds, type HeldOrder } from '../../../projections/order-holds';
import { orderNotes } from '../../../projections/order-notes';
import { orderTags, type OrderTag } from '../../../projections/order-tags';
import { orderWords, type OrderWords } from '../../../projections/order-words';
import { payments } from '../../../projections/payments';
import { posts, type Post } from '../../../projections/posts';
import { priceHistory, type PricePoint } from '../../../projections/price-history';
import { productFamilies, type ProductFamily } from '../../../projections/product-families';
import { promotions, type Promotion } from '../../../projections/promotions';
import { reviews, type Review } from '../../../projections/reviews';
import {
  openReader,
  parkedEvents,
  type ParkedEvent,
  type Projection,
  type Reader,
} from '../../../platform/projections';
import { parkedReactions, type ParkedDocument } from '../../../platform/reactions';
import { salesByDay } from '../../../projections/sales-by-day';
import { categoryTree } from '../../../projections/category-tree';
import { scheduledPrices } from '../../../projections/scheduled-prices';
import { sellerOrders } from '../../../projections/seller-orders';
import { sellerPayouts } from '../../../projections/seller-payouts';
import { sellerRatings } from '../../../projections/seller-ratings';
import { sessions, type Session } from '../../../projections/sessions';
import { shipments, type ShipmentTracking } from '../../../projections/shipments';
import { shippingMethods } from '../../../projections/shipping-methods';
import { taxRates } from '../../../projections/tax-rates';
import { stockLevels, type StockLevel } from '../../../projections/stock-levels';
import { warehouses } from '../../../projections/warehouses';
import { webhookEndpoints, type WebhookEndpoint } from '../../../projections/webhook-endpoints';
import { worldCommands } from '../../../projections/world-commands';
import { worldLinks } from '../../../projections/world-links';
import { webhookDeliveries, type WebhookDelivery } from '../../webhooks';
import { invoiceReader } from './invoice-reader';
import { productListing } from './product-listing';
import { given } from '../schema/given';
import { every, listed, reversed, searched, unversioned, type Lists, type Where } from './listings';
import type { AfterSalesFilter, Listing, OrderFilter, Readers, ReviewSort } from './readers';

type Order = NonNullable<Query['order']>;

const reviewOrders: Readonly<Record<ReviewSort, { readonly index: string; readonly order: Order }>> = {
  NEWEST: { index: 'by_subject', order: 'descending' },
  RATING: { index: 'by_subject_and_rating', order: 'ascending' },
  RATING_DESCENDING: { index: 'by_subject_and_rating', order: 'descending' },
  HELPFUL: { index: 'by_subject_and_helpful', order: 'descending' },
};

const productReader = (reader: Reader<CatalogueProduct>): Readers['products'] => ({
  ...reader,
  list: (filter) => productListing(reader, filter),
  ofSeller: (sellerId, text) =>
    text === undefined
      ? listed(reader, { index: 'by_seller', where: { sellerId }, order: 'ascending' })
      : searched(reader, text, { sellerId }),
});

/** Returns the index for orders of a customer, in a status, or of a name in an imported list. */
const orderIndex = ({ customerId, status, reference }: OrderFilter): Pick<Query, 'index' | 'where'> => {
  if (reference !== undefined) return { index: 'by_reference', where: { reference } };
  if (customerId !== undefined && status !== undefined)
    return { index: 'by_customer_and_status', where: { customerId, status } };
  if (customerId !== undefined) return { index: 'by_customer', where: { customerId } };
  if (status !== undefined) return { index: 'by_status', where: { status } };
  return { index: 'by_sold_at' };
};

/** Returns the index for requests of a customer or a seller, in a status. */
const afterSalesIndex = ({
  customerId,
  sellerId,
  status,
}: AfterSalesFilter): Pick<Query, 'index' | 'where'> => {
  const party = customerId === undefined ? given({ sellerId }) : { customerId };
  const [field] = Object.keys(party);
  if (field === undefined)
    return status === undefined ? { index: 'by_time' } : { index: 'by_status', where: { status } };
  const index = field === 'customerId' ? 'by_customer' : 'by_seller';
  return status === undefined
    ? { index, where: party }
    : { index: `${index}_and_status`, where: { ...party, status } };
};

/** Returns the index for notifications of an account, in a status. */
const notificationIndex = (
  accountId: string | undefined,
  status: string | undefined,
): Pick<Query, 'index' | 'where'> => {
  if (accountId !== undefined && status !== undefined)
    return { index: 'by_account_and_status', where: { accountId, status } };
  if (accountId !== undefined) return { index: 'by_account', where: { accountId } };
  if (status !== undefined) return { index: 'by_status', where: { status } };
  return { index: 'by_time' };
};

const accountReader = (reader: Reader<Account>): Readers['accounts'] => ({
  ...reader,
  list: (email) =>
    email === undefined
      ? listed(reader, { index: 'by_registration', order: 'descending' })
      : listed(reader, { index: 'by_email', where: { email }, order: 'ascending' }),
});

const exchangeReader = (reader: Reader<ExchangeLogEntry>): Readers['exchanges'] => ({
  ofLink: (link) => listed(reader, { index: 'by_link', where: { link }, order: 'descending' }),
  ofShipment: (shipmentNumber) =>
    listed(reader, { index: 'by_shipment', where: { shipmentNumber }, order: 'descending' }),
  withWords: (text) => reversed(searched(reader, text, {})),
  parked: () => listed(reader, { index: 'by_parked', where: { parked: true }, order: 'descending' }),
});

const ordersOfEmail = (
  orders: Reader<OrderDetails>,
  allAccounts: Readers['accounts'],
  email: string,
): Listing<OrderDetails> => {
  const ofAccount = async (): Promise<Listing<OrderDetails> | undefined> => {
    const { items } = await allAccounts.list(email).page({ first: 1 });
    const [account] = items;
    const where = account && { customerId: account.document.id };
    return where && listed(orders, { index: 'by_customer', where, order: 'descending' });
  };
  return {
    page: async (request) => (await ofAccount())?.page(request) ?? { items: [], hasMore: false },
    countUpTo: async (max) => (await ofAccount())?.countUpTo(max) ?? 0,
  };
};

/** Returns the orders that another list names. One that `order_details` does not show yet is left out. */
const ordersNamedIn = <D extends Document>(
  orders: Reader<OrderDetails>,
  named: Listing<D>,
  orderIdOf: (document: D) => OrderId,
): Listing<OrderDetails> => ({
  page: async (request) => {
    const { items, hasMore } = await named.page(request);
    const found = await orders.getMany(items.map(({ document }) => orderIdOf(document)));
    const byId = new Map(found.map(({ document }) => [document.id, document]));
    return {
      items: items.flatMap(({ document: name, cursor }) => {
        const document = byId.get(orderIdOf(name));
        return document ? [{ document, cursor }] : [];
      }),
      hasMore,
    };
  },
  countUpTo: (max) => named.countUpTo(max),
});

/** The read models that name orders. */
type OrderNames = {
  readonly words: Reader<OrderWords>;
  readonly tags: Reader<OrderTag>;
  readonly holds: Reader<HeldOrder>;
};

const orderReader = (
  reader: Reader<OrderDetails>,
  { words, tags, holds }: OrderNames,
  allAccounts: Readers['accounts'],
): Readers['orders'] => ({
  ...reader,
  list: (filter) => {
    const range = { gte: filter.soldFrom, lt: filter.soldBefore };
    return listed(reader, { ...orderIndex(filter), range, order: 'descending' });
  },
  find: (text) =>
    text.includes('@')
      ? ordersOfEmail(reader, allAccounts, canonicalEmail(text))
      : ordersNamedIn(reader, reversed(searched(words, text, {})), ({ id }) => id),
  held: () =>
    ordersNamedIn(reader, listed(holds, { index: 'by_held_since', order: 'ascending' }), ({ id }) => id),
  tagged: (tag) =>
    ordersNamedIn(
      reader,
      listed(tags, { index: 'by_tag', where: { tag }, order: 'descending' }),
      ({ orderId }) => orderId,
    ),
});

const shipmentReader = (reader: Reader<ShipmentTracking>): Readers['shipments'] => {
  // A list has documents only; the position of each is read separately.
  const stored = async (index: string, where: Where): Promise<readonly Stored<ShipmentTracking>[]> =>
    reader.getMany((await every(reader, index, where)).map(({ id }) => id));
  return {
    ...reader,
    byTrackingNumber: async (trackingNumber) => (await stored('by_tracking_number', { trackingNumber }))[0],
    byNumber: async (number) => (await stored('by_number', { number }))[0],
    ofOrder: (orderId) => stored('by_order', { orderId }),
  };
};

const reviewReader = (reader: Reader<Review>): Readers['reviews'] => ({
  ...reader,
  list: ({ subject, sort, stars: rating }) =>
    rating === undefined
      ? listed(reader, { ...reviewOrders[sort], where: { subject } })
      : listed(reader, { index: 'by_subject_and_rating', where: { subject, rating }, order: 'descending' }),
  byAuthor: (authorId) => listed(reader, { index: 'by_author', where: { authorId }, order: 'descending' }),
});

const sessionReader = (reader: Reader<Session>): Readers['sessions'] => ({
  ofAccount: async (accountId) =>
    (await every(reader, 'by_account', { accountId })).toSorted((a, b) =>
      b.openedAt.localeCompare(a.openedAt),
    ),
});

const afterSalesReader = (reader: Reader<AfterSalesDocument>): Readers['afterSales'] => ({
  ...reader,
  list: (filter) => listed(reader, { ...afterSalesIndex(filter), order: 'descending' }),
  ofOrder: (orderId) => every(reader, 'by_order', { orderId }),
});
type Read = <D extends Document, F extends { readonly type: string; readonly data: object }>(
  projection: Projection<D, F>,
) => Reader<D>;

const orderReaders = (
  read: Read,
  allAccounts: Readers['accounts'],
): Pick<Readers, 'orders' | 'orderHolds' | 'orderNotes'> => {
  const holds = read(orderHolds);
  const names = { words: read(orderWords), tags: read(orderTags), holds };
  return {
    orders: orderReader(read(orderDetails), names, allAccounts),
    orderHolds: holds,
    orderNotes: read(orderNotes),
  };
};

const postReader = (reader: Reader<Post>): Readers['posts'] => ({
  ...reader,
  questionsOn: (productId) =>
    listed(reader, {
      ...{ index: 'by_topic', order: 'descending' },
      where: { about: listKeyOf('product', productId) },
    }),
  answersTo: (question) =>
    listed(reader, {
      ...{ index: 'by_topic_and_helpful', order: 'descending' },
      where: { about: listKeyOf('question', question) },
    }),
  byAuthor: (authorId) => listed(reader, { index: 'by_author', where: { authorId }, order: 'descending' }),
});

const moderationReader = (reader: Reader<ModerationCase>): Readers['moderationCases'] => ({
  list: (state) => listed(reader, { index: 'by_state', where: { state }, order: 'ascending' }),
});

const stockReader = (reader: Reader<StockLevel>): Readers['stock'] => ({
  ...reader,
  ofProduct: (productId) => every(reader, 'by_product', { productId }),
  ofWarehouse: (warehouseId) => listed(reader, { index: 'by_warehouse', where: { warehouseId } }),
  low: (warehouseId) => {
    const where = warehouseId === undefined ? { isLow: true } : { isLow: true, warehouseId };
    return listed(reader, { index: 'by_low', where, order: 'ascending' });
  },
});

const promotionReader = (reader: Reader<Promotion>): Readers['promotions'] => ({
  ...reader,
  list: () => listed(reader, { index: 'by_creation', order: 'descending' }),
});

const erasureReader = (reader: Reader<AccountErasure>): Readers['accountErasures'] => ({
  list: () => listed(reader, { index: 'by_time', order: 'descending' }),
});

const notificationReader = (reader: Reader<NotificationDocument>): Readers['notifications'] => ({
  list: ({ accountId, status }) =>
    listed(reader, { ...notificationIndex(accountId, status), order: 'descending' }),
});

const merchantReader = (reader: Reader<Merchant>): Readers['merchants'] => ({
  ...reader,
  list: (status) => {
    const asked = status === undefined ? { index: 'by_time' } : { index: 'by_status', where: { status } };
    return listed(reader, { ...asked, order: 'descending' });
  },
});

const webhookReader = (reader: Reader<WebhookEndpoint>): Readers['webhookEndpoints'] => ({
  ...reader,
  list: (ownerId) => {
    const asked = ownerId === undefined ? { index: 'by_time' } : { index: 'by_owner', where: { ownerId } };
    return listed(reader, { ...asked, order: 'descending' });
  },
});

const deliveryReader = (deliveries: Lists<WebhookDelivery>): Readers['webhookDeliveries'] => ({
  ofEndpoint: (endpointId, status) => {
    const asked =
      status === undefined
        ? { index: 'by_endpoint', where: { endpointId } }
        : { index: 'by_endpoint_and_status', where: { endpointId, status } };
    return listed(deliveries, { ...asked, order: 'descending' });
  },
});

const priceReader = (reader: Reader<PricePoint>): Readers['priceHistory'] => ({
  ofProduct: (productId) =>
    listed(reader, { index: 'by_product', where: { productId }, order: 'descending' }),
});

const familyReader = (reader: Reader<ProductFamily>): Readers['productFamilies'] => ({
  ...reader,
  list: (sellerId) =>
    sellerId === undefined
      ? listed(reader, { index: 'by_name' })
      : listed(reader, { index: 'by_seller', where: { sellerId } }),
});

/** Returns the lists of what belongs to one seller, the latest first. */
const ofSellers = <D extends Document>(reader: Reader<D>) => ({
  ofSeller: (sellerId: AccountId): Listing<D> =>
    listed(reader, { index: 'by_seller', where: { sellerId }, order: 'descending' }),
});

/** Returns the readers over the read models of the platform, each in its promoted version. */
export const readersOf = (readModels: ReadModels, clock: Clock): Readers => {
  const read: Read = (projection) => openReader(readModels, projection, clock);
  const allAccounts = accountReader(read(accounts));
  const sites = read(warehouses);
  const [days, sold, named] = [read(salesByDay), read(sellerOrders), read(definedRoles)];
  const [methods, rates] = [read(shippingMethods), read(taxRates)];
  const [links, sent] = [read(worldLinks), read(worldCommands)];
  return {
    accounts: allAccounts,
    notifications: notificationReader(read(notifications)),
    addressBooks: read(addressBooks),
    accountErasures: erasureReader(read(accountErasures)),
    merchants: merchantReader(read(merchants)),
    definedRoles: { ...named, list: () => every(named, 'by_name') },
    sessions: sessionReader(read(sessions)),
    carts: read(carts),
    products: productReader(read(catalogue)),
    afterSales: afterSalesReader(read(afterSalesRequests)),
    ...orderReaders(read, allAccounts),
    shipments: shipmentReader(read(shipments)),
    warehouses: { ...sites, list: () => every(sites, 'by_number') },
    invoices: invoiceReader(read(invoices)),
    payments: read(payments),
    priceHistory: priceReader(read(priceHistory)),
    categoryTree: read(categoryTree),
    scheduledPrices: read(scheduledPrices),
    productFamilies: familyReader(read(productFamilies)),
    shippingMethods: { ...methods, list: () => every(methods, 'by_time') },
    taxRates: { ...rates, list: () => every(rates, 'by_country') },
    stock: stockReader(read(stockLevels)),
    promotions: promotionReader(read(promotions)),
    reviews: reviewReader(read(reviews)),
    posts: postReader(read(posts)),
    helpfulVotes: read(helpfulVotes),
    moderationCases: moderationReader(read(moderationCases)),
    sellerOrders: { ...sold, ...ofSellers(sold) },
    sellerPayouts: ofSellers(read(sellerPayouts)),
    sellerRatings: read(sellerRatings),
    exchanges: exchangeReader(read(exchangeLog)),
    parkedEvents: {
      list: (readModel) =>
        listed(
          unversioned<ParkedEvent>(readModels, parkedEvents),
          readModel === undefined
            ? { index: 'by_position' }
            : { index: 'by_projection', where: { projection: readModel } },
        ),
    },
    parkedReactions: {
      list: () => listed(unversioned<ParkedDocument>(readModels, parkedReactions), { index: 'by_retry' }),
    },
    sales: {
      list: ({ from, to }) => {
        const range = { gte: from, lte: to };
        return listed(days, { index: 'by_day', range, order: 'ascending' });
      },
    },
    webhookEndpoints: webhookReader(read(webhookEndpoints)),
    webhookDeliveries: deliveryReader(unversioned(readModels, webhookDeliveries)),
    worldLinks: {
      list: () => every(links, 'by_id'),
      unacked: async (link) => {
        const [row] = await sent.aggregate({ where: { link, status: 'queued' }, groupBy: ['status'] });
        return row?.count ?? 0;
      },
    },
  };
};
