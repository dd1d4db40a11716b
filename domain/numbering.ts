import { accept, reject, type Decider, type Decision, type Fact } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** The numbers from `first`, `count` of them, belong to whoever asked; what they leave unused stays unused. */
export type NumbersReserved = Fact<'NumbersReserved', { series: string; first: number; count: number }>;

export type NumberingEvent = NumbersReserved;

export const numberingEventTypes = {
  NumbersReserved: true,
} as const satisfies Record<NumberingEvent['type'], true>;
/** Takes a block from the series, so that one append serves many. */
type ReserveNumbers = {
  readonly type: 'ReserveNumbers';
  readonly series: string;
  readonly count: number;
};

export type NumberingCommand = ReserveNumbers;
export type NumberingRejection =
  | {
      readonly code: 'COUNT_OUT_OF_RANGE';
      readonly count: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'SERIES_EXHAUSTED'; readonly series: string };

/** A series of numbers, one stream each. */
export type NumberingState = {
  /** The first number that nobody has yet. */
  readonly next: number;
};

const initial: NumberingState = { next: 1 };

const evolve = (_state: NumberingState, { data }: NumberingEvent): NumberingState => ({
  next: data.first + data.count,
});

type NumberingDecision = Decision<NumberingEvent, NumberingRejection>;

export const blockSizeMax = 10_000;

/** The World's `whnum` is an int32; everything else that is numbered has 53 bits. */
const lastNumberOf = (series: string): number =>
  series === 'warehouse' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;

/** There is one command: take a block. */
const decide = ({ series, count }: NumberingCommand, { next }: NumberingState): NumberingDecision => {
  // A block is small enough that losing the rest of one at a restart costs nothing.
  if (!Number.isInteger(count) || count < 1 || count > blockSizeMax)
    return reject({ code: 'COUNT_OUT_OF_RANGE', count, min: 1, max: blockSizeMax });
  // A number is never given out twice, not even when they run out.
  if (next > lastNumberOf(series) - count + 1) return reject({ code: 'SERIES_EXHAUSTED', series });
  return accept({ type: 'NumbersReserved', data: { series, first: next, count } });
};

export const numbering: Decider<NumberingState, NumberingCommand, NumberingEvent, NumberingRejection> = {
  category: 'numbering',
  initial,
  decide,
  evolve,
};
