import { setImmediate as nextTurn } from 'node:timers/promises';
import { epochMsOf, instantOf, type Instant } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { Fault } from '../../../platform/faults';
import { orderDetails, type OrderDetails } from '../../../projections/order-details';
import { shipments, type ShipmentTracking } from '../../../projections/shipments';
import { stockLevels, type StockLevel } from '../../../projections/stock-levels';
import { warehouses } from '../../../projections/warehouses';
import type { EdgeContext, EdgeServices } from '../context';
import type { Listing } from '../readers/readers';
import { totalOfLine } from './orders';
import { allowed, type Concept } from './resolvers';
import { dayGiven } from './sales';

type Days = { readonly from?: string | null; readonly to?: string | null };

/** The most orders that one figure is computed from. More are a matter for `waybill query`. */
const ORDERS_MAX = 10_000;
const LEVELS_MAX = 100_000;
const PAGE = 200;
const TOP_MAX = 100;
const DAY_MS = 86_400_000;

const dayArguments = `
    "The first day, in UTC: \`2026-01-31\`."
    from: String
    "The last day, in UTC: \`2026-01-31\`."
    to: String`;

const typeDefs = `
extend type Query {
  "The products of the orders that were sold on these days and not cancelled, those with the most pieces first. At most ${ORDERS_MAX} orders. For staff and analysts."
  topProducts(${dayArguments}
    "Returns up to this number of products: 1 to ${TOP_MAX}."
    first: Int = 20
  ): [ProductSales!]
  "The times that parcels took, for each warehouse: the delivered parcels of the orders that were sold on these days. At most ${ORDERS_MAX} orders. For staff and analysts."
  deliveryTimes(${dayArguments}
  ): [DeliveryTimes!]
  "The stock of each warehouse. For staff and analysts."
  stockByWarehouse: [WarehouseStock!]
}

"The sales of one product in one currency."
type ProductSales {
  "The ID of the product."
  productId: ID!
  "The seller's own key of the product."
  sku: String!
  "The product's name when it was last ordered."
  name: String!
  "The pieces in the orders."
  pieces: SafeInt!
  "The price of those pieces, after discounts."
  sold: Money!
}

"The times that the delivered parcels of one warehouse took, on average."
type DeliveryTimes {
  "The warehouse."
  warehouseId: ID!
  "The number of delivered parcels."
  parcels: SafeInt!
  "The seconds from the creation of a parcel until it was packed."
  packingSeconds: Float!
  "The seconds from the creation of a parcel until it was delivered."
  deliverySeconds: Float!
}

"The sums of the stock of one warehouse."
type WarehouseStock {
  "The warehouse."
  warehouseId: ID!
  "The name of the warehouse."
  name: String!
  "The number of products that it has or had."
  products: SafeInt!
  "The pieces that are free to be sold."
  onHand: SafeInt!
  "The pieces that are set aside for orders."
  reserved: SafeInt!
  "The pieces that orders wait for."
  backordered: SafeInt!
  "The pieces that were requested and have not arrived."
  onOrder: SafeInt!
  "The number of products with fewer pieces than their threshold."
  low: SafeInt!
}
`;

/** Yields all documents of a list, page by page, and lets other requests run in between. */
async function* every<D>(listing: Listing<D>, max: number): AsyncGenerator<D> {
  if ((await listing.countUpTo(max + 1)) > max)
    throw new Fault('INPUT_INVALID', `There are more than ${max}: choose fewer days, or use waybill query`);
  let after: string | undefined;
  do {
    const page = await listing.page({ first: PAGE, after });
    for (const { document } of page.items) yield document;
    after = page.hasMore ? page.items.at(-1)?.cursor : undefined;
    await nextTurn();
  } while (after !== undefined);
}

const ordersOf = (days: Days, { readers }: EdgeServices): AsyncGenerator<OrderDetails> => {
  const [from, to] = [dayGiven('from', days.from), dayGiven('to', days.to)];
  const midnight = (day: string): Instant => `${day}T00:00:00.000Z` as Instant;
  const listing = readers.orders.list({
    soldFrom: from === null ? undefined : midnight(from),
    soldBefore: to === null ? undefined : instantOf(epochMsOf(midnight(to)) + DAY_MS),
  });
  return every(listing, ORDERS_MAX);
};

type ProductSales = {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly pieces: number;
  readonly sold: { readonly currency: CurrencyCode; readonly amountMinor: number };
};

