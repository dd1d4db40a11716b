import { accept, reject, unreachable, type Decider, type Decision, type Fact } from './kernel';
import type { Instant, ShipmentId } from './kernel';

type EventsOf = { carrier: string; trackingNumber: string; shipmentId: ShipmentId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** From now on the number names this shipment, among the open ones of the carrier. */
export type TrackingNumberClaimed = Fact<'TrackingNumberClaimed', EventsOf & { claimedAt: Instant }>;
/** The shipment has another number, or did not get this one. */
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
/** `over`: a shipment that is delivered or cancelled, so that its number may name another one. */
type ClaimTrackingNumber = OfNumber & {
  readonly type: 'ClaimTrackingNumber';
  readonly over?: ShipmentId;
};
type ReleaseTrackingNumber = OfNumber & { readonly type: 'ReleaseTrackingNumber' };

export type TrackingNumberCommand = ClaimTrackingNumber | ReleaseTrackingNumber;
export type TrackingNumberRejection = {
  readonly code: 'TRACKING_NUMBER_TAKEN';
  readonly trackingNumber: string;
};

/** A number of a carrier, one stream each. `changes`: how often it was claimed or released. */
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
  // Two parcels on the road under one number could not be told apart.
  if (holder !== undefined && holder !== over)
    return reject({ code: 'TRACKING_NUMBER_TAKEN', trackingNumber });
  const data = { carrier, trackingNumber, shipmentId, claimedAt: at };
  return accept({ type: 'TrackingNumberClaimed', data });
};

const release = (
  { carrier, trackingNumber, shipmentId, at }: ReleaseTrackingNumber,
  { holder }: TrackingNumberState,
): TrackingNumberDecision => {
  // Another shipment has it by now.
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
