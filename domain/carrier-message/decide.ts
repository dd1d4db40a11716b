import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import type {
  CarrierMessageCommand,
  QueueCarrierMessage,
  RaiseCarrierAlarm,
  RecordCarrierAck,
  RequeueCarrierMessage,
} from './commands';
import type { CarrierMessageEvent } from './events';
import type { CarrierMessageRejection } from './rejections';
import type { CarrierMessageState } from './state';

type CarrierMessageDecision = Decision<CarrierMessageEvent, CarrierMessageRejection>;
type Known = Exclude<CarrierMessageState, { status: 'none' }>;

const queue = (
  { carrierMessageId, carrier, seqnum, notice, at }: QueueCarrierMessage,
  state: CarrierMessageState,
): CarrierMessageDecision =>
  // The id is derived from the cause: the same cause tells once, under its first number.
  state.status === 'none'
    ? accept({
        type: 'CarrierMessageQueued',
        data: { carrierMessageId, carrier, seqnum, notice, queuedAt: at },
      })
    : accept();

const recordAck = (
  { carrierMessageId, at }: RecordCarrierAck,
  { status, carrier }: Known,
): CarrierMessageDecision =>
  // An ack that comes after the alarm is as good as any.
  status === 'acked'
    ? accept()
    : accept({ type: 'CarrierMessageAcked', data: { carrierMessageId, carrier, ackedAt: at } });

const raiseAlarm = (
  { carrierMessageId, tries, reason, at }: RaiseCarrierAlarm,
  { status, carrier }: Known,
): CarrierMessageDecision =>
  status === 'queued'
    ? accept({
        type: 'CarrierMessageAlarmed',
        data: { carrierMessageId, carrier, tries, reason, alarmedAt: at },
      })
    : accept();

const requeue = (
  { carrierMessageId, at }: RequeueCarrierMessage,
  { status, carrier }: Known,
): CarrierMessageDecision => {
  switch (status) {
    case 'queued':
      return accept();
    // The carrier has it.
    case 'acked':
      return reject({ code: 'CARRIER_MESSAGE_SETTLED', carrierMessageId });
    case 'alarmed':
      return accept({ type: 'CarrierMessageRequeued', data: { carrierMessageId, carrier, requeuedAt: at } });
    default:
      return unreachable(status);
  }
};

export const decide = (
  command: CarrierMessageCommand,
  state: CarrierMessageState,
): CarrierMessageDecision => {
  if (command.type === 'QueueCarrierMessage') return queue(command, state);
  if (state.status === 'none')
    return reject({ code: 'CARRIER_MESSAGE_NOT_FOUND', carrierMessageId: command.carrierMessageId });
  switch (command.type) {
    case 'RecordCarrierAck':
      return recordAck(command, state);
    case 'RaiseCarrierAlarm':
      return raiseAlarm(command, state);
    case 'RequeueCarrierMessage':
      return requeue(command, state);
    default:
      return unreachable(command);
  }
};
