export type { CarrierWebhook, CloudEvent, ShipmentNotice } from './signed';
