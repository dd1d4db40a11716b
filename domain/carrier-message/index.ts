import type { Decider } from '../kernel';
import type { CarrierMessageCommand } from './commands';
import { decide } from './decide';
import type { CarrierMessageEvent } from './events';
import type { CarrierMessageRejection } from './rejections';
import { evolve, initial, type CarrierMessageState } from './state';

/** One message to a carrier, until it is acknowledged: our outbox, a stream a message. */
export const carrierMessage: Decider<
  CarrierMessageState,
  CarrierMessageCommand,
  CarrierMessageEvent,
  CarrierMessageRejection
> = {
  category: 'carrier_message',
  initial,
  decide,
  evolve,
  begins: ({ type }) => type === 'QueueCarrierMessage',
};
export { carrierMessageEventTypes } from './events';
// prettier-ignore
export type {
  CarrierMessageAcked, CarrierMessageAlarmed, CarrierMessageEvent, CarrierMessageQueued, CarrierMessageRequeued, CarrierNotice,
} from './events';
export type { CarrierMessageCommand, CarrierMessageRejection, CarrierMessageState };
