import type { CarrierMessageId } from '../kernel';

type Of = { readonly carrierMessageId: CarrierMessageId };

export type CarrierMessageRejection =
  | (Of & { readonly code: 'CARRIER_MESSAGE_NOT_FOUND' })
  /** It has had its effect. */
  | (Of & { readonly code: 'CARRIER_MESSAGE_SETTLED' });
