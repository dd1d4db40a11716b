import type { OrderId, ShipmentId, WarehouseId, WorldCommandId } from '../../domain/kernel';
import { orderEventTypes, type OrderEvent } from '../../domain/order';
import { shipmentEventTypes, type ShipmentEvent, type ShipmentStatus } from '../../domain/shipment';
import { stockEventTypes, type StockEvent } from '../../domain/stock';
import { worldCommandEventTypes, type WorldCommandEvent } from '../../domain/world-command';
import type { StreamName } from '../../platform/event-store';
import { entryOf, isFact, type Book, type Breach } from './breach';

/** The history of one shipment, by event number. */
type Parcel = {
  /** The number of the event with which the order permitted loading. */
  leaveAt?: number;
  /** The number of the event that says that it was loaded: its own stream's or the World's response, the earlier one. */
  goneAt?: number;
  isLoaded: boolean;
  isLoadedByWorld: boolean;
  isDelivered: boolean;
  isCancelled: boolean;
  /** Goods that were returned to stock since it was created. */
  released: { readonly stream: StreamName; readonly quantity: number }[];
};

const begin = (): Parcel => ({
  isLoaded: false,
  isLoadedByWorld: false,
  isDelivered: false,
  isCancelled: false,
  released: [],
});

export type OrdersCalledOff = {
  /** As of the events that it has seen. */
  readonly isCalledOff: (orderId: OrderId) => boolean;
};

const partKey = (orderId: OrderId, warehouseId: WarehouseId): string => `${orderId} ${warehouseId}`;

/** Collects goods, money and trucks from the events, shipment by shipment. */
class Goods {
  readonly parcels = new Map<ShipmentId, Parcel>();
  readonly orderOf = new Map<ShipmentId, OrderId>();
  private readonly byPart = new Map<string, ShipmentId>();
  private readonly loads = new Map<WorldCommandId, ShipmentId>();
  readonly calledOffAt = new Map<OrderId, number>();

  constructor(private readonly orders: OrdersCalledOff) {}

  seeOrder({ type, data }: OrderEvent, at: number): void {
    if (type === 'OrderPartLoadingStarted') this.parcel(data.shipmentId).leaveAt ??= at;
    if (type !== 'OrderRefundRequested' && type !== 'OrderCancelled') return;
    if (this.orders.isCalledOff(data.orderId) && !this.calledOffAt.has(data.orderId))
      this.calledOffAt.set(data.orderId, at);
  }

  seeShipment({ type, data }: ShipmentEvent, at: number): void {
    const parcel = this.parcel(data.shipmentId);
    switch (type) {
      case 'ShipmentCreated':
        this.orderOf.set(data.shipmentId, data.orderId);
        this.byPart.set(partKey(data.orderId, data.warehouseId), data.shipmentId);
        return;
      case 'ShipmentLoaded':
        parcel.isLoaded = true;
        parcel.goneAt ??= at;
        return;
      case 'ShipmentDelivered':
        parcel.isDelivered = true;
        parcel.goneAt ??= at;
        return;
      case 'ShipmentCancelled':
        parcel.isCancelled = true;
        return;
      default:
    }
  }

  seeWorld({ type, data }: WorldCommandEvent, at: number): void {
    if (type === 'WorldCommandQueued' && data.request.kind === 'load')
      this.loads.set(data.worldCommandId, data.request.shipmentId);
    const loaded = type === 'WorldCommandAnswered' ? this.loads.get(data.worldCommandId) : undefined;
    if (loaded === undefined) return;
    const parcel = this.parcel(loaded);
    parcel.isLoadedByWorld = true;
    parcel.goneAt ??= at;
  }

  seeStock({ type, data }: StockEvent, stream: StreamName): void {
    if (type !== 'StockReleased' && type !== 'StockRemoved') return;
    const { orderId, warehouseId, quantity } = data;
    if (orderId === undefined || quantity === 0) return;
    const shipmentId = this.byPart.get(partKey(orderId, warehouseId));
    if (shipmentId === undefined) return;
    const parcel = this.parcel(shipmentId);
    if (type === 'StockReleased') parcel.released.push({ stream, quantity });
    // A correction: the warehouse did not have the released goods, and they were not on hand again.
    else parcel.released = parcel.released.filter((released) => released.stream !== stream);
  }

  private parcel(shipmentId: ShipmentId): Parcel {
    return entryOf(this.parcels, shipmentId, begin);
  }
}

/** Returns the breaches of a shipment that was loaded. */
const wrongsOf = (goods: Goods, shipmentId: ShipmentId, parcel: Parcel, settled: boolean): Breach[] => {
  const { goneAt, leaveAt, isLoaded, isLoadedByWorld, isDelivered, isCancelled, released } = parcel;
  if (goneAt === undefined) return [];
  const breaches: Breach[] = [];
  if (isLoadedByWorld && !isLoaded && (isCancelled || settled)) {
    const status: ShipmentStatus | 'not on a truck' = isCancelled ? 'CANCELLED' : 'not on a truck';
    const detail = `the World has loaded it, and it is on record as ${status}`;
    breaches.push({ invariant: 'V9', subject: `shipment-${shipmentId}`, detail });
  }
  for (const { stream, quantity } of released) {
    const detail = `${quantity} are on hand again that left with shipment ${shipmentId}`;
    breaches.push({ invariant: 'V9', subject: stream, detail });
  }
  const orderId = goods.orderOf.get(shipmentId);
  const calledOffAt = orderId === undefined ? undefined : goods.calledOffAt.get(orderId);
  if (calledOffAt !== undefined && (leaveAt ?? goneAt) > calledOffAt) {
    const what = isDelivered ? 'delivered' : 'loaded';
    const detail = `its money was asked back, and after that shipment ${shipmentId} was ${what}`;
    breaches.push({ invariant: 'V10', subject: `order-${orderId}`, detail });
  }
  return breaches;
};

/**
 * Compares goods with money. V9: what the World loaded is recorded as loaded, and its goods are not on hand. V10: no goods are
 * loaded for an order after its refund was requested.
 *
 * @param orders - sees each event before this book does.
 */
export const goodsBook = (orders: OrdersCalledOff): Book => {
  const goods = new Goods(orders);
  let at = 0;
  return {
    see: (event) => {
      at += 1;
      if (isFact<OrderEvent>(orderEventTypes, event)) goods.seeOrder(event, at);
      else if (isFact<ShipmentEvent>(shipmentEventTypes, event)) goods.seeShipment(event, at);
      else if (isFact<WorldCommandEvent>(worldCommandEventTypes, event)) goods.seeWorld(event, at);
      else if (isFact<StockEvent>(stockEventTypes, event)) goods.seeStock(event, event.stream);
    },
    breaches: (settled) =>
      [...goods.parcels].flatMap(([shipmentId, parcel]) => wrongsOf(goods, shipmentId, parcel, settled)),
  };
};
