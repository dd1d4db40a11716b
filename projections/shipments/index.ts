export { shipmentStatusSchema } from './collection';
export type { ShipmentTracking } from './document';
export { shipments } from './project';
export { shipmentStreams } from './sources';
export { shipmentEntry, statusAfter } from './story';
