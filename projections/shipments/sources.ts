import { shipment } from '../../domain/shipment';
import type { ShipmentEvent } from '../../domain/shipment';
import type { Instant } from '../../domain/kernel';
import { streamName } from '../../platform/event-store';
import type { RecordedEvent, StreamName } from '../../platform/event-store';
import type { EventOf } from '../runtime';
import type { ShipmentTracking } from './document';
import { shipments } from './project';
import { shipmentEntry } from './story';

/** The streams that a shipment's document comes from. For time travel. */
export const shipmentStreams = ({ id }: Pick<ShipmentTracking, 'id'>): readonly StreamName[] => [
  streamName(shipment.category, id),
];

/** When a fact happened, as the timeline of a shipment tells it; undefined for a fact that a shipment does not show. */
export const shipmentFactAt = (event: RecordedEvent): Instant | undefined =>
  Object.hasOwn(shipments.handlers, event.type)
    ? shipmentEntry(event as EventOf<ShipmentEvent>).at
    : undefined;
