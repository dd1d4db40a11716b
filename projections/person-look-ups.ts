import { afterSalesStatuses, type AfterSalesStatus } from '../domain/after-sales';
import type { AccountId, Millis, ProductId } from '../domain/kernel';
import type { OrderStatus } from '../domain/order';
import type { Clock } from '../platform/clock';
import type { EventStore } from '../platform/event-store';
import { Fault } from '../platform/faults';
import { checkpointWait, openReader, type Reader } from '../platform/projections';
import type { Document, Query, ReadModels } from '../platform/read-models';
import { afterSalesRequests } from './after-sales';
import { catalogue, type CatalogueProduct } from './catalogue';
import { orderDetails } from './order-details';
import { personalStreams } from './personal-streams';
import { sellerOrders } from './seller-orders';

/** The numbers of what is open between a person and the shop, each at most 100. */
export type OpenMatters = {
  /** Orders of the customer whose goods or money are under way. */
  readonly orders: number;
  /** After-sales requests of the customer, or about goods of the seller. */
  readonly requests: number;
  /** Orders of others with goods of the seller. */
  readonly sales: number;
};

/** Answers about a person. */
export type PersonLookUps = {
  /** Waits until the answers count all events that are stored now. @throws Fault `READ_MODELS_UNAVAILABLE`. */
  readonly catchUp: () => Promise<void>;
  /** Returns the streams with personal data of the person, in the order of their names. */
  readonly streamsOf: (person: AccountId) => Promise<readonly string[]>;
  readonly openMattersOf: (person: AccountId) => Promise<OpenMatters>;
  /** Returns the products of the seller that are withdrawn, or those that are not, by their names. */
  readonly productsOf: (
    seller: AccountId,
    { areWithdrawn }: { readonly areWithdrawn: boolean },
  ) => Promise<readonly ProductId[]>;
};

const CATCH_UP_MS = 10_000 as Millis;
const PAGE = 1_000;
const COUNT_MAX = 100;
/** The latest sales of a seller that are searched for open ones. */
const SALES_MAX = 10_000;

const openOrders: readonly OrderStatus[] = ['PLACED', 'PAID', 'SHIPPED', 'REFUNDING'];
const ended: readonly AfterSalesStatus[] = ['REFUNDED', 'REPLACED', 'WITHDRAWN', 'CLOSED'];
const openRequests = afterSalesStatuses.filter((status) => !ended.includes(status));

const sum = (numbers: readonly number[]): number =>
  Math.min(
    COUNT_MAX,
    numbers.reduce((all, one) => all + one, 0),
  );

/** Returns all documents that an index finds, page by page. */
const everyOf = async <D extends Document>(
  reader: Reader<D>,
  found: Pick<Query, 'index' | 'where'>,
): Promise<readonly D[]> => {
  const documents: D[] = [];
  let after: string | undefined;
  for (;;) {
    const { items, hasMore } = await reader.list({ ...found, first: PAGE, after });
    documents.push(...items.map(({ document }) => document));
    if (!hasMore) return documents;
    after = items.at(-1)?.cursor;
  }
};

export const personLookUpsIn = (
  readModels: ReadModels,
  { store, clock }: { readonly store: Pick<EventStore, 'head'>; readonly clock: Clock },
): PersonLookUps => {
  const projections = [personalStreams, orderDetails, afterSalesRequests, sellerOrders, catalogue];
  const names = projections.map(({ collection }) => collection.name);
  const wait = checkpointWait(readModels, projections, clock);
  const streams = openReader(readModels, personalStreams, clock);
  const orders = openReader(readModels, orderDetails, clock);
  const requests = openReader(readModels, afterSalesRequests, clock);
  const sales = openReader(readModels, sellerOrders, clock);
  const products = openReader(readModels, catalogue, clock);

  const countOpenSales = async (sellerId: AccountId): Promise<number> => {
    let open = 0;
    let after: string | undefined;
    for (let searched = 0; searched < SALES_MAX && open < COUNT_MAX; searched += PAGE) {
      const query = {
        index: 'by_seller',
        where: { sellerId },
        order: 'descending',
        first: PAGE,
        after,
      } as const;
      const { items, hasMore } = await sales.list(query);
      const found = await orders.getMany(items.map(({ document }) => document.orderId));
      open += found.filter(({ document }) => openOrders.includes(document.status)).length;
      if (!hasMore) break;
      after = items.at(-1)?.cursor;
    }
    return Math.min(open, COUNT_MAX);
  };

  const countRequests = (
    index: string,
    where: Readonly<Record<string, string>>,
  ): Promise<readonly number[]> =>
    Promise.all(
      openRequests.map((status) => requests.countUpTo({ index, where: { ...where, status } }, COUNT_MAX)),
    );

  return {
    catchUp: async () => {
      const head = await store.head();
      if (head === undefined || (await wait(names, head, CATCH_UP_MS))) return;
      throw new Fault('READ_MODELS_UNAVAILABLE', 'The read models do not show the latest events yet.');
    },
    streamsOf: async (personId) => {
      const found = await everyOf(streams, { index: 'by_person', where: { personId } });
      return found.map(({ stream }) => stream);
    },
    openMattersOf: async (person) => {
      const index = 'by_customer_and_status';
      const ownOrders = openOrders.map((status) =>
        orders.countUpTo({ index, where: { customerId: person, status } }, COUNT_MAX),
      );
      const ownRequests = await countRequests(index, { customerId: person });
      const received = await countRequests('by_seller_and_status', { sellerId: person });
      return {
        orders: sum(await Promise.all(ownOrders)),
        requests: sum([...ownRequests, ...received]),
        sales: await countOpenSales(person),
      };
    },
    productsOf: async (sellerId, { areWithdrawn }) => {
      const found = await everyOf(products, { index: 'by_seller', where: { sellerId } });
      // A document of version 6 has no such field.
      const wanted = found.filter(
        ({ isWithdrawn = false }: Partial<CatalogueProduct>) => isWithdrawn === areWithdrawn,
      );
      return wanted.map(({ id }) => id);
    },
  };
};
