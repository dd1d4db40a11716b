import { given } from '../../tests/support/domain/given';
import { command, event, shipmentId } from '../../tests/support/domain/shipments';
import { shipment } from './';
import type { ShipmentEvent, ShipmentStatus } from './';

const packingFailed = [event.created, event.failed('packing')];
const loading = [event.created, event.packed, event.truckArrived(), event.loadingStarted()];
const loadingFailed = [...loading, event.failed('loading')];
const loaded = [...loading, event.loaded()];

const others: readonly (readonly [ShipmentStatus, readonly ShipmentEvent[]])[] = [
  ['PACKING', [event.created]],
  ['PACKED', [event.created, event.packed]],
  ['LOADING', loading],
  ['LOADED', loaded],
  ['DELIVERED', [...loaded, event.delivered]],
  ['CANCELLED', [event.created, event.cancelled]],
];
const wrongStatus = (status: ShipmentStatus) =>
  ({ code: 'SHIPMENT_WRONG_STATUS', shipmentId, status }) as const;

describe('ParkShipment', () => {
  it('leaves a failed step to staff, once', () => {
    given(shipment, packingFailed)
      .when(command.park)
      .then([event.parked('packing')]);
    given(shipment, loadingFailed)
      .when(command.park)
      .then([event.parked('loading')]);
  });

  it('is over with a retry, and is recorded again if that fails', () => {
    const retried = [...packingFailed, event.parked('packing'), event.retriedPacking(2)];
    given(shipment, retried).when(command.park).thenRejected(wrongStatus('PACKING'));
    given(shipment, [...retried, event.failed('packing', 2)])
      .when(command.park)
      .then([event.parked('packing')]);
  });

  it('allows a retry and the cancellation', () => {
    given(shipment, [...packingFailed, event.parked('packing')])
      .when(command.retry)
      .then([event.retriedPacking(2)]);
    given(shipment, [...packingFailed, event.parked('packing')])
      .when(command.cancel)
      .then([event.cancelled]);
  });

  it.each(others)('is refused when %s', (status, history) =>
    given(shipment, history).when(command.park).thenRejected(wrongStatus(status)),
  );
});
