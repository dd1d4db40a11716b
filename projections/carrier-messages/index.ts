export type { CarrierMessageDocument } from './document';
export { carrierMessages } from './project';
