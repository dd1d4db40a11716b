import type { AfterSalesStatus } from '../../../domain/after-sales';
import type { OrderStatus } from '../../../domain/order';
import type {
  AccountId,
  Instant,
  OrderId,
  PostId,
  ProductId,
  WarehouseId,
  WebhookEndpointId,
} from '../../../domain/kernel';
import type { WebhookOwner } from '../../../domain/webhook-endpoints';
import type { ParkedEvent } from '../../../platform/projections';
import type { ParkedDocument } from '../../../platform/reactions';
import type { Document, Page, Query, Stored } from '../../../platform/read-models';
import type { Account } from '../../../projections/accounts';
import type { AddressBook } from '../../../projections/address-books';
import type { AfterSalesDocument } from '../../../projections/after-sales';
import type { Cart } from '../../../projections/carts';
import type { CategoryTree } from '../../../projections/category-tree';
import type { CatalogueProduct } from '../../../projections/catalogue';
import type { DefinedRole } from '../../../projections/defined-roles';
import type { ExchangeLogEntry } from '../../../projections/exchange-log';
import type { Invoice } from '../../../projections/invoices';
import type { AccountErasure } from '../../../projections/account-erasures';
import type { Merchant } from '../../../projections/merchants';
import type { NotificationDocument } from '../../../projections/notifications';
import type { HelpfulVote } from '../../../projections/helpful-votes';
import type { ModerationCase } from '../../../projections/moderation-cases';
import type { OrderDetails } from '../../../projections/order-details';
import type { HeldOrder } from '../../../projections/order-holds';
import type { OrderNotes } from '../../../projections/order-notes';
import type { Payment } from '../../../projections/payments';
import type { Post } from '../../../projections/posts';
import type { PricePoint } from '../../../projections/price-history';
import type { ProductFamily } from '../../../projections/product-families';
import type { Promotion } from '../../../projections/promotions';
import type { ProductFacets, ProductNarrowing } from '../../../projections/product-search';
import type { Review } from '../../../projections/reviews';
import type { SalesDay } from '../../../projections/sales-by-day';
import type { ScheduledPrices } from '../../../projections/scheduled-prices';
import type { SellerOrder } from '../../../projections/seller-orders';
import type { SellerPayout } from '../../../projections/seller-payouts';
import type { SellerRating } from '../../../projections/seller-ratings';
import type { Session } from '../../../projections/sessions';
import type { ShipmentTracking } from '../../../projections/shipments';
import type { ShippingMethod } from '../../../projections/shipping-methods';
import type { CountryTax } from '../../../projections/tax-rates';
import type { StockLevel } from '../../../projections/stock-levels';
import type { Warehouse } from '../../../projections/warehouses';
import type { WebhookEndpoint } from '../../../projections/webhook-endpoints';
import type { WorldLinkDocument } from '../../../projections/world-links';

import type { WebhookDelivery } from '../../webhooks';

/** The page of a list that a client wants. `first`: 1 to 100. */
export type PageRequest = Pick<Query, 'first' | 'after' | 'backwards'>;

/** A list that is read in pages, and counted. */
export type Listing<D> = {
  page(request: PageRequest): Promise<Page<D>>;
  /** Returns the number of documents in the list, at most `max`. */
  countUpTo(max: number): Promise<number>;
  /** Returns whether the list is counted to its end; absent where it always is. */
  isCountedToEnd?: (() => Promise<boolean>) | undefined;
};

/** Without a text, `RELEVANCE` is `NAME`. */
export type ProductSort = 'RELEVANCE' | 'NAME' | 'PRICE' | 'PRICE_DESCENDING' | 'NEWEST' | 'RATING';
export type ProductFilter = ProductNarrowing & {
  /** Words or beginnings of words, of which each may have a typing error. */
  readonly text?: string | undefined;
  readonly sort: ProductSort;
};

/** `isExact`: whether all products were counted. */
export type CountedFacets = ProductFacets & { readonly isExact: boolean };

export type ProductListing = Listing<CatalogueProduct> & {
  /** Counts what each choice of a filter would show, among the first 1,000 products. */
  facets(): Promise<CountedFacets>;
};

export type ReviewSort = 'NEWEST' | 'RATING' | 'RATING_DESCENDING' | 'HELPFUL';
/** `subject`: `product:<id>` or `seller:<id>`. */
export type ReviewFilter = {
  readonly subject: string;
  readonly sort: ReviewSort;
  /** Only reviews with so many stars, the newest first: not together with another `sort`. */
  readonly stars?: number | undefined;
};

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

export type InvoiceFilter = {
  /** Without a series. */
  readonly customerId?: AccountId | undefined;
  readonly series?: string | undefined;
  /** Days: `2026-11-30`. */
  readonly issuedFrom?: string | undefined;
  readonly issuedBefore?: string | undefined;
};

