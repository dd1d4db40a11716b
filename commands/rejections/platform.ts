import { figures, type Figure, type SomeRows } from './row';

const readModel: Figure = { type: 'String', text: 'The name of the read model.' };
const parkedEventId: Figure = { type: 'ID', text: 'The ID of the event that was left out.' };

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
    why: 'The message is not parked: it was applied, the carrier has acknowledged it, or it is still under way.',
    remedy: 'Choose a parked message; this one needs nothing from staff.',
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
  READ_MODEL_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no read model of this name.',
    remedy: 'Use a name from the query projections.',
    figures: { readModel },
    about: ['name', 'names'],
  },
  READ_MODEL_WRONG_STATE: {
    kind: 'wrong-state',
    why: 'The copies of the read model do not permit this now.',
    says: ({ readModel: name, reason }) => `${name}: ${reason}.`,
    remedy: 'Check the copies with the query projections.',
    figures: { readModel, reason: { type: 'String', text: 'The reason.' } },
    about: ['name', 'names'],
  },
  PARKED_EVENT_NOT_FOUND: {
    kind: 'not-found',
    why: 'No read model has left out this event.',
    remedy: 'Use an id from the query parkedEvents.',
    figures: { parkedEventId },
    about: ['parkedEventId'],
  },
  PARKED_EVENT_FAILS: {
    kind: 'wrong-state',
    why: 'The read model fails on the event again.',
    says: ({ reason }) => `The read model fails on the event again: ${reason}.`,
    remedy: 'Change the code of the read model, then replay the event.',
    figures: { parkedEventId, reason: { type: 'String', text: 'The reason.' } },
    about: ['parkedEventId'],
  },
  WORLD_ID_INVALID: {
    kind: 'invalid',
    why: 'This is not the number of a World: digits for 0 to 2^63 - 1.',
    remedy: 'Give the number that the World shows.',
    figures: { worldId: { type: 'String', text: 'The number that was given.' } },
    about: ['worldId'],
  },
  PARKED_REACTION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such parked reaction. It may have succeeded meanwhile.',
    remedy: 'Use an id from the query parkedReactions.',
    figures: { reactionId: { type: 'ID', text: 'The ID of the reaction.' } },
    about: ['reactionId'],
  },
  WORLD_NOT_SIMULATED: {
    kind: 'wrong-state',
    why: 'No World simulator runs in this process.',
    remedy: 'Send it to a process with WAYBILL_WORLD=simulated and the role simulators.',
    figures: {},
  },
} satisfies SomeRows;
