import type {
  AccountId,
  AfterSalesId,
  Instant,
  OrderId,
  PictureId,
  Place,
  ProductId,
  SerialNumber,
  WarehouseId,
} from '../domain/kernel';
import type { Clock } from '../platform/clock';
import { openReader } from '../platform/projections';
import type { ReadModels } from '../platform/read-models';
import { accounts } from './accounts';
import { afterSalesRequests } from './after-sales';
import { catalogue } from './catalogue';
import { deadlines } from './deadlines';
import { heldNotifications, type HeldNotification } from './held-notifications';
import { pictures } from './pictures';
import { scheduledPrices } from './scheduled-prices';
import { waitingPaymentsIn } from './waiting-payments';
import { warehouses } from './warehouses';

const WAREHOUSES_MAX = 1_000;

/** A warehouse, its location, and whether it takes new orders. */
export type WarehouseSite = {
  readonly warehouseId: WarehouseId;
  readonly place: Place;
  readonly active: boolean;
};

/** Answers that reactors and gateways need from the read models. They may lag a little behind the events. */
export type LookUps = {
  /** Returns all warehouses, at most 1,000, by their numbers. */
  readonly warehouses: () => Promise<readonly WarehouseSite[]>;
  /** Returns orders that are unpaid after their `payBy`, the oldest first. */
  readonly dueOrders: (now: Instant, limit: number) => Promise<readonly OrderId[]>;
  /** Returns after-sales requests whose deadline is over, the longest one first. */
  readonly dueAfterSales: (now: Instant, limit: number) => Promise<readonly AfterSalesId[]>;
  /** Returns notifications that wait for a time that has come, the longest one first. */
  readonly dueNotifications: (now: Instant, limit: number) => Promise<readonly HeldNotification[]>;
  /** Returns products with a scheduled price that begins or ends now, the longest due one first. */
  readonly dueProductPrices: (now: Instant, limit: number) => Promise<readonly ProductId[]>;
  /** Returns pictures that may have to be removed, the longest due first. */
  readonly duePictures: (now: Instant, limit: number) => Promise<readonly PictureId[]>;
  /** Returns up to `limit` payments of each kind that wait for their payer or for the provider, the oldest first. */
  readonly waitingPayments: ReturnType<typeof waitingPaymentsIn>;
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  readonly emailOf: (customerId: AccountId) => Promise<string | undefined>;
};

export const lookUpsIn = (readModels: ReadModels, clock: Clock): LookUps => {
  const sites = openReader(readModels, warehouses, clock);
  const unpaid = openReader(readModels, deadlines, clock);
  const requests = openReader(readModels, afterSalesRequests, clock);
  const held = openReader(readModels, heldNotifications, clock);
  const scheduled = openReader(readModels, scheduledPrices, clock);
  const products = openReader(readModels, catalogue, clock);
  const uploaded = openReader(readModels, pictures, clock);
  const customers = openReader(readModels, accounts, clock);
  return {
    warehouses: async () => {
      const { items } = await sites.list({ index: 'by_number', order: 'ascending', first: WAREHOUSES_MAX });
      return items.map(({ document: { warehouseId, x, y, active } }) => ({
        warehouseId,
        place: { x, y },
        active,
      }));
    },
    dueOrders: async (now, limit) => {
      const range = { lt: now };
      const { items } = await unpaid.list({ index: 'by_pay_by', range, order: 'ascending', first: limit });
      return items.map(({ document }) => document.id);
    },
    dueAfterSales: async (now, limit) => {
      // Text begins after null, which those without a deadline have.
      const range = { gte: '', lt: now };
      const { items } = await requests.list({ index: 'by_due', range, order: 'ascending', first: limit });
      return items.map(({ document }) => document.id);
    },
    dueNotifications: async (now, limit) => {
      const range = { lt: now };
      const { items } = await held.list({ index: 'by_until', range, order: 'ascending', first: limit });
      return items.map(({ document }) => document);
    },
    dueProductPrices: async (now, limit) => {
      const range = { lte: now };
      const { items } = await scheduled.list({ index: 'by_next', range, order: 'ascending', first: limit });
      return items.map(({ document }) => document.id);
    },
    duePictures: async (now, limit) => {
      // Text begins after null, which those have that are named.
      const range = { gte: '', lt: now };
      const { items } = await uploaded.list({ index: 'by_due', range, order: 'ascending', first: limit });
      return items.map(({ document }) => document.id);
    },
    waitingPayments: waitingPaymentsIn(readModels, clock),
    productByNumber: async (number) => {
      const { items } = await products.list({ index: 'by_number', where: { number }, first: 1 });
      return items[0]?.document.id;
    },
    emailOf: async (customerId) => (await customers.get(customerId))?.document.email,
  };
};
