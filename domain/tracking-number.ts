import { accept, reject, unreachable, type Decider, type Decision, type Fact } from './kernel';
import type { Instant, ShipmentId } from './kernel';

type EventsOf = { carrier: string; trackingNumber: string; shipmentId: ShipmentId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** From now on the number identifies this shipment among the carrier's open ones. */
export type TrackingNumberClaimed = Fact<'TrackingNumberClaimed', EventsOf & { claimedAt: Instant }>;
/** The shipment has another number, or was not given this one. */
export type TrackingNumberReleased = Fact<'TrackingNumberReleased', EventsOf & { releasedAt: Instant }>;

export type TrackingNumberEvent = TrackingNumberClaimed | TrackingNumberReleased;

export const trackingNumberEventTypes = {
  TrackingNumberClaimed: true,
  TrackingNumberReleased: true,
} as const satisfies Record<TrackingNumberEvent['type'], true>;

type OfNumber = {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shipmentId: ShipmentId;
  readonly at: Instant;
};
/** `over`: a delivered or cancelled shipment that had the number, which may be used again. */
type ClaimTrackingNumber = OfNumber & {
  readonly type: 'ClaimTrackingNumber';
  readonly over?: ShipmentId | undefined;
};
type ReleaseTrackingNumber = OfNumber & { readonly type: 'ReleaseTrackingNumber' };

export type TrackingNumberCommand = ClaimTrackingNumber | ReleaseTrackingNumber;
export type TrackingNumberRejection = {
  readonly code: 'TRACKING_NUMBER_TAKEN';
  readonly trackingNumber: string;
};

/** A tracking number of a carrier, with one stream. `changes`: the number of claims and releases. */
export type TrackingNumberState = { readonly holder: ShipmentId | undefined; readonly changes: number };

const initial: TrackingNumberState = { holder: undefined, changes: 0 };

const evolve = ({ changes }: TrackingNumberState, event: TrackingNumberEvent): TrackingNumberState => {
  switch (event.type) {
    case 'TrackingNumberClaimed':
      return { holder: event.data.shipmentId, changes: changes + 1 };
    case 'TrackingNumberReleased':
      return { holder: undefined, changes: changes + 1 };
    default:
      return unreachable(event);
  }
};

type TrackingNumberDecision = Decision<TrackingNumberEvent, TrackingNumberRejection>;

const claim = (
  { carrier, trackingNumber, shipmentId, over, at }: ClaimTrackingNumber,
  { holder }: TrackingNumberState,
): TrackingNumberDecision => {
  if (holder === shipmentId) return accept();
  // Two open parcels under one number could not be distinguished.
  if (holder !== undefined && holder !== over)
    return reject({ code: 'TRACKING_NUMBER_TAKEN', trackingNumber });
  const data = { carrier, trackingNumber, shipmentId, claimedAt: at };
  return accept({ type: 'TrackingNumberClaimed', data });
};

const release = (
  { carrier, trackingNumber, shipmentId, at }: ReleaseTrackingNumber,
  { holder }: TrackingNumberState,
): TrackingNumberDecision => {
  // Another shipment has the number by now.
  if (holder !== shipmentId) return accept();
  const data = { carrier, trackingNumber, shipmentId, releasedAt: at };
  return accept({ type: 'TrackingNumberReleased', data });
};

const decide = (command: TrackingNumberCommand, state: TrackingNumberState): TrackingNumberDecision => {
  switch (command.type) {
    case 'ClaimTrackingNumber':
      return claim(command, state);
    case 'ReleaseTrackingNumber':
      return release(command, state);
    default:
      return unreachable(command);
  }
};

export const trackingNumber: Decider<
  TrackingNumberState,
  TrackingNumberCommand,
  TrackingNumberEvent,
  TrackingNumberRejection
> = { category: 'tracking_number', initial, decide, evolve };
