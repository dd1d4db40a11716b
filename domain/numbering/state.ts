import type { NumberingEvent } from './events';

/** A series of numbers, one stream each. */
export type NumberingState = {
  /** The first number that nobody has yet. */
  readonly next: number;
};

export const initial: NumberingState = { next: 1 };

export const evolve = (_state: NumberingState, { data }: NumberingEvent): NumberingState => ({
  next: data.first + data.count,
});
