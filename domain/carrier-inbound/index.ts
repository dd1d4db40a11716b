import type { Decider } from '../kernel';
import type { CarrierInboundCommand, InboundOutcome } from './commands';
import { decide } from './decide';
import type { CarrierInboundEvent } from './events';
import type { CarrierInboundRejection } from './rejections';
import { evolve, initial, type CarrierInboundState } from './state';

/** One message of a carrier's, from its receipt to what came of it: our inbox, a stream a message. */
export const carrierInbound: Decider<
  CarrierInboundState,
  CarrierInboundCommand,
  CarrierInboundEvent,
  CarrierInboundRejection
> = {
  category: 'carrier_inbound',
  initial,
  decide,
  evolve,
  begins: ({ type }) => type === 'ReceiveCarrierInbound',
};
export { carrierInboundEventTypes } from './events';
// prettier-ignore
export type {
  CarrierAnswer, CarrierDialect, CarrierInboundAnswered, CarrierInboundApplied, CarrierInboundEvent, CarrierInboundParked,
  CarrierInboundReceived, CarrierInboundRetried, CarrierReport,
} from './events';
export type { CarrierInboundCommand, CarrierInboundRejection, CarrierInboundState, InboundOutcome };
