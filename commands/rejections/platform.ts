import { figures, type SomeRows } from './row';

export const platformRejections = {
  CARRIER_MESSAGE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such message to or from a carrier.',
    remedy: 'Take the id of one that the query parkedCarrierMessages lists.',
    figures: { carrierMessageId: figures.carrierMessageId },
    about: ['messageId'],
  },
  CARRIER_MESSAGE_SETTLED: {
    kind: 'wrong-state',
    why: 'The message has had its effect: it was applied, or the carrier has acknowledged it.',
    remedy: 'Take one that is still parked: nothing of this one is left to retry.',
    figures: { carrierMessageId: figures.carrierMessageId },
    about: ['messageId'],
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'already-exists',
    why: 'This idempotency key stands for another command: it was sent with other input, or by another sender.',
    remedy: 'Send a new command with a new key, or the first one again exactly as it was.',
    figures: {},
    about: ['idempotencyKey'],
  },
  WORLD_NOT_SIMULATED: {
    kind: 'wrong-state',
    why: 'No World simulator runs in this process.',
    remedy: 'Ask one with WAYBILL_WORLD=simulated and the role simulators.',
    figures: {},
  },
} satisfies SomeRows;
