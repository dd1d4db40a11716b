import type { CarrierInboundId } from '../kernel';

export type CarrierInboundRejection = {
  readonly code: 'CARRIER_INBOUND_NOT_FOUND';
  readonly carrierInboundId: CarrierInboundId;
};
