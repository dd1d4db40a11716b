import DataLoader from 'dataloader';
import type { AccountId, OrderId, Realm } from '../../../domain/kernel';
import type { Document, Stored } from '../../../platform/read-models';
import type { OrderDetails } from '../../../projections/order-details';
import type { Permission } from '../../../commands/use-case/permissions';
import { mayRead, type Viewer } from '../access/caller';
import type { ReadById, Readers } from './readers';

/** The largest number of keys in one read. */
const KEYS_MAX = 500;

/**
 * Returns a function that loads one value by its key. Loads of the same turn of the event loop share one read, also those of
 * different requests. Nothing is cached: after a mutation the next load reads again.
 *
 * @param read - gets each key once. It leaves out the keys that have no value.
 */
export const batched = <Key, Value>(
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): ((key: Key) => Promise<Value | undefined>) => {
  const loader = new DataLoader<Key, Value | undefined>(
    async (keys) => {
      const values = await read([...new Set(keys)]);
      return keys.map((key) => values.get(key));
    },
    { cache: false, maxBatchSize: KEYS_MAX, batchScheduleFn: (send) => setImmediate(send) },
  );
  return (key) => loader.load(key);
};

/** The account that may read a document, and the permission of others to read it. No owner: everyone may. */
type Access<D> = {
  readonly ownerOf: (document: D) => AccountId | undefined;
  readonly or: Permission;
  /** The only realm in which the account may read it. Default: all. */
  readonly realm?: Realm;
};

/** The documents of one read model, as far as the viewer may read them. */
export class Loader<D extends Document> {
  readonly #load: (id: string) => Promise<Stored<D> | undefined>;

  constructor(
    reader: ReadById<D>,
    private readonly access: Access<D> | undefined,
    private readonly newId: () => string,
  ) {
    this.#load = batched(
      async (ids) => new Map((await reader.getMany(ids)).map((stored) => [stored.document.id, stored])),
    );
  }

  /** Returns the document, or null if there is none that the viewer may read. */
  async load(id: string, viewer: Viewer): Promise<D | null> {
    return (await this.loadStored(id, viewer))?.document ?? null;
  }

  /**
   * Returns the document with its position, or undefined if there is none that the viewer may read. In place of a document of
   * another account, a missing one is read: otherwise the faster answer from memory would reveal that the document exists.
   */
  async loadStored(id: string, viewer: Viewer): Promise<Stored<D> | undefined> {
    // Documents are stored under ids in lower case. Commands normalize ids in the same way.
    const stored = await this.#load(id.toLowerCase());
    if (stored === undefined || this.readable(stored.document, viewer) !== null) return stored;
    await this.loadMissing();
    return undefined;
  }

  /** Looks for a document that does not exist, which takes as long as loading one. */
  async loadMissing(): Promise<void> {
    await this.#load(this.newId());
  }

  /** Returns the document if the viewer may read it. */
  readable(document: D | undefined, viewer: Viewer): D | null {
    if (document === undefined) return null;
    const { access } = this;
    const isReadable =
      access === undefined || mayRead(viewer, access.ownerOf(document), access.or, access.realm);
    return isReadable ? document : null;
  }
}

const itself = ({ id }: { readonly id: string }): AccountId => id as AccountId;
const customer = ({ customerId }: { readonly customerId: AccountId }): AccountId => customerId;

const voter = ({ voterId }: { readonly voterId: AccountId }): AccountId => voterId;

/** Returns the author of a hidden document, which only the author and moderators may read. A review of version 1 of its read model has no such field. */
const authorOfHidden = ({
  authorId,
  hiddenFor = null,
}: {
  readonly authorId: AccountId;
  readonly hiddenFor?: string | null;
}): AccountId | undefined => (hiddenFor === null ? undefined : authorId);

export type OrderForSellers = Pick<
  OrderDetails,
  'number' | 'customerId' | 'soldAt' | 'status' | 'noteToSeller' | 'gift'
>;

/** Documents of version 9 have no words of the customer. */
const wordsIn = ({ noteToSeller = null, gift = null }: Partial<OrderDetails>) => ({ noteToSeller, gift });

const forSellers = (order: OrderDetails): OrderForSellers => {
  const { number, customerId, soldAt, status } = order;
  return { number, customerId, soldAt, status, ...wordsIn(order) };
};

/**
 * Creates the loaders that all requests share. This is the only place that says who may read single documents.
 *
 * @param newId - returns an id that no document has.
 */
