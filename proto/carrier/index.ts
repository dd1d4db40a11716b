export { envelopeTime, epochMsOfEnvelope } from './envelope';
export { webhookSchemas } from './schemas';
export type { DialectSchema } from './schemas';
export type { CarrierWebhook, ShipmentNotice } from './signed';
