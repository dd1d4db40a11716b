import type { ShipmentCreated, ShipmentEvent } from '../../domain/shipment';
import type { EventOf, Handler, Projection } from '../runtime';
import { withEntry } from '../timeline';
import { collection } from './collection';
import type { ShipmentTracking } from './document';
import { shipmentEntry, statusAfter } from './story';

const idOf = ({ data }: { readonly data: { readonly shipmentId: string } }) => [data.shipmentId];

const created = (event: EventOf<ShipmentCreated>): ShipmentTracking => ({
  id: event.data.shipmentId,
  number: event.data.number,
  orderId: event.data.orderId,
  orderNumber: event.data.orderNumber,
  customerId: event.data.customerId,
  warehouseId: event.data.warehouseId,
  destination: event.data.destination,
  carrierAccount: event.data.carrierAccount ?? null,
  status: 'PACKING',
  truckId: null,
  trackingNumber: null,
  failure: null,
  items: event.data.items,
  createdAt: event.data.createdAt,
  timeline: [shipmentEntry(event)],
});

/** Every fact tells its story and moves the status; `change` says what else it does. */
const on = <Fact extends ShipmentEvent>(
  change: (data: Fact['data']) => Partial<ShipmentTracking> = () => ({}),
): Handler<ShipmentTracking, Fact> => ({
  ids: idOf,
  evolve: (shipment, event) => {
    if (shipment === undefined) return undefined;
    const status = statusAfter(event) ?? shipment.status;
    return withEntry({ ...shipment, status, ...change(event.data) }, shipmentEntry(event));
  },
});

/** Where each shipment is, and how it got there. */
export const shipments: Projection<ShipmentTracking, ShipmentEvent> = {
  collection,
  handlers: {
    ShipmentCreated: { ids: idOf, evolve: (_, event) => created(event) },
    ShipmentPacked: on(),
    ShipmentTruckDispatched: on(({ truckId }) => ({ truckId })),
    ShipmentTruckArrived: on(({ truckId }) => ({ truckId })),
    ShipmentLoadingStarted: on(({ truckId }) => ({ truckId })),
    ShipmentLoaded: on(({ truckId }) => ({ truckId })),
    ShipmentDeliveryStarted: on(),
    ShipmentDelivered: on(),
    ShipmentTrackingAssigned: on(({ trackingNumber }) => ({ trackingNumber })),
    ShipmentDestinationChanged: on(({ destination }) => ({ destination })),
    ShipmentFailed: on(({ reason }) => ({ failure: reason })),
    ShipmentRetried: on(() => ({ failure: null })),
    ShipmentStatusRequested: on(),
    ShipmentCancelled: on(() => ({ failure: null })),
  },
};
