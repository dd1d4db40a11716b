import type { CarrierMessageId, Instant, SerialNumber } from '../kernel';
import type { CarrierNotice } from './events';

type To = { readonly carrierMessageId: CarrierMessageId; readonly at: Instant };

export type QueueCarrierMessage = To & {
  readonly type: 'QueueCarrierMessage';
  readonly carrier: string;
  readonly seqnum: SerialNumber;
  readonly notice: CarrierNotice;
};
export type RecordCarrierAck = To & { readonly type: 'RecordCarrierAck' };
/** The limit of tries was reached. */
export type RaiseCarrierAlarm = To & {
  readonly type: 'RaiseCarrierAlarm';
  readonly tries: number;
  readonly reason: string;
};
/** Has an alarmed message tried again. */
export type RequeueCarrierMessage = To & { readonly type: 'RequeueCarrierMessage' };

export type CarrierMessageCommand =
  QueueCarrierMessage | RecordCarrierAck | RaiseCarrierAlarm | RequeueCarrierMessage;
