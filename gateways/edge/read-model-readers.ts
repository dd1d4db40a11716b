import type {
  CollectionSpec,
  Document,
  Page,
  Query,
  ReadModels,
  Scalar,
  SearchQuery,
  Stored,
} from '../../platform/read-models';
import { accounts, type Account } from '../../projections/accounts';
import { carts, type Cart } from '../../projections/carts';
import { catalogue, type CatalogueProduct } from '../../projections/catalogue';
import { exchangeLog, type ExchangeLogEntry } from '../../projections/exchange-log';
import { orderDetails, type OrderDetails } from '../../projections/order-details';
import { reviews, type Review } from '../../projections/reviews';
import { sellerRatings, type SellerRating } from '../../projections/seller-ratings';
import { shipments, type ShipmentTracking } from '../../projections/shipments';
import { stockLevels, type StockLevel } from '../../projections/stock-levels';
import { warehouses, type Warehouse } from '../../projections/warehouses';
import { worldCommands } from '../../projections/world-commands';
import { worldLinks, type WorldLinkDocument } from '../../projections/world-links';
import type { ProductSort, Readers, ReviewSort } from './readers';

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

/** Which version of a collection is served now. */
type SpecOf = (spec: CollectionSpec) => CollectionSpec;
type Where = Readonly<Record<string, Scalar>>;

/** One read model, as the edge reads it. */
const reading = <D extends Document>(
  readModels: ReadModels,
  specOf: SpecOf,
  { collection }: { readonly collection: CollectionSpec },
) => {
  const list = (query: Query): Promise<Page<D>> => readModels.list<D>(specOf(collection), query);
  return {
    collection: collection.name,
    list,
    getMany: (ids: readonly string[]): Promise<readonly Stored<D>[]> =>
      readModels.getMany<D>(specOf(collection), ids),
    search: (query: SearchQuery): Promise<Page<D>> => readModels.search<D>(specOf(collection), query),
    /** All that an index has of something, up to a bound. */
    every: async (index: string, where: Where = {}): Promise<readonly D[]> => {
      const { items } = await list({ index, where, order: 'ascending', first: WHOLE_LIST_MAX });
      return items.map(({ document }) => document);
    },
  };
};

type Reading<D extends Document> = ReturnType<typeof reading<D>>;

const productReader = ({ getMany, list, search }: Reading<CatalogueProduct>): Readers['products'] => ({
  getMany,
  list: ({ text, category, sort, ...page }) => {
    const where = { active: true, ...(category === undefined ? {} : { category }) };
    if (text !== undefined) return search({ text, where, ...page });
    const { index, order } = productOrders[sort];
    return list({
      index: `by_${category === undefined ? '' : 'category_and_'}${index}`,
      where,
      order,
      ...page,
    });
  },
});

const orderReader = ({ collection, getMany, list }: Reading<OrderDetails>): Readers['orders'] => {
  const asked = (
    customerId: string | undefined,
    status: string | undefined,
  ): Pick<Query, 'index' | 'where'> => {
    if (customerId !== undefined && status !== undefined)
      return { index: 'by_customer_and_status', where: { customerId, status } };
    if (customerId !== undefined) return { index: 'by_customer', where: { customerId } };
    if (status !== undefined) return { index: 'by_status', where: { status } };
    return { index: 'by_placed_at' };
  };
  return {
    collection,
    getMany,
    list: ({ customerId, status, ...page }) =>
      list({ ...asked(customerId, status), order: 'descending', ...page }),
  };
};

const shipmentReader = (reader: Reading<ShipmentTracking>): Readers['shipments'] => {
  const { collection, getMany, every } = reader;
  // Lists tell documents; how new each of them is has to be asked for.
  const stored = async (index: string, where: Where): Promise<readonly Stored<ShipmentTracking>[]> =>
    getMany((await every(index, where)).map(({ id }) => id));
  return {
    collection,
    getMany,
    byTrackingNumber: async (trackingNumber) => (await stored('by_tracking_number', { trackingNumber }))[0],
    byNumber: async (number) => (await stored('by_number', { number }))[0],
    ofOrder: (orderId) => stored('by_order', { orderId }),
  };
};

const reviewReader = ({ getMany, list }: Reading<Review>): Readers['reviews'] => ({
  getMany,
  list: ({ subject, sort, ...page }) => list({ ...reviewOrders[sort], where: { subject }, ...page }),
  byAuthor: (authorId, page) =>
    list({ index: 'by_author', where: { authorId }, order: 'descending', ...page }),
});

/**
 * The edge's readers over the read models of the platform.
 *
 * @param specOf - tells which version of a collection is served now, while a new one is being built beside it.
 */
export const readersOf = (readModels: ReadModels, specOf: SpecOf = (spec) => spec): Readers => {
  const read = <D extends Document>(projection: { readonly collection: CollectionSpec }): Reading<D> =>
    reading<D>(readModels, specOf, projection);
  const sites = read<Warehouse>(warehouses);
  const levels = read<StockLevel>(stockLevels);
  const exchanges = read<ExchangeLogEntry>(exchangeLog);
  const links = read<WorldLinkDocument>(worldLinks);
  return {
    accounts: read<Account>(accounts),
    carts: read<Cart>(carts),
    products: productReader(read(catalogue)),
    orders: orderReader(read(orderDetails)),
    shipments: shipmentReader(read(shipments)),
    warehouses: {
      getMany: (ids) => sites.getMany(ids.map(String)),
      list: () => sites.every('by_number'),
    },
    stock: {
      ofProduct: (productId) => levels.every('by_product', { productId }),
      ofWarehouse: (warehouseId, page) =>
        levels.list({ index: 'by_warehouse', where: { warehouseId }, ...page }),
    },
    reviews: reviewReader(read(reviews)),
    sellerRatings: read<SellerRating>(sellerRatings),
    exchanges: {
      list: ({ link, ...page }) =>
        exchanges.list({ index: 'by_link', where: { link }, order: 'descending', ...page }),
    },
    worldLinks: {
      list: () => links.every('by_id'),
      unacked: async (link) => {
        const rows = await readModels.aggregate(specOf(worldCommands.collection), {
          where: { link, status: 'queued' },
          groupBy: ['status'],
        });
        return rows[0]?.count ?? 0;
      },
    },
  };
};
