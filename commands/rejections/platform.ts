import { figures, type SomeRows } from './row';

export const platformRejections = {
  CARRIER_MESSAGE_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such message to or from a carrier.',
    remedy: 'Use an id from the query parkedCarrierMessages.',
    figures: { carrierMessageId: figures.carrierMessageId },
    about: ['messageId'],
  },
  CARRIER_MESSAGE_SETTLED: {
    kind: 'wrong-state',
    why: 'The message is not parked: it was applied, or the carrier has acknowledged it.',
    remedy: 'Choose a parked message; this one needs no retry.',
    figures: { carrierMessageId: figures.carrierMessageId },
    about: ['messageId'],
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'already-exists',
    why: 'This idempotency key belongs to another command: it was sent with other input, or by another sender.',
    remedy: 'Send a new command with a new key, or repeat the first one without changes.',
    figures: {},
    about: ['idempotencyKey'],
  },
  WORLD_NOT_SIMULATED: {
    kind: 'wrong-state',
    why: 'No World simulator runs in this process.',
    remedy: 'Send it to a process with WAYBILL_WORLD=simulated and the role simulators.',
    figures: {},
  },
} satisfies SomeRows;
