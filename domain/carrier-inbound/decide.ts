import { accept, reject, unreachable } from '../kernel';
import type { Decision } from '../kernel';
import type {
  CarrierInboundCommand,
  InboundOutcome,
  ReceiveCarrierInbound,
  RetryCarrierInbound,
  SettleCarrierInbound,
} from './commands';
import type { CarrierInboundEvent } from './events';
import type { CarrierInboundRejection } from './rejections';
import type { CarrierInboundState } from './state';

type CarrierInboundDecision = Decision<CarrierInboundEvent, CarrierInboundRejection>;
type Known = Exclude<CarrierInboundState, { status: 'none' }>;

const receive = (
  { carrierInboundId, carrier, dialect, path, messageKey, report, body, at }: ReceiveCarrierInbound,
  state: CarrierInboundState,
): CarrierInboundDecision =>
  state.status === 'none'
    ? accept({
        type: 'CarrierInboundReceived',
        data: { carrierInboundId, carrier, dialect, path, messageKey, report, body, receivedAt: at },
      })
    : accept();

const outcomeEvents = (
  { carrierInboundId, at }: SettleCarrierInbound,
  state: Known,
  outcome: InboundOutcome,
): readonly CarrierInboundEvent[] => {
  const of = { carrierInboundId, carrier: state.carrier };
  // What was applied stays so; what was parked may be applied when people try it again.
  if (state.status === 'applied') return [];
  if (outcome.kind === 'applied') return [{ type: 'CarrierInboundApplied', data: { ...of, appliedAt: at } }];
  if (state.status === 'parked' && state.parkedFor === outcome.code) return [];
  const { code, reason } = outcome;
  return [{ type: 'CarrierInboundParked', data: { ...of, code, reason, parkedAt: at } }];
};

const settle = (command: SettleCarrierInbound, state: Known): CarrierInboundDecision => {
  const { carrierInboundId, outcome, answer, at } = command;
  const events = outcome === undefined ? [] : outcomeEvents(command, state, outcome);
  // The first answer is every copy's answer.
  if (answer === undefined || state.answer !== undefined) return accept(...events);
  const data = { carrierInboundId, carrier: state.carrier, answer, answeredAt: at };
  return accept(...events, { type: 'CarrierInboundAnswered', data });
};

const retry = (
  { carrierInboundId, at }: RetryCarrierInbound,
  { status, carrier }: Known,
): CarrierInboundDecision => {
  switch (status) {
    case 'received':
      return accept();
    // What has had its effect is not had again.
    case 'applied':
      return reject({ code: 'CARRIER_INBOUND_APPLIED', carrierInboundId });
    case 'parked':
      return accept({ type: 'CarrierInboundRetried', data: { carrierInboundId, carrier, retriedAt: at } });
    default:
      return unreachable(status);
  }
};

export const decide = (
  command: CarrierInboundCommand,
  state: CarrierInboundState,
): CarrierInboundDecision => {
  if (command.type === 'ReceiveCarrierInbound') return receive(command, state);
  if (state.status === 'none')
    return reject({ code: 'CARRIER_INBOUND_NOT_FOUND', carrierInboundId: command.carrierInboundId });
  switch (command.type) {
    case 'SettleCarrierInbound':
      return settle(command, state);
    case 'RetryCarrierInbound':
      return retry(command, state);
    default:
      return unreachable(command);
  }
};
