export type { CarrierWebhook, CloudEvent, ShipmentNotice } from './signed';
export { envelopeTime, epochMsOfEnvelope } from './envelope';
