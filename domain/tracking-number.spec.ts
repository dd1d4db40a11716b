import { given } from '../tests/support/domain/given';
import type { Instant, ShipmentId } from './kernel';
import { trackingNumber } from './tracking-number';
import type { TrackingNumberClaimed, TrackingNumberCommand, TrackingNumberReleased } from './tracking-number';

const at = '2026-01-31T08:00:00.000Z' as Instant;
const [one, other] = ['one', 'other'] as unknown as [ShipmentId, ShipmentId];
const of = { carrier: 'carrier:ups', trackingNumber: '1Z1' };

const claim = (shipmentId: ShipmentId, over?: ShipmentId): TrackingNumberCommand => ({
  ...{ type: 'ClaimTrackingNumber', ...of, shipmentId, at },
  over,
});
const release = (shipmentId: ShipmentId): TrackingNumberCommand => ({
  ...{ type: 'ReleaseTrackingNumber', ...of, shipmentId, at },
});
const claimed = (shipmentId: ShipmentId): TrackingNumberClaimed => ({
  ...{ type: 'TrackingNumberClaimed', data: { ...of, shipmentId, claimedAt: at } },
});
const released = (shipmentId: ShipmentId): TrackingNumberReleased => ({
  ...{ type: 'TrackingNumberReleased', data: { ...of, shipmentId, releasedAt: at } },
});
const taken = { code: 'TRACKING_NUMBER_TAKEN', trackingNumber: '1Z1' } as const;

describe('a tracking number', () => {
  it('is claimed by one shipment', () =>
    given(trackingNumber, [])
      .when(claim(one))
      .then([claimed(one)]));

  it('is not claimed by another one meanwhile', () => {
    given(trackingNumber, [claimed(one)])
      .when(claim(other))
      .thenRejected(taken);
    // The one that is over does not have it.
    given(trackingNumber, [claimed(one)])
      .when(claim(other, 'third' as ShipmentId))
      .thenRejected(taken);
  });

  it('is claimed by another one when the first is over', () =>
    given(trackingNumber, [claimed(one)])
      .when(claim(other, one))
      .then([claimed(other)]));

  it('is free once it is released', () =>
    given(trackingNumber, [claimed(one), released(one)])
      .when(claim(other))
      .then([claimed(other)]));

  it('is released by the shipment that has it', () => {
    given(trackingNumber, [claimed(one)])
      .when(release(one))
      .then([released(one)]);
    given(trackingNumber, [claimed(one), claimed(other)])
      .when(release(one))
      .then([]);
  });
});
