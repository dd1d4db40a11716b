import { canonicalEmail } from '../../commands/input';
import type { Clock } from '../../platform/clock';
import type { CollectionSpec, Document, Query, ReadModels, Scalar, Stored } from '../../platform/read-models';
import { accounts, type Account } from '../../projections/accounts';
import { addressBooks } from '../../projections/address-books';
import { carts } from '../../projections/carts';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { exchangeLog, type ExchangeLogEntry } from '../../projections/exchange-log';
import { notifications } from '../../projections/notifications';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { orderWords, type OrderWords } from '../../projections/order-words';
import { payments } from '../../projections/payments';
import { reviews, type Review } from '../../projections/reviews';
import {
  openReader,
  parkedEvents,
  type ParkedEvent,
  type Projection,
  type Reader,
} from '../../platform/projections';
import { parkedReactions, type ParkedDocument } from '../../platform/reactions';
import { salesByDay } from '../../projections/sales-by-day';
import { sellerOrders } from '../../projections/seller-orders';
import { sellerRatings } from '../../projections/seller-ratings';
import { sessions } from '../../projections/sessions';
import { shipments, type ShipmentTracking } from '../../projections/shipments';
import { stockLevels } from '../../projections/stock-levels';
import { warehouses } from '../../projections/warehouses';
import { worldCommands } from '../../projections/world-commands';
import { worldLinks } from '../../projections/world-links';
import { given } from './schema/given';
import type { Listing, OrderFilter, ProductSort, Readers, ReviewSort } from './readers';

/** Lists that end by their nature: warehouses, an order's shipments, a product's stock. */
const WHOLE_LIST_MAX = 1_000;

type Order = NonNullable<Query['order']>;

const productOrders: Readonly<Record<ProductSort, { readonly index: string; readonly order: Order }>> = {
  NAME: { index: 'name', order: 'ascending' },
  PRICE: { index: 'price', order: 'ascending' },
  PRICE_DESCENDING: { index: 'price', order: 'descending' },
  NEWEST: { index: 'age', order: 'descending' },
  RATING: { index: 'rating', order: 'descending' },
};

const reviewOrders: Readonly<Record<ReviewSort, { readonly index: string; readonly order: Order }>> = {
  NEWEST: { index: 'by_subject', order: 'descending' },
  RATING: { index: 'by_subject_and_rating', order: 'ascending' },
  RATING_DESCENDING: { index: 'by_subject_and_rating', order: 'descending' },
};

type Where = Readonly<Record<string, Scalar>>;

/** Returns all documents that an index has for a key, up to a bound. */
const every = async <D extends Document>(
  reader: Reader<D>,
  index: string,
  where: Where = {},
): Promise<readonly D[]> => {
  const { items } = await reader.list({ index, where, order: 'ascending', first: WHOLE_LIST_MAX });
  return items.map(({ document }) => document);
};

type Lists<D extends Document> = Pick<Reader<D>, 'list' | 'countUpTo'>;

/** Returns a reader of a collection that is no read model and has one version. */
const unversioned = <D extends Document>(readModels: ReadModels, collection: CollectionSpec): Lists<D> => ({
  list: (query) => readModels.list<D>(collection, query),
  countUpTo: (selection, max) => readModels.countUpTo(collection, selection, max),
});

const listed = <D extends Document>(
  reader: Lists<D>,
  { order, ...selection }: Omit<Query, 'first'>,
): Listing<D> => ({
  page: (request) => reader.list({ ...selection, order, ...request }),
  countUpTo: (max) => reader.countUpTo(selection, max),
});

const searched = <D extends Document>(reader: Reader<D>, text: string, where: Where): Listing<D> => ({
  page: (request) => reader.search({ text, where, ...request }),
  countUpTo: (max) => reader.countUpTo({ text, where }, max),
});

/** Returns a list from its end to its start. */
const reversed = <D extends Document>(listing: Listing<D>): Listing<D> => ({
  page: async ({ backwards = false, ...request }) => {
    const { items, hasMore } = await listing.page({ ...request, backwards: !backwards });
    return { items: items.toReversed(), hasMore };
  },
  countUpTo: (max) => listing.countUpTo(max),
});

