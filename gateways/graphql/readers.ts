import type { OrderStatus } from '../../domain/order';
import type { AccountId, Instant, OrderId, ProductId, WarehouseId } from '../../domain/kernel';
import type { ParkedEvent } from '../../platform/projections';
import type { ParkedDocument } from '../../platform/reactions';
import type { Document, Page, Query, Stored } from '../../platform/read-models';
import type { Account } from '../../projections/accounts';
import type { AddressBook } from '../../projections/address-books';
import type { Cart } from '../../projections/carts';
import type { CatalogueProduct } from '../../projections/catalogue';
import type { ExchangeLogEntry } from '../../projections/exchange-log';
import type { NotificationDocument } from '../../projections/notifications';
import type { OrderDetails } from '../../projections/order-details';
import type { Payment } from '../../projections/payments';
import type { Review } from '../../projections/reviews';
import type { SalesDay } from '../../projections/sales-by-day';
import type { SellerOrder } from '../../projections/seller-orders';
import type { SellerRating } from '../../projections/seller-ratings';
import type { Session } from '../../projections/sessions';
import type { ShipmentTracking } from '../../projections/shipments';
import type { StockLevel } from '../../projections/stock-levels';
import type { Warehouse } from '../../projections/warehouses';
import type { WorldLinkDocument } from '../../projections/world-links';

/** The page of a list that a client wants. `first`: 1 to 100. */
export type PageRequest = Pick<Query, 'first' | 'after' | 'backwards'>;

/** A list that is read in pages, and counted. */
export type Listing<D> = {
  page(request: PageRequest): Promise<Page<D>>;
  /** Returns the number of documents in the list, at most `max`. */
  countUpTo(max: number): Promise<number>;
};

export type ProductSort = 'NAME' | 'PRICE' | 'PRICE_DESCENDING' | 'NEWEST' | 'RATING';
export type ProductFilter = {
  /** Words, the last one a prefix. With a text, the read model sets the order and `sort` is ignored. */
  readonly text?: string | undefined;
  readonly category?: string | undefined;
  /** Only products of this seller, by name; not together with `category`. */
  readonly sellerId?: AccountId | undefined;
  readonly sort: ProductSort;
};

export type ReviewSort = 'NEWEST' | 'RATING' | 'RATING_DESCENDING';
/** `subject`: `product:<id>` or `seller:<id>`. */
export type ReviewFilter = { readonly subject: string; readonly sort: ReviewSort };

export type NotificationFilter = {
  /** Absent for the notifications of all accounts. */
  readonly accountId?: AccountId | undefined;
  readonly status?: NotificationDocument['status'] | undefined;
};

export type OrderFilter = {
  /** Absent for the orders of all customers. */
  readonly customerId?: AccountId | undefined;
  readonly status?: OrderStatus | undefined;
  /** The name of the order in the list that it was imported from. Not together with `status`. */
  readonly reference?: string | undefined;
  readonly soldFrom?: Instant | undefined;
  readonly soldBefore?: Instant | undefined;
};

/** Single documents of a read model. They are read by the loaders, which state who may read them. */
export type ReadById<D extends Document> = {
  /** Returns documents in no particular order, without missing ids. */
  getMany(ids: readonly string[]): Promise<readonly Stored<D>[]>;
};

/**
 * The queries of the edge to the read models. Each throws Fault `READ_MODELS_UNAVAILABLE`, and with a cursor
 * `QUERY_INVALID`.
 */
export type Readers = {
  readonly accounts: ReadById<Account> & {
    /** The newest first; with an e-mail address in lower case the one that has it. */
    list(email: string | undefined): Listing<Account>;
  };
  readonly notifications: {
    /** The newest first. */
    list(filter: NotificationFilter): Listing<NotificationDocument>;
  };
  readonly addressBooks: ReadById<AddressBook>;
  readonly sessions: {
    /** The open sessions of an account, the latest log-in first. An expired one may be among them. */
    ofAccount(accountId: AccountId): Promise<readonly Session[]>;
  };
  readonly carts: ReadById<Cart>;
  readonly products: ReadById<CatalogueProduct> & {
    /** Products that are sold. */
    list(filter: ProductFilter): Listing<CatalogueProduct>;
    /** All products of a seller, by name, also those that are no longer sold. */
    ofSeller(sellerId: AccountId, text: string | undefined): Listing<CatalogueProduct>;
  };
  readonly orders: ReadById<OrderDetails> & {
    /** The latest sale first. */
    list(filter: OrderFilter): Listing<OrderDetails>;
    /**
     * The orders that have all these words among their number, reference, SKUs and tracking numbers, the last one a prefix, the
     * last placed first. For an e-mail address the orders of its account, the latest sale first.
     */
    find(text: string): Listing<OrderDetails>;
  };
  readonly shipments: ReadById<ShipmentTracking> & {
    byTrackingNumber(trackingNumber: string): Promise<Stored<ShipmentTracking> | undefined>;
    byNumber(number: number): Promise<Stored<ShipmentTracking> | undefined>;
    ofOrder(orderId: OrderId): Promise<readonly Stored<ShipmentTracking>[]>;
  };
  readonly warehouses: ReadById<Warehouse> & {
    /** All of them, by number; at most 1000. */
    list(): Promise<readonly Warehouse[]>;
  };
  readonly payments: ReadById<Payment>;
  readonly stock: ReadById<StockLevel> & {
    /** The stock of a product in every warehouse that has or had it. */
    ofProduct(productId: ProductId): Promise<readonly StockLevel[]>;
    ofWarehouse(warehouseId: WarehouseId): Listing<StockLevel>;
    /** The stock that is below its threshold, by warehouse: in one, or in all. */
    low(warehouseId: WarehouseId | undefined): Listing<StockLevel>;
  };
  readonly reviews: ReadById<Review> & {
    list(filter: ReviewFilter): Listing<Review>;
    byAuthor(authorId: AccountId): Listing<Review>;
  };
  readonly sellerOrders: {
    /** The latest sale first. */
    ofSeller(sellerId: AccountId): Listing<SellerOrder>;
  };
  /** None for a seller without reviews. */
  readonly sellerRatings: ReadById<SellerRating>;
  readonly exchanges: {
    /** Newest first. */
    ofLink(link: string): Listing<ExchangeLogEntry>;
    /** Those about a shipment, over all links, newest first. */
    ofShipment(shipmentNumber: number): Listing<ExchangeLogEntry>;
    /** Those with all these words, the last one a prefix, over all links, newest first. */
    withWords(text: string): Listing<ExchangeLogEntry>;
    /** Entries that wait for staff, newest first. */
    parked(): Listing<ExchangeLogEntry>;
  };
  readonly parkedEvents: {
    /** Of one read model or of all, the earliest event first. */
    list(readModel: string | undefined): Listing<ParkedEvent>;
  };
  readonly parkedReactions: {
    /** Those that wait for staff first. */
    list(): Listing<ParkedDocument>;
  };
  readonly sales: {
    /** The days from the first to the last, both included, the earliest first. */
    list(days: { readonly from?: string | undefined; readonly to?: string | undefined }): Listing<SalesDay>;
  };
  readonly worldLinks: {
    list(): Promise<readonly WorldLinkDocument[]>;
    /** Returns the number of commands that the link's World has not acknowledged yet. */
    unacked(link: string): Promise<number>;
  };
};
