export { shipmentStatusSchema } from './collection';
export type { ShipmentTracking } from './document';
export { shipments } from './project';
export { shipmentFactAt, shipmentStreams } from './sources';
export { shipmentEntry, statusAfter } from './story';
