import type {
  AInitWarehouse,
  APack,
  AProduct,
  APurchaseMore,
  APutOnTruck,
  AQuery,
} from '../../../proto/world';
import {
  DESCRIPTION_CHARACTERS_MAX,
  SHIPMENTS_MAX,
  STOCK_ROWS_MAX,
  THINGS_MAX,
  WAREHOUSES_MAX,
  type Refusal,
} from './limits';
import { workMs } from './pace';
import { sortOut, type Settling } from './settling';
import { stockKey, type Moment, type Purchase, type Shipment, type WorldState } from './state';
import { beginLoading, endLoading, isAtWarehouse } from './trucks';

/** Adds the missing warehouses: all of them, or none. */
export const addWarehouses = (world: WorldState, warehouses: readonly AInitWarehouse[]): Settling => {
  const sorted = sortOut('warehouse', warehouses, (id) => world.warehouses.get(id));
  if (!sorted.ok) return sorted;
  if (world.warehouses.size + sorted.added.length > WAREHOUSES_MAX)
    return { ok: false, refusal: `a world has at most ${WAREHOUSES_MAX} warehouses` };
  for (const { id, x, y } of sorted.added) world.warehouses.put(id, { id, x, y });
  return sorted.settled;
};

const whyNotThings = (things: readonly AProduct[]): Refusal | undefined => {
  if (things.length === 0) return 'no things are named';
  if (things.length > THINGS_MAX) return `at most ${THINGS_MAX} things are taken at once`;
  const wrong = things.find(({ count }) => count <= 0);
  if (wrong) return `the count of product ${wrong.id} is ${wrong.count}, not positive`;
  const characters = things.reduce((sum, { description }) => sum + description.length, 0);
  if (characters > DESCRIPTION_CHARACTERS_MAX) return 'the descriptions are too long';
  return undefined;
};

/** Buys products for a warehouse; a new product is created. */
export const buy = (world: WorldState, command: APurchaseMore, moment: Moment): Refusal | undefined => {
  const { whnum, things } = command;
  if (!world.warehouses.get(whnum)) return `there is no warehouse ${whnum}`;
  const refusal = whyNotThings(things);
  if (refusal) return refusal;
  if (world.stock.size + things.length > STOCK_ROWS_MAX) return 'this world has room for no more products';
  const dueAt = moment.now + workMs('purchase', world.settings.speed, moment.random);
  world.putPurchase({ whnum, things, dueAt });
  return undefined;
};

export const purchaseArrives = (world: WorldState, key: number, { whnum, things }: Purchase): void => {
  world.purchases.delete(key);
  for (const thing of things) world.addStock(whnum, thing);
  world.sendToAmazon({ kind: 'arrived', body: { whnum, things } });
};

/** Adds up the quantities of each product, because a product may be listed twice. */
const totals = (things: readonly AProduct[]): Map<bigint, number> => {
  const sums = new Map<bigint, number>();
  for (const { id, count } of things) sums.set(id, (sums.get(id) ?? 0) + count);
  return sums;
};

/** Packs a shipment; its products leave the stock now, all of them or none. */
export const pack = (world: WorldState, command: APack, moment: Moment): Refusal | undefined => {
  const { whnum, shipid, things } = command;
  if (!world.warehouses.get(whnum)) return `there is no warehouse ${whnum}`;
  const refusal = whyNotThings(things);
  if (refusal) return refusal;
  if (world.shipments.get(shipid)) return `shipment ${shipid} exists already`;
  if (world.shipments.size >= SHIPMENTS_MAX) return 'this world has room for no more shipments';
  const wanted = totals(things);
  for (const [product, count] of wanted) {
    const inStock = world.stock.get(stockKey(whnum, product))?.count ?? 0;
    if (inStock < count) return `warehouse ${whnum} holds ${inStock} of product ${product}, not ${count}`;
  }
  for (const [product, count] of wanted) takeStock(world, stockKey(whnum, product), count);
  const dueAt = moment.now + workMs('packing', world.settings.speed, moment.random);
  world.putShipment({ shipid, whnum, status: 'packing', dueAt });
  return undefined;
};

const takeStock = (world: WorldState, key: string, count: number): void => {
  const existing = world.stock.get(key);
  if (existing) world.stock.put(key, { ...existing, count: existing.count - count });
};

/** Loads a packed shipment on a truck at its warehouse. */
export const load = (world: WorldState, command: APutOnTruck, moment: Moment): Refusal | undefined => {
  const { whnum, truckid, shipid } = command;
  if (!world.warehouses.get(whnum)) return `there is no warehouse ${whnum}`;
  const shipment = world.shipments.get(shipid);
  if (!shipment) return `there is no shipment ${shipid}`;
  if (shipment.whnum !== whnum)
    return `shipment ${shipid} is at warehouse ${shipment.whnum}, not at ${whnum}`;
  if (shipment.status !== 'packed') return `shipment ${shipid} is ${shipment.status}, not packed`;
  const truck = world.trucks.get(truckid);
  if (!truck) return `there is no truck ${truckid}`;
  if (!isAtWarehouse(truck, whnum)) return `truck ${truckid} is not at warehouse ${whnum}`;
  const dueAt = moment.now + workMs('loading', world.settings.speed, moment.random);
  world.putShipment({ shipid, whnum, status: 'loading', truckid, dueAt });
  beginLoading(world, truck, whnum);
  return undefined;
};

/** Finishes the packing or the loading of a shipment. */
export const shipmentIsDue = (world: WorldState, shipment: Shipment, now: number): void => {
  const { shipid, whnum, truckid } = shipment;
  if (shipment.status === 'packing') {
    world.putShipment({ shipid, whnum, status: 'packed' });
    world.sendToAmazon({ kind: 'ready', body: { shipid } });
  } else if (shipment.status === 'loading' && truckid !== undefined) {
    world.putShipment({ shipid, whnum, status: 'loaded', truckid });
    world.sendToAmazon({ kind: 'loaded', body: { shipid } });
    const truck = world.trucks.get(truckid);
    if (truck) endLoading(world, truck, now);
  }
};

export const queryPackage = (world: WorldState, { packageid }: AQuery): Refusal | undefined => {
  const shipment = world.shipments.get(packageid);
  if (!shipment) return `there is no package ${packageid}`;
  world.sendToAmazon({ kind: 'packagestatus', body: { packageid, status: shipment.status } });
  return undefined;
};
