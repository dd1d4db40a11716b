import type { DueOrders, Site, Warehouses } from '../../commands/workflows';
import type { AccountId, Instant, OrderId, ProductId, SerialNumber } from '../../domain/kernel';
import type { ReadModels } from '../../platform/read-models';
import { accounts } from '../../projections/accounts';
import type { Account } from '../../projections/accounts';
import { carrierInbox } from '../../projections/carrier-inbox';
import { carrierMessages } from '../../projections/carrier-messages';
import { carts } from '../../projections/carts';
import { catalogue } from '../../projections/catalogue';
import type { CatalogueProduct } from '../../projections/catalogue';
import { deadlines } from '../../projections/deadlines';
import type { Deadline } from '../../projections/deadlines';
import { exchangeLog } from '../../projections/exchange-log';
import { orderDetails } from '../../projections/order-details';
import { payments } from '../../projections/payments';
import { reviews } from '../../projections/reviews';
import { runProjections, type AnyProjection, type ProjectionRuntime } from '../../projections/runtime';
import { sellerRatings } from '../../projections/seller-ratings';
import { shipments } from '../../projections/shipments';
import { stockLevels } from '../../projections/stock-levels';
import { warehouses } from '../../projections/warehouses';
import type { Warehouse } from '../../projections/warehouses';
import { worldCommands } from '../../projections/world-commands';
import { worldLinks } from '../../projections/world-links';
import type { Engines, Surroundings } from './engines';

/** Every read model there is. */
export const allProjections: readonly AnyProjection[] = [
  accounts,
  carrierInbox,
  carrierMessages,
  carts,
  catalogue,
  deadlines,
  exchangeLog,
  orderDetails,
  payments,
  reviews,
  sellerRatings,
  shipments,
  stockLevels,
  warehouses,
  worldCommands,
  worldLinks,
];

/** Makes every collection where it is absent, so that whoever reads first finds an empty one rather than none. */
export const ensureCollections = async (readModels: ReadModels): Promise<void> => {
  for (const { collection } of allProjections) await readModels.ensure(collection);
};

export const startProjections = (
  { store, readModels, bus }: Engines,
  surroundings: Surroundings,
): Promise<ProjectionRuntime> =>
  runProjections({ store, readModels, bus, projections: allProjections, ...surroundings });

const WAREHOUSES_MAX = 1_000;

/** Look-ups that commands, workflows and gateways make; they may lag a little behind the events. */
export type LookUps = {
  readonly warehouses: Warehouses;
  readonly dueOrders: DueOrders;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
};

const siteOf = ({ warehouseId, x, y, active }: Warehouse): Site => ({ warehouseId, place: { x, y }, active });

export const lookUpsIn = (readModels: ReadModels): LookUps => ({
  warehouses: async () => {
    const query = { index: 'by_number', order: 'ascending', first: WAREHOUSES_MAX } as const;
    const page = await readModels.list<Warehouse>(warehouses.collection, query);
    return page.items.map(({ document }) => siteOf(document));
  },
  dueOrders: async (now: Instant, limit: number): Promise<readonly OrderId[]> => {
    const query = { index: 'by_pay_by', range: { lt: now }, order: 'ascending', first: limit } as const;
    const page = await readModels.list<Deadline>(deadlines.collection, query);
    return page.items.map(({ document }) => document.id);
  },
  productByNumber: async (number) => {
    const query = { index: 'by_number', where: { number }, first: 1 } as const;
    const page = await readModels.list<CatalogueProduct>(catalogue.collection, query);
    return page.items[0]?.document.id;
  },
  emailOf: async (customerId) => {
    const stored = await readModels.get<Account>(accounts.collection, customerId);
    return stored?.document.email;
  },
});
