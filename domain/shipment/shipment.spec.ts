import { given } from '../../tests/support/domain/given';
import {
  at,
  command,
  event,
  items,
  otherTruck,
  place,
  shipmentId,
  truckId,
  warehouseId,
} from '../../tests/support/domain/shipments';
import { shipment } from './';
import type { ShipmentEvent, ShipmentRejection, ShipmentStatus } from './';

const elsewhere = { x: -7, y: 4 };

/** A history for each status, the usual way there. */
const created = [event.created];
const packed = [...created, event.packed];
const truckWaits = [...created, event.truckArrived()];
const loading = [...packed, event.truckArrived(), event.loadingStarted()];
const loaded = [...loading, event.loaded()];
const delivering = [...loaded, event.deliveryStarted];
const delivered = [...delivering, event.delivered];
const packingFailed = [...created, event.failed('packing')];
const loadingFailed = [...loading, event.failed('loading')];
const cancelled = [...created, event.cancelled];

type Case = readonly [ShipmentStatus, readonly ShipmentEvent[]];
const PACKING: Case = ['PACKING', created];
const PACKED: Case = ['PACKED', packed];
const LOADING: Case = ['LOADING', loading];
const LOADED: Case = ['LOADED', loaded];
const DELIVERING: Case = ['DELIVERING', delivering];
const DELIVERED: Case = ['DELIVERED', delivered];
const FAILED: Case = ['FAILED', packingFailed];
const FAILED_LOADING: Case = ['FAILED', loadingFailed];
const CANCELLED: Case = ['CANCELLED', cancelled];

const wrongStatus = (status: ShipmentStatus): ShipmentRejection => ({
  code: 'SHIPMENT_WRONG_STATUS',
  shipmentId,
  status,
});
const wrongTruck: ShipmentRejection = { code: 'WRONG_TRUCK', expected: truckId, actual: otherTruck };

describe('CreateShipment', () => {
  it('begins packing', () => given(shipment, []).when(command.create).then(created));

  it("carries the customer's account with the carrier", () =>
    given(shipment, [])
      .when({ ...command.create, carrierAccount: 'ada42' })
      .then([{ ...event.created, data: { ...event.created.data, carrierAccount: 'ada42' } }]));

  it('refuses the same id for another warehouse', () =>
    given(shipment, created)
      .when({ ...command.create, warehouseId: 8 as typeof warehouseId })
      .thenRejected({ code: 'SHIPMENT_ALREADY_CREATED', shipmentId }));

  it('refuses an empty one', () =>
    given(shipment, [])
      .when({ ...command.create, items: [] })
      .thenRejected({ code: 'SHIPMENT_EMPTY' }));

  it('refuses a destination off the grid', () =>
    given(shipment, [])
      .when({ ...command.create, destination: { x: 2 ** 31, y: 0 } })
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 2 ** 31, y: 0 } }));
});

describe('RecordPacked', () => {
  it('is packed and waits for its truck', () =>
    given(shipment, created).when(command.packed).then([event.packed]));

  it('is loaded at once when the truck waits already', () =>
    given(shipment, truckWaits).when(command.packed).then([event.packed, event.loadingStarted()]));

  it('is not loaded while the truck is only on its way', () =>
    given(shipment, [...created, event.truckDispatched()])
      .when(command.packed)
      .then([event.packed]));

  it.each([PACKED, LOADING, LOADED, DELIVERING, DELIVERED, FAILED_LOADING])(
    'has nothing new to record when %s',
    (_, history) => given(shipment, history).when(command.packed).then([]),
  );

  it.each([FAILED, CANCELLED])('is refused when %s', (status, history) =>
    given(shipment, history).when(command.packed).thenRejected(wrongStatus(status)),
  );
});