const productReader = (reader: Reader<CatalogueProduct>): Readers['products'] => ({
  ...reader,
  list: ({ text, category, sellerId, sort }) => {
    const where = { active: true, ...given({ category, sellerId }) };
    if (text !== undefined) return searched(reader, text, where);
    if (sellerId !== undefined)
      return listed(reader, { index: 'by_seller_and_activity', where, order: 'ascending' });
    const { index, order } = productOrders[sort];
    const over = category === undefined ? 'by' : 'by_category_and';
    return listed(reader, { index: `${over}_${index}`, where, order });
  },
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

/** Returns the orders that a list of their words names. One that `order_details` does not show yet is left out. */
const ordersNamedIn = (orders: Reader<OrderDetails>, words: Listing<OrderWords>): Listing<OrderDetails> => ({
  page: async (request) => {
    const { items, hasMore } = await words.page(request);
    const found = await orders.getMany(items.map(({ document }) => document.id));
    const byId = new Map(found.map(({ document }) => [document.id, document]));
    return {
      items: items.flatMap(({ document: { id }, cursor }) => {
        const document = byId.get(id);
        return document ? [{ document, cursor }] : [];
      }),
      hasMore,
    };
  },
  countUpTo: (max) => words.countUpTo(max),
});

const orderReader = (
  reader: Reader<OrderDetails>,
  words: Reader<OrderWords>,
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
      : ordersNamedIn(reader, reversed(searched(words, text, {}))),
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
  list: ({ subject, sort }) => listed(reader, { ...reviewOrders[sort], where: { subject } }),
  byAuthor: (authorId) => listed(reader, { index: 'by_author', where: { authorId }, order: 'descending' }),
});

/** Returns the readers over the read models of the platform, each in its promoted version. */
export const readersOf = (readModels: ReadModels, clock: Clock): Readers => {
  const read = <D extends Document, F extends { readonly type: string; readonly data: object }>(
    projection: Projection<D, F>,
  ): Reader<D> => openReader(readModels, projection, clock);
  const allAccounts = accountReader(read(accounts));
  const [sites, levels] = [read(warehouses), read(stockLevels)];
  const [days, sold] = [read(salesByDay), read(sellerOrders)];
  const [links, sent] = [read(worldLinks), read(worldCommands)];
  return {
    accounts: allAccounts,
    notifications: {
      list: ({ accountId, status }) =>
        listed(read(notifications), { ...notificationIndex(accountId, status), order: 'descending' }),
    },
    addressBooks: read(addressBooks),
    sessions: {
      ofAccount: async (accountId) =>
        (await every(read(sessions), 'by_account', { accountId })).toSorted((a, b) =>
          b.openedAt.localeCompare(a.openedAt),
        ),
    },
    carts: read(carts),
    products: productReader(read(catalogue)),
    orders: orderReader(read(orderDetails), read(orderWords), allAccounts),
    shipments: shipmentReader(read(shipments)),
    warehouses: { ...sites, list: () => every(sites, 'by_number') },
    payments: read(payments),
    stock: {
      ...levels,
      ofProduct: (productId) => every(levels, 'by_product', { productId }),
      ofWarehouse: (warehouseId) => listed(levels, { index: 'by_warehouse', where: { warehouseId } }),
      low: (warehouseId) => {
        const where = warehouseId === undefined ? { isLow: true } : { isLow: true, warehouseId };
        return listed(levels, { index: 'by_low', where, order: 'ascending' });
      },
    },
    reviews: reviewReader(read(reviews)),
    sellerOrders: {
      ofSeller: (sellerId) => listed(sold, { index: 'by_seller', where: { sellerId }, order: 'descending' }),
    },
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
    worldLinks: {
      list: () => every(links, 'by_id'),
      unacked: async (link) => {
        const [row] = await sent.aggregate({ where: { link, status: 'queued' }, groupBy: ['status'] });
        return row?.count ?? 0;
      },
    },
  };
};
