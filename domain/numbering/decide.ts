import { accept, reject } from '../kernel';
import type { Decision } from '../kernel';
import type { NumberingCommand } from './commands';
import type { NumberingEvent } from './events';
import type { NumberingRejection } from './rejections';
import type { NumberingState } from './state';

type NumberingDecision = Decision<NumberingEvent, NumberingRejection>;

export const blockSizeMax = 10_000;

/** The World's `whnum` is an int32; everything else that is numbered has 53 bits. */
const lastNumberOf = (series: string): number =>
  series === 'warehouse' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;

/** There is one command: take a block. */
export const decide = ({ series, count }: NumberingCommand, { next }: NumberingState): NumberingDecision => {
  // A block is small enough that losing the rest of one at a restart costs nothing.
  if (!Number.isInteger(count) || count < 1 || count > blockSizeMax)
    return reject({ code: 'COUNT_OUT_OF_RANGE', count, min: 1, max: blockSizeMax });
  // A number is never given out twice, not even when they run out.
  if (next > lastNumberOf(series) - count + 1) return reject({ code: 'SERIES_EXHAUSTED', series });
  return accept({ type: 'NumbersReserved', data: { series, first: next, count } });
};