describe('RecordTruckDispatched', () => {
  it.each([PACKING, PACKED, FAILED])('is recorded when %s', (_, history) =>
    given(shipment, history).when(command.truckDispatched()).then([event.truckDispatched()]),
  );

  it('may be another truck until one has arrived', () =>
    given(shipment, [...created, event.truckDispatched()])
      .when(command.truckDispatched(otherTruck))
      .then([event.truckDispatched(otherTruck)]));

  it.each([LOADING, LOADED, DELIVERED])('has nothing new to record of the same truck when %s', (_, history) =>
    given(shipment, history).when(command.truckDispatched()).then([]),
  );

  it.each([['PACKING with a truck at the warehouse', truckWaits] as const, LOADING, LOADED, DELIVERED])(
    'refuses another truck when %s',
    (_, history) =>
      given(shipment, history).when(command.truckDispatched(otherTruck)).thenRejected(wrongTruck),
  );

  it('may be another truck once loading has failed', () =>
    given(shipment, loadingFailed)
      .when(command.truckDispatched(otherTruck))
      .then([event.truckDispatched(otherTruck)]));

  it('is refused when CANCELLED', () =>
    given(shipment, cancelled).when(command.truckDispatched()).thenRejected(wrongStatus('CANCELLED')));
});

describe('RecordTruckArrived', () => {
  it('is remembered before the shipment is packed', () =>
    given(shipment, created).when(command.truckArrived()).then([event.truckArrived()]));

  it('starts loading what is packed', () =>
    given(shipment, packed)
      .when(command.truckArrived())
      .then([event.truckArrived(), event.loadingStarted()]));

  it('may be another truck than the one that was dispatched', () =>
    given(shipment, [...packed, event.truckDispatched()])
      .when(command.truckArrived(otherTruck))
      .then([event.truckArrived(otherTruck), event.loadingStarted(otherTruck)]));

  it('refuses a truck at another warehouse', () =>
    given(shipment, packed)
      .when({ ...command.truckArrived(), warehouseId: 8 as typeof warehouseId })
      .thenRejected({ code: 'WRONG_WAREHOUSE', expected: warehouseId, actual: 8 as typeof warehouseId }));

  it.each([['PACKING with a truck at the warehouse', truckWaits] as const, LOADING, LOADED, DELIVERED])(
    'refuses another truck when %s',
    (_, history) => given(shipment, history).when(command.truckArrived(otherTruck)).thenRejected(wrongTruck),
  );

  it.each([LOADING, LOADED, DELIVERING, DELIVERED, FAILED_LOADING])(
    'has nothing new to record of the same truck when %s',
    (_, history) => given(shipment, history).when(command.truckArrived()).then([]),
  );

  it('may be another truck once loading has failed; the retry then uses that one', () => {
    given(shipment, loadingFailed)
      .when(command.truckArrived(otherTruck))
      .then([event.truckArrived(otherTruck)]);
    given(shipment, [...loadingFailed, event.truckArrived(otherTruck)])
      .when(command.retry)
      .then([event.retriedLoading(2, otherTruck)]);
  });

  it('is refused when CANCELLED', () =>
    given(shipment, cancelled).when(command.truckArrived()).thenRejected(wrongStatus('CANCELLED')));
});

describe('RecordLoaded', () => {
  it('is on its truck', () => given(shipment, loading).when(command.loaded).then([event.loaded()]));

  it('says where the parcel goes now', () =>
    given(shipment, [...loading, event.destinationChanged(elsewhere)])
      .when(command.loaded)
      .then([event.loaded(elsewhere)]));

  it.each([LOADED, DELIVERING, DELIVERED])('has nothing new to record when %s', (_, history) =>
    given(shipment, history).when(command.loaded).then([]),
  );

  it.each([PACKING, PACKED, FAILED, FAILED_LOADING, CANCELLED])('is refused when %s', (status, history) =>
    given(shipment, history).when(command.loaded).thenRejected(wrongStatus(status)),
  );
});