const topProducts = async (
  { first, ...days }: Days & { readonly first?: number | null },
  services: EdgeServices,
): Promise<readonly ProductSales[]> => {
  const count = first ?? 20;
  if (count < 1 || count > TOP_MAX)
    throw new Fault('INPUT_INVALID', `first: give 1 to ${TOP_MAX}, not ${count}`);
  const sales = new Map<string, ProductSales>();
  for await (const { status, lines } of ordersOf(days, services)) {
    if (status === 'CANCELLED') continue;
    for (const line of lines) {
      const { productId, sku, name, quantity } = line;
      const { amountMinor, currency } = totalOfLine(line);
      const key = `${productId}/${currency}`;
      const before = sales.get(key);
      sales.set(key, {
        productId,
        sku,
        // The latest sale comes first.
        name: before?.name ?? name,
        pieces: (before?.pieces ?? 0) + quantity,
        sold: {
          currency,
          amountMinor: (before?.sold.amountMinor ?? 0) + amountMinor,
        },
      });
    }
  }
  const byName = (a: ProductSales, b: ProductSales): number => (a.productId < b.productId ? -1 : 1);
  return [...sales.values()].sort((a, b) => b.pieces - a.pieces || byName(a, b)).slice(0, count);
};

type Times = { parcels: number; packingMs: number; deliveryMs: number };

const timeOf = ({ timeline }: ShipmentTracking, type: string): number | undefined => {
  const at = timeline.find((entry) => entry.type === type)?.at;
  return at && epochMsOf(at);
};

const seconds = (ms: number, parcels: number): number => Math.round(ms / parcels) / 1_000;

const deliveryTimes = async (days: Days, services: EdgeServices): Promise<readonly object[]> => {
  const times = new Map<number, Times>();
  const add = (parcel: ShipmentTracking): void => {
    const [created, packed, delivered] = [
      epochMsOf(parcel.createdAt),
      timeOf(parcel, 'ShipmentPacked'),
      timeOf(parcel, 'ShipmentDelivered'),
    ];
    if (packed === undefined || delivered === undefined) return;
    const sums = times.get(parcel.warehouseId) ?? { parcels: 0, packingMs: 0, deliveryMs: 0 };
    times.set(parcel.warehouseId, {
      parcels: sums.parcels + 1,
      packingMs: sums.packingMs + packed - created,
      deliveryMs: sums.deliveryMs + delivered - created,
    });
  };
  let ids: string[] = [];
  const read = async (): Promise<void> => {
    const found = await services.readers.shipments.getMany(ids);
    found.forEach(({ document }) => add(document));
    ids = [];
  };
  for await (const order of ordersOf(days, services)) {
    ids.push(...order.shipments.map(({ id }) => id));
    if (ids.length >= PAGE) await read();
  }
  await read();
  return [...times]
    .sort(([a], [b]) => a - b)
    .map(([warehouseId, { parcels, packingMs, deliveryMs }]) => ({
      warehouseId: String(warehouseId),
      parcels,
      packingSeconds: seconds(packingMs, parcels),
      deliverySeconds: seconds(deliveryMs, parcels),
    }));
};

const summed = (levels: readonly StockLevel[], field: 'onHand' | 'reserved' | 'backordered' | 'onOrder') =>
  levels.reduce((sum, level) => sum + level[field], 0);

const stockByWarehouse = async ({ readers }: EdgeServices): Promise<readonly object[]> => {
  const all: object[] = [];
  for (const { warehouseId, name } of await readers.warehouses.list()) {
    const levels: StockLevel[] = [];
    for await (const level of every(readers.stock.ofWarehouse(warehouseId), LEVELS_MAX)) levels.push(level);
    all.push({
      warehouseId: String(warehouseId),
      name,
      products: levels.length,
      onHand: summed(levels, 'onHand'),
      reserved: summed(levels, 'reserved'),
      backordered: summed(levels, 'backordered'),
      onOrder: summed(levels, 'onOrder'),
      low: levels.filter(({ isLow }) => isLow).length,
    });
  }
  return all;
};

/** The last computation of each edge: they run one after the other, so that analysts never take the time of shoppers at once. */
const running = new WeakMap<EdgeServices['readers'], Promise<unknown>>();

const inTurn = <Result>({ readers }: EdgeServices, work: () => Promise<Result>): Promise<Result> => {
  const next = (running.get(readers) ?? Promise.resolve()).catch(() => undefined).then(work);
  running.set(readers, next);
  return next;
};

/** Figures for analysts that are computed from the documents when they are read. */
export const figures: Concept = {
  typeDefs,
  readModels: {
    ProductSales: [orderDetails],
    DeliveryTimes: [orderDetails, shipments],
    WarehouseStock: [stockLevels, warehouses],
  },
  resolvers: {
    Query: {
      topProducts: allowed(
        'report:read',
        (args: Parameters<typeof topProducts>[0], { services }: EdgeContext) =>
          inTurn(services, () => topProducts(args, services)),
      ),
      deliveryTimes: allowed('report:read', (days: Days, { services }: EdgeContext) =>
        inTurn(services, () => deliveryTimes(days, services)),
      ),
      stockByWarehouse: allowed('report:read', (_args: object, { services }: EdgeContext) =>
        inTurn(services, () => stockByWarehouse(services)),
      ),
    },
  },
};
