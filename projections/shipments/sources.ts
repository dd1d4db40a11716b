import { shipment } from '../../domain/shipment';
import { streamName } from '../../platform/event-store';
import type { StreamName } from '../../platform/event-store';
import type { ShipmentTracking } from './document';

/** The streams that a shipment's document comes from. For time travel. */
export const shipmentStreams = ({ id }: Pick<ShipmentTracking, 'id'>): readonly StreamName[] => [
  streamName(shipment.category, id),
];
