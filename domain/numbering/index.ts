import type { Decider } from '../kernel';
import type { NumberingCommand } from './commands';
import { decide } from './decide';
import type { NumberingEvent } from './events';
import type { NumberingRejection } from './rejections';
import { evolve, initial } from './state';
import type { NumberingState } from './state';

export const numbering: Decider<NumberingState, NumberingCommand, NumberingEvent, NumberingRejection> = {
  category: 'numbering',
  initial,
  decide,
  evolve,
};
export { blockSizeMax } from './decide';
export { numberingEventTypes } from './events';
export type { NumbersReserved } from './events';
export type { NumberingCommand, NumberingEvent, NumberingRejection, NumberingState };