describe('RecordDeliveryStarted', () => {
  it('is on its way', () =>
    given(shipment, loaded).when(command.deliveryStarted).then([event.deliveryStarted]));

  it.each([DELIVERING, DELIVERED])('has nothing new to record when %s', (_, history) =>
    given(shipment, history).when(command.deliveryStarted).then([]),
  );

  it.each([PACKING, PACKED, LOADING, FAILED, CANCELLED])('is refused when %s', (status, history) =>
    given(shipment, history).when(command.deliveryStarted).thenRejected(wrongStatus(status)),
  );
});

describe('RecordDelivered', () => {
  it.each([DELIVERING, LOADED])('is delivered from %s', (_, history) =>
    given(shipment, history).when(command.delivered).then([event.delivered]),
  );

  it.each([PACKING, PACKED, LOADING, FAILED, CANCELLED])(
    'is refused before it is on a truck: %s',
    (status, history) => given(shipment, history).when(command.delivered).thenRejected(wrongStatus(status)),
  );
});

describe('AssignTracking', () => {
  it.each([PACKING, PACKED, LOADING, LOADED, DELIVERING, DELIVERED, FAILED])(
    'is assigned when %s',
    (_, history) =>
      given(shipment, history)
        .when(command.tracking('1Z1'))
        .then([event.tracking('1Z1')]),
  );

  it('may be replaced', () =>
    given(shipment, [...created, event.tracking('1Z1')])
      .when(command.tracking('1Z2'))
      .then([event.tracking('1Z2')]));

  it('is not replaced after the delivery, but may be assigned late', () => {
    given(shipment, [...DELIVERED[1], event.tracking('1Z1')])
      .when(command.tracking('1Z2'))
      .thenRejected(wrongStatus('DELIVERED'));
    given(shipment, [...DELIVERED[1], event.tracking('1Z1')])
      .when(command.tracking('1Z1'))
      .then([]);
  });

  it.each(['996003263000037805', '1Z 999 AA1', 'RR-12.3/4_5', 'a'.repeat(64)])('may be "%s"', (number) =>
    given(shipment, created)
      .when(command.tracking(number))
      .then([event.tracking(number)]),
  );

  it.each(['[object Object]', '<b>1</b>', '1\n2', '1\u0000', '\u202e1Z', '1 ', '-1', 'Zoë', 'a'.repeat(65)])(
    'refuses "%s"',
    (number) =>
      given(shipment, created)
        .when(command.tracking(number))
        .thenRejected({ code: 'TRACKING_NUMBER_INVALID', trackingNumber: number }),
  );

  it('refuses a blank number', () =>
    given(shipment, created).when(command.tracking(' ')).thenRejected({ code: 'TRACKING_NUMBER_EMPTY' }));

  it('is refused when CANCELLED', () =>
    given(shipment, cancelled).when(command.tracking('1Z1')).thenRejected(wrongStatus('CANCELLED')));
});

describe('ChangeShipmentDestination', () => {
  it.each([PACKING, PACKED, LOADING, LOADED, DELIVERING, FAILED])('is possible when %s', (_, history) =>
    given(shipment, history)
      .when(command.destination(elsewhere))
      .then([event.destinationChanged(elsewhere)]),
  );

  it('has nothing to record of the same destination', () =>
    given(shipment, created).when(command.destination(place)).then([]));

  it.each([DELIVERED, CANCELLED])('is refused when %s', (status, history) =>
    given(shipment, history).when(command.destination(elsewhere)).thenRejected(wrongStatus(status)),
  );

  it('refuses a destination off the grid', () =>
    given(shipment, created)
      .when(command.destination({ x: 0, y: -(2 ** 31) - 1 }))
      .thenRejected({ code: 'PLACE_OUT_OF_RANGE', place: { x: 0, y: -(2 ** 31) - 1 } }));
});

