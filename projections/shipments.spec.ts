import type { SerialNumber } from '../domain/kernel';
import { shipment, statusAfter } from '../domain/shipment';
import type { ShipmentEvent } from '../domain/shipment';
import { erased } from '../tests/support/domain/erased';
import { erasedPlace } from '../domain/kernel';
import { itProjects, projected } from '../tests/support/projections/it-projects';
import {
  at,
  customerId,
  event,
  items,
  offers,
  orderId,
  otherTruck,
  place,
  shipmentId as id,
  truckId,
  warehouseId,
} from '../tests/support/domain/shipments';
import { everyStep } from '../tests/support/domain/walk';
import { shipments, shipmentStreams } from './shipments';
import type { ShipmentTracking } from './shipments';

const entry = ({ type }: ShipmentEvent, summary: string) => ({ at, type, summary });

const created: ShipmentTracking = {
  id,
  number: 501,
  orderId,
  orderNumber: 1001,
  customerId,
  warehouseId,
  destination: place,
  carrierAccount: null,
  status: 'PACKING',
  truckId: null,
  trackingNumber: null,
  isParked: false,
  failure: null,
  items,
  createdAt: at,
  timeline: [entry(event.created, 'Parcel 501 is being packed at warehouse 7.')],
};

/** A row that begins with `before` and says what the fact changes besides adding its sentence. */
const row = (
  on: ShipmentEvent,
  summary: string,
  changes: Partial<ShipmentTracking> = {},
  before = created,
) => ({
  on,
  because: summary,
  touches: [
    { id, before, after: { ...before, ...changes, timeline: [...before.timeline, entry(on, summary)] } },
  ],
});
const failed: ShipmentTracking = { ...created, status: 'FAILED', failure: 'no such warehouse', truckId };

const moved = 'Parcel 501 goes to (-7, 4) from now on.';
const movedAway = 'Parcel 501 goes to an erased place from now on.';
const change = event.destinationChanged({ x: -7, y: 4 });

itProjects(shipments, [
  {
    on: erased(customerId, `shipment-${id}`, 'order-1'),
    because: 'goes to a person who was erased',
    touches: [
      {
        id,
        before: { ...created, carrierAccount: 'ada', timeline: [entry(change, moved)] },
        after: {
          ...created,
          ...{ carrierAccount: null, destination: erasedPlace },
          timeline: [entry(change, movedAway)],
        },
      },
    ],
  },
  { on: event.created, because: 'begins', touches: [{ id, after: created }] },
  {
    on: { ...event.created, data: { ...event.created.data, carrierAccount: 'ada42' } },
    because: "names the customer's account with the carrier",
    touches: [{ id, after: { ...created, carrierAccount: 'ada42' } }],
  },
  row(event.packed, 'Parcel 501 is packed.', { status: 'PACKED' }),
  row(event.truckDispatched(), 'Truck 21 is on its way to warehouse 7.', { truckId }),
  row(event.truckArrived(otherTruck), 'Truck 22 is at warehouse 7.', { truckId: otherTruck }),
  row(event.loadingStarted(), 'Parcel 501 is being loaded on truck 21.', { status: 'LOADING', truckId }),
  row(event.loaded(), 'Parcel 501 is on truck 21.', { status: 'LOADED', truckId }),
  row(event.deliveryStarted, 'Parcel 501 is on its way to the door.', { status: 'DELIVERING' }),
  row(event.delivered, 'Parcel 501 has been delivered.', { status: 'DELIVERED' }),
  row(event.tracking('1Z1'), 'Parcel 501 has the tracking number 1Z1.', { trackingNumber: '1Z1' }),
  row(event.destinationChanged({ x: -7, y: 4 }), 'Parcel 501 goes to (-7, 4) from now on.', {
    destination: { x: -7, y: 4 },
  }),
  row(event.failed('packing'), 'Parcel 501 could not be packed: no such warehouse.', {
    status: 'FAILED',
    failure: 'no such warehouse',
  }),
  row(event.failed('loading'), 'Parcel 501 could not be loaded: no such warehouse.', {
    status: 'FAILED',
    failure: 'no such warehouse',
  }),
  row(
    event.retriedPacking(2),
    'Parcel 501 is being packed again, attempt 2.',
    { status: 'PACKING', failure: null },
    failed,
  ),
  row(
    event.retriedLoading(3),
    'Parcel 501 is being loaded again, attempt 3.',
    { status: 'LOADING', failure: null },
    failed,
  ),
  row(
    event.parked('packing'),
    'Parcel 501 waits for a decision of the shop: no such warehouse.',
    { isParked: true },
    failed,
  ),
  row(
    event.retriedPacking(9),
    'Parcel 501 is being packed again, attempt 9.',
    { status: 'PACKING', failure: null, isParked: false },
    { ...failed, isParked: true },
  ),
  row(
    event.cancelled,
    'Parcel 501 was cancelled.',
    { status: 'CANCELLED', failure: null, isParked: false },
    { ...failed, isParked: true },
  ),
  row(event.statusRequested, 'News of parcel 501 was asked for.'),
  row(event.cancelled, 'Parcel 501 was cancelled.', { status: 'CANCELLED', failure: null }, failed),
  { on: event.packed, because: 'is of an unknown shipment', touches: [{ id }] },
]);

it('has the status of the shipment after each fact that can be', () => {
  for (const { before, decision } of everyStep(shipment, offers)) {
    if (!decision.ok) continue;
    let state = before;
    for (const fact of decision.events) {
      const next = shipment.evolve(state, fact);
      expect(statusAfter(fact) ?? state.status).toBe(next.status);
      state = next;
    }
  }
});

it('tells shipments apart', () => {
  const other = { ...event.created.data, shipmentId: 'other' as typeof id, number: 502 as SerialNumber };
  const documents = projected(shipments, [
    event.created,
    { ...event.created, data: other },
    event.packed,
  ] as const);
  expect([...documents.values()].map(({ number, status }) => [number, status])).toStrictEqual([
    [501, 'PACKED'],
    [502, 'PACKING'],
  ]);
});

it("comes from the shipment's own stream", () =>
  expect(shipmentStreams(created)).toStrictEqual([`shipment-${id}`]));
