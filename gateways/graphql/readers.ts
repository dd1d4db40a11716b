import type { OrderStatus } from '../../domain/order';
import type {
  AccountId,
  Instant,
  OrderId,
  ProductId,
  ReviewId,
  ShipmentId,
  WarehouseId,
} from '../../domain/kernel';
import type { Page, Query, Stored } from '../../platform/read-models';
import type { Account } from '../../projections/accounts';
import type { Cart } from '../../projections/carts';
import type { CatalogueProduct } from '../../projections/catalogue';
import type { ExchangeLogEntry } from '../../projections/exchange-log';
import type { OrderDetails } from '../../projections/order-details';
import type { Review } from '../../projections/reviews';
import type { SalesDay } from '../../projections/sales-by-day';
import type { SellerRating } from '../../projections/seller-ratings';
import type { ShipmentTracking } from '../../projections/shipments';
import type { StockLevel } from '../../projections/stock-levels';
import type { Warehouse } from '../../projections/warehouses';
import type { WorldLinkDocument } from '../../projections/world-links';

/** The page of a list. `first`: 1 to 100. */
export type PageAsked = Pick<Query, 'first' | 'after' | 'backwards'>;

/** A list that is read in pages, and counted. */
export type Listing<Document> = {
  page(asked: PageAsked): Promise<Page<Document>>;
  /** Returns how many there are, but at most `max`. */
  countUpTo(max: number): Promise<number>;
};

export type ProductSort = 'NAME' | 'PRICE' | 'PRICE_DESCENDING' | 'NEWEST' | 'RATING';
export type ProductsAsked = {
  /** Words, the last one a prefix. With a text, the read model sets the order and `sort` is ignored. */
  readonly text?: string;
  readonly category?: string;
  readonly sort: ProductSort;
};

export type ReviewSort = 'NEWEST' | 'RATING' | 'RATING_DESCENDING';
/** `subject`: `product:<id>` or `seller:<id>`. */
export type ReviewsAsked = { readonly subject: string; readonly sort: ReviewSort };

export type OrdersAsked = {
  /** Absent for the orders of all customers. */
  readonly customerId?: AccountId;
  readonly status?: OrderStatus;
  /** The name in the list that they were imported from. Not together with `status`. */
  readonly reference?: string;
  readonly soldFrom?: Instant;
  readonly soldBefore?: Instant;
};

/** The name under which the bus announces changes, without a version. */
type Announced = { readonly collection: string };

type ById<Id, Document> = {
  /** In no particular order; ids that are missing are left out. */
  getMany(ids: readonly Id[]): Promise<readonly Stored<Document>[]>;
};

/**
 * The queries of the edge to the read models. Each throws Fault `READ_MODELS_UNAVAILABLE`, and with a cursor
 * `QUERY_INVALID`.
 */
export type Readers = {
  readonly accounts: ById<AccountId, Account>;
  readonly carts: ById<AccountId, Cart>;
  readonly products: ById<ProductId, CatalogueProduct> & {
    /** Products that are sold. */
    list(asked: ProductsAsked): Listing<CatalogueProduct>;
  };
  readonly orders: ById<OrderId, OrderDetails> &
    Announced & {
      /** The latest sale first. */
      list(asked: OrdersAsked): Listing<OrderDetails>;
    };
  readonly shipments: ById<ShipmentId, ShipmentTracking> &
    Announced & {
      byTrackingNumber(trackingNumber: string): Promise<Stored<ShipmentTracking> | undefined>;
      byNumber(number: number): Promise<Stored<ShipmentTracking> | undefined>;
      ofOrder(orderId: OrderId): Promise<readonly Stored<ShipmentTracking>[]>;
    };
  readonly warehouses: ById<WarehouseId, Warehouse> & {
    /** All of them, by number; at most 1000. */
    list(): Promise<readonly Warehouse[]>;
  };
  readonly stock: {
    /** In every warehouse that has, or had, any. */
    ofProduct(productId: ProductId): Promise<readonly StockLevel[]>;
    ofWarehouse(warehouseId: WarehouseId): Listing<StockLevel>;
  };
  readonly reviews: ById<ReviewId, Review> & {
    list(asked: ReviewsAsked): Listing<Review>;
    byAuthor(authorId: AccountId): Listing<Review>;
  };
  /** None for a seller without reviews. */
  readonly sellerRatings: ById<AccountId, SellerRating>;
  readonly exchanges: {
    /** Newest first. */
    ofLink(link: string): Listing<ExchangeLogEntry>;
    /** Entries that wait for staff, newest first. */
    parked(): Listing<ExchangeLogEntry>;
  };
  readonly sales: {
    /** The days from the first to the last, both included, the earliest first. */
    list(days: { readonly from?: string; readonly to?: string }): Listing<SalesDay>;
  };
  readonly worldLinks: {
    list(): Promise<readonly WorldLinkDocument[]>;
    /** Commands that the link's World has not acked yet. */
    unacked(link: string): Promise<number>;
  };
};