describe('RecordShipmentFailure', () => {
  it('fails to be packed', () =>
    given(shipment, created)
      .when(command.failure('packing'))
      .then([event.failed('packing')]));

  it('fails to be packed for lack of goods, with the time when the World was asked', () => {
    const lacking = [items[0]!.productId];
    const failed = event.failed('packing', 2);
    given(shipment, [...packingFailed, event.retriedPacking(2)])
      .when({ ...command.failure('packing'), lacking })
      .then([{ ...failed, data: { ...failed.data, lacking, packingSince: at } }]);
  });

  it('fails to be loaded', () =>
    given(shipment, loading)
      .when(command.failure('loading'))
      .then([event.failed('loading')]));

  it.each([PACKED, LOADING, LOADED, DELIVERED, FAILED_LOADING, CANCELLED])(
    'of packing is refused when %s',
    (status, history) =>
      given(shipment, history).when(command.failure('packing')).thenRejected(wrongStatus(status)),
  );

  it.each([PACKING, PACKED, LOADED, DELIVERING, FAILED, CANCELLED])(
    'of loading is refused when %s',
    (status, history) =>
      given(shipment, history).when(command.failure('loading')).thenRejected(wrongStatus(status)),
  );
});

describe('RetryShipment', () => {
  it('packs again', () =>
    given(shipment, packingFailed)
      .when(command.retry)
      .then([event.retriedPacking(2)]));

  it('loads again', () =>
    given(shipment, loadingFailed)
      .when(command.retry)
      .then([event.retriedLoading(2)]));

  it('counts the attempts of each step', () => {
    const history = [...packingFailed, event.retriedPacking(2), event.failed('packing')];
    given(shipment, history)
      .when(command.retry)
      .then([event.retriedPacking(3)]);
    const loadingThen = [...packingFailed, event.retriedPacking(2), event.packed, event.truckArrived()];
    given(shipment, [...loadingThen, event.loadingStarted(), event.failed('loading')])
      .when(command.retry)
      .then([event.retriedLoading(2)]);
  });

  it('lets the truck that came meanwhile be loaded after packing', () => {
    const history = [...packingFailed, event.truckArrived(), event.retriedPacking(2)];
    given(shipment, history).when(command.packed).then([event.packed, event.loadingStarted()]);
  });

  it.each([PACKING, PACKED, LOADING, LOADED, DELIVERED, CANCELLED])(
    'is refused when %s and never failed',
    (status, history) => given(shipment, history).when(command.retry).thenRejected(wrongStatus(status)),
  );
});

describe('RequestShipmentStatus', () => {
  it.each([LOADED, DELIVERING])(
    'requests the status from the carrier, each time again, when %s',
    (_, history) =>
      given(shipment, history)
        .when(command.requestStatus)
        .then([event.statusRequested], { again: 'new events' }),
  );

  it.each([PACKING, PACKED, LOADING, FAILED, FAILED_LOADING])(
    'is refused while no truck has it: %s',
    (status, history) =>
      given(shipment, history).when(command.requestStatus).thenRejected(wrongStatus(status)),
  );

  it.each([DELIVERED, CANCELLED])('is refused once it is over: %s', (status, history) =>
    given(shipment, history).when(command.requestStatus).thenRejected(wrongStatus(status)),
  );
});

describe('CancelShipment', () => {
  it.each([PACKING, PACKED, LOADING, FAILED, FAILED_LOADING])('is possible when %s', (_, history) =>
    given(shipment, history).when(command.cancel).then([event.cancelled]),
  );

  it.each([LOADED, DELIVERING, DELIVERED])('is refused once it is on a truck: %s', (status, history) =>
    given(shipment, history).when(command.cancel).thenRejected(wrongStatus(status)),
  );
});

it.each([
  command.packed,
  command.truckDispatched(),
  command.truckArrived(),
  command.loaded,
  command.deliveryStarted,
  command.delivered,
  command.tracking('1Z1'),
  command.destination(elsewhere),
  command.failure('packing'),
  command.retry,
  command.requestStatus,
  command.cancel,
])('does not find an unknown shipment: $type', (unexpected) =>
  given(shipment, []).when(unexpected).thenRejected({ code: 'SHIPMENT_NOT_FOUND', shipmentId }),
);

it('refuses to fold a fact of a shipment that never began', () =>
  expect(() => shipment.evolve(shipment.initial, event.packed)).toThrow('ShipmentPacked'));
