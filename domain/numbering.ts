import { accept, plainState, reject, type Decider, type Decision, type Fact } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** A block of `count` numbers from `first` was given to one process. Numbers that it does not use stay unused. */
export type NumbersReserved = Fact<'NumbersReserved', { series: string; first: number; count: number }>;

export type NumberingEvent = NumbersReserved;

export const numberingEventTypes = {
  NumbersReserved: true,
} as const satisfies Record<NumberingEvent['type'], true>;
/** Takes a block of the series, so that one append serves many requests. */
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

/** A series of numbers. Each series has a stream of its own. */
export type NumberingState = {
  /** The first number that is still free. */
  readonly next: number;
};

const initial: NumberingState = { next: 1 };

const evolve = (_state: NumberingState, { data }: NumberingEvent): NumberingState => ({
  next: data.first + data.count,
});

type NumberingDecision = Decision<NumberingEvent, NumberingRejection>;

export const blockSizeMax = 10_000;

/** The World's `whnum` is an int32; all other series have 53 bits. */
const lastNumberOf = (series: string): number =>
  series === 'warehouse' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;

/** Decides the only command: take a block. */
const decide = ({ series, count }: NumberingCommand, { next }: NumberingState): NumberingDecision => {
  // A small block loses few numbers at a restart.
  if (!Number.isInteger(count) || count < 1 || count > blockSizeMax)
    return reject({ code: 'COUNT_OUT_OF_RANGE', count, min: 1, max: blockSizeMax });
  // A number is never assigned twice, even if the series runs out.
  if (next > lastNumberOf(series) - count + 1) return reject({ code: 'SERIES_EXHAUSTED', series });
  return accept({ type: 'NumbersReserved', data: { series, first: next, count } });
};

export const numbering: Decider<NumberingState, NumberingCommand, NumberingEvent, NumberingRejection> = {
  category: 'numbering',
  initial,
  decide,
  evolve,
  snapshot: plainState(),
};
