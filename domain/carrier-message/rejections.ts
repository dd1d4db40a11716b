import type { CarrierMessageId } from '../kernel';

export type CarrierMessageRejection = {
  readonly code: 'CARRIER_MESSAGE_NOT_FOUND';
  readonly carrierMessageId: CarrierMessageId;
};