export const createLoaders = (readers: Readers, newId: () => string) => {
  const loaderOf = <D extends Document>(reader: ReadById<D>, access?: Access<D>): Loader<D> =>
    new Loader(reader, access, newId);
  return {
    accounts: loaderOf(readers.accounts, { ownerOf: itself, or: 'account:read' }),
    /** Accounts of which clients see only the public fields, those of the type Seller. */
    sellers: loaderOf(readers.accounts),
    /** Those who see an account see its roles, too. */
    definedRoles: loaderOf(readers.definedRoles),
    merchants: loaderOf(readers.merchants, { ownerOf: itself, or: 'merchant:read' }),
    addressBooks: loaderOf(readers.addressBooks, { ownerOf: itself, or: 'account:read' }),
    carts: loaderOf(readers.carts, { ownerOf: itself, or: 'cart:read' }),
    products: loaderOf(readers.products),
    orders: loaderOf(readers.orders, { ownerOf: customer, or: 'order:read' }),
    /** For fields that demand the permission `order:hold`. */
    orderHolds: loaderOf(readers.orderHolds),
    /** For the field that demands the permission `order:note`. */
    orderNotes: loaderOf(readers.orderNotes),
    /** The requests of a customer. `afterSalesOfSellers` has those that their seller may read. */
    afterSales: loaderOf(readers.afterSales, { ownerOf: customer, or: 'after-sales:read' }),
    afterSalesOfSellers: loaderOf(readers.afterSales, {
      // The shop itself has no account: its goods are read by the customer and by those with the permission.
      ownerOf: ({ sellerId, customerId }) => sellerId ?? customerId,
      or: 'after-sales:read',
      realm: 'merchant',
    }),
    shipments: loaderOf(readers.shipments, { ownerOf: customer, or: 'shipment:read' }),
    invoices: loaderOf(readers.invoices, { ownerOf: customer, or: 'invoice:read' }),
    payments: loaderOf(readers.payments, { ownerOf: customer, or: 'payment:read' }),
    /** For staff: what customers see of promotions is in carts and orders. */
    promotions: loaderOf(readers.promotions),
    webhookEndpoints: loaderOf(readers.webhookEndpoints, {
      // No account has the id of the platform: its endpoints are for those with the permission.
      ownerOf: ({ ownerId }) => ownerId as AccountId,
      or: 'webhook:read',
      realm: 'merchant',
    }),
    productFamilies: loaderOf(readers.productFamilies),
    /** For the field that its seller and staff may read. */
    scheduledPrices: loaderOf(readers.scheduledPrices),
    shippingMethods: loaderOf(readers.shippingMethods),
    taxRates: loaderOf(readers.taxRates),
    warehouses: loaderOf(readers.warehouses),
    reviews: loaderOf(readers.reviews, { ownerOf: authorOfHidden, or: 'review:moderate' }),
    posts: loaderOf(readers.posts, { ownerOf: authorOfHidden, or: 'review:moderate' }),
    helpfulVotes: loaderOf(readers.helpfulVotes, { ownerOf: voter, or: 'review:change' }),
    sellerRatings: loaderOf(readers.sellerRatings),
    sellerOrders: loaderOf(readers.sellerOrders, {
      ownerOf: ({ sellerId }) => sellerId,
      or: 'order:read',
      realm: 'merchant',
    }),
    /** The part of an order that is also shown to the sellers of its products. */
    orderForSellers: batched(async (orderIds: readonly OrderId[]) => {
      const found = await readers.orders.getMany(orderIds);
      return new Map(found.map(({ document }) => [document.id, forSellers(document)]));
    }),
    /** The requests about goods of an order. `afterSales.readable` says which of them a viewer may read. */
    afterSalesOfOrder: batched(async (orderIds: readonly OrderId[]) => {
      const ofOrder = async (id: OrderId) => [id, await readers.afterSales.ofOrder(id)] as const;
      return new Map(await Promise.all(orderIds.map(ofOrder)));
    }),
    /** The invoices of an order. `invoices.readable` says which of them a viewer may read. */
    invoicesOfOrder: batched(async (orderIds: readonly OrderId[]) => {
      const ofOrder = async (id: OrderId) => [id, await readers.invoices.ofOrder(id)] as const;
      return new Map(await Promise.all(orderIds.map(ofOrder)));
    }),
    /** The shipments of an order. `shipments.readable` says which of them a viewer may read. */
    shipmentsOfOrder: batched(async (orderIds: readonly OrderId[]) => {
      const ofOrder = async (id: OrderId) => [id, await readers.shipments.ofOrder(id)] as const;
      return new Map(await Promise.all(orderIds.map(ofOrder)));
    }),
  };
};

export type Loaders = ReturnType<typeof createLoaders>;
