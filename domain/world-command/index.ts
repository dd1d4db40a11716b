import type { Decider } from '../kernel';
import type { WorldCommandCommand } from './commands';
import { decide } from './decide';
import type { WorldCommandEvent } from './events';
import type { WorldCommandRejection } from './rejections';
import { evolve, initial, type WorldCommandState } from './state';

/** One thing that the World is asked for, until its outcome is known: our outbox, a stream a message. */
export const worldCommand: Decider<
  WorldCommandState,
  WorldCommandCommand,
  WorldCommandEvent,
  WorldCommandRejection
> = {
  category: 'world_command',
  initial,
  decide,
  evolve,
  begins: ({ type }) => type === 'QueueWorldCommand',
};
export { worldCommandEventTypes } from './events';
// prettier-ignore
export type {
  BuyRequest, LoadRequest, PackRequest, QueryRequest, WorldCommandAcked, WorldCommandAnswered, WorldCommandEvent,
  WorldCommandQueued, WorldCommandRefused, WorldGoods, WorldRequest,
} from './events';
export type { WorldCommandCommand, WorldCommandRejection, WorldCommandState };
