export { shipmentStatusSchema } from './collection';
export type { ShipmentTracking } from './document';
export { shipments } from './project';
export { shipmentEntry, statusAfter } from './story';
