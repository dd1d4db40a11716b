export { carriersOf } from './carriers-of-config';
export { startUpsGateway } from './gateway';
export type { UpsGateway, UpsGatewayDeps } from './gateway';
export { carrierReactions } from './reactions';
export type { ReactionsDeps } from './reactions';
export { upsGatewayLimits } from './settings';
export type { CarrierConfig, UpsGatewayLimits } from './settings';
export { createShipments } from './shipments';
export type { Shipments, ShipmentsDeps } from './shipments';
