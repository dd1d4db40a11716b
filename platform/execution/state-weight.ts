import { heapBytesOf } from '../heap-bytes';

/** The estimated memory of a state in bytes, and the estimate when it was last measured. */
export type StateWeight = { readonly bytes: number; readonly measuredBytes: number };

/** A small state is not worth measuring. */
const UNMEASURED_BYTES_MAX = 8 * 1024;
/** The memory of parsed JSON in relation to its text. */
const BYTES_A_CHARACTER = 2;

export const initialWeight: StateWeight = { bytes: 0, measuredBytes: 0 };

export const measured = (state: unknown): StateWeight => {
  const bytes = heapBytesOf(state);
  return { bytes, measuredBytes: bytes };
};

/**
 * Returns the weight of a state after events whose JSON has `characters`. The state is measured only when the sum has doubled
 * since, so that measuring costs little for each event, however large the state is.
 */
export const grown = (
  { bytes, measuredBytes }: StateWeight,
  state: unknown,
  characters: number,
): StateWeight => {
  const sum = bytes + characters * BYTES_A_CHARACTER;
  return sum > 2 * measuredBytes + UNMEASURED_BYTES_MAX ? measured(state) : { bytes: sum, measuredBytes };
};