export type AfterSalesFilter = {
  /** Of a customer, or of a seller. */
  readonly customerId?: AccountId | undefined;
  readonly sellerId?: AccountId | undefined;
  readonly status?: AfterSalesStatus | undefined;
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
  readonly accountErasures: {
    /** The latest first. */
    list(): Listing<AccountErasure>;
  };
  readonly merchants: ReadById<Merchant> & {
    /** The last changed first; those of all states where none is given. */
    list(status: Merchant['status'] | undefined): Listing<Merchant>;
  };
  readonly notifications: {
    /** The newest first. */
    list(filter: NotificationFilter): Listing<NotificationDocument>;
  };
  readonly addressBooks: ReadById<AddressBook>;
  readonly definedRoles: ReadById<DefinedRole> & {
    /** Those that are not retired, by name. */
    list(): Promise<readonly DefinedRole[]>;
  };
  readonly sessions: {
    /** The open sessions of an account, the latest log-in first. An expired one may be among them. */
    ofAccount(accountId: AccountId): Promise<readonly Session[]>;
  };
  readonly carts: ReadById<Cart>;
  readonly products: ReadById<CatalogueProduct> & {
    /** Products that are sold. */
    list(filter: ProductFilter): ProductListing;
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
    /** Those with this tag, the last tagged first. */
    tagged(tag: string): Listing<OrderDetails>;
    /** Those that staff hold, the longest held first. */
    held(): Listing<OrderDetails>;
  };
  /** None of an order that is not held. */
  readonly orderHolds: ReadById<HeldOrder>;
  /** None of an order without notes and tags. */
  readonly orderNotes: ReadById<OrderNotes>;
  readonly afterSales: ReadById<AfterSalesDocument> & {
    /** The newest first; all with a status, and of no customer or seller, by the time of the last step. */
    list(filter: AfterSalesFilter): Listing<AfterSalesDocument>;
    /** By their numbers. */
    ofOrder(orderId: OrderId): Promise<readonly AfterSalesDocument[]>;
  };
  readonly shipments: ReadById<ShipmentTracking> & {
    byTrackingNumber(trackingNumber: string): Promise<Stored<ShipmentTracking> | undefined>;
    byNumber(number: number): Promise<Stored<ShipmentTracking> | undefined>;
    ofOrder(orderId: OrderId): Promise<readonly Stored<ShipmentTracking>[]>;
  };
  readonly invoices: ReadById<Invoice> & {
    /** Those that have a number, the latest first. */
    list(filter: InvoiceFilter): Listing<Invoice>;
    byNumber(number: string): Promise<Invoice | undefined>;
    /** In the order in which they were issued. */
    ofOrder(orderId: OrderId): Promise<readonly Invoice[]>;
  };
  readonly warehouses: ReadById<Warehouse> & {
    /** All of them, by number; at most 1000. */
    list(): Promise<readonly Warehouse[]>;
  };
  readonly payments: ReadById<Payment>;
  readonly promotions: ReadById<Promotion> & {
    /** The newest first. */
    list(): Listing<Promotion>;
  };
  readonly priceHistory: {
    /** The prices of a product, the present one first. */
    ofProduct(productId: ProductId): Listing<PricePoint>;
  };
  /** One at most. */
  readonly categoryTree: ReadById<CategoryTree>;
  /** None of a product without a scheduled price. */
  readonly scheduledPrices: ReadById<ScheduledPrices>;
  readonly productFamilies: ReadById<ProductFamily> & {
    /** By name: all, those of a seller, or those of the shop itself (`null`). */
    list(sellerId?: AccountId | null): Listing<ProductFamily>;
  };
  readonly shippingMethods: ReadById<ShippingMethod> & {
    /** All of them, the longest offered first; at most 20. */
    list(): Promise<readonly ShippingMethod[]>;
  };
  readonly taxRates: ReadById<CountryTax> & {
    /** All of them, by country. */
    list(): Promise<readonly CountryTax[]>;
  };
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
  readonly posts: ReadById<Post> & {
    /** The questions on a product, the newest first. */
    questionsOn(productId: ProductId): Listing<Post>;
    /** The answers to a question, the most helpful first. */
    answersTo(question: PostId): Listing<Post>;
    /** The newest first. */
    byAuthor(authorId: AccountId): Listing<Post>;
  };
  readonly helpfulVotes: ReadById<HelpfulVote>;
  readonly moderationCases: {
    /** The oldest first. */
    list(state: ModerationCase['state']): Listing<ModerationCase>;
  };
  readonly sellerOrders: ReadById<SellerOrder> & {
    /** The latest sale first. */
    ofSeller(sellerId: AccountId): Listing<SellerOrder>;
  };
  readonly sellerPayouts: {
    /** The latest month first. */
    ofSeller(sellerId: AccountId): Listing<SellerPayout>;
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
  readonly webhookEndpoints: ReadById<WebhookEndpoint> & {
    /** The newest first; those of all owners where none is given. */
    list(ownerId: WebhookOwner | undefined): Listing<WebhookEndpoint>;
  };
  readonly webhookDeliveries: {
    /** The newest first. */
    ofEndpoint(
      endpointId: WebhookEndpointId,
      status: WebhookDelivery['status'] | undefined,
    ): Listing<WebhookDelivery>;
  };
  readonly worldLinks: {
    list(): Promise<readonly WorldLinkDocument[]>;
    /** Returns the number of commands that the link's World has not acknowledged yet. */
    unacked(link: string): Promise<number>;
  };
};
