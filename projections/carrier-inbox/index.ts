export type { CarrierInboxDocument } from './document';
export { carrierInbox } from './project';
