import type { CarrierInboundId } from '../kernel';

export type CarrierInboundRejection = {
  readonly code: 'CARRIER_INBOUND_NOT_FOUND' | 'CARRIER_INBOUND_APPLIED';
  readonly carrierInboundId: CarrierInboundId;
};
