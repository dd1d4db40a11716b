/** The estimated memory of a state in bytes, and the estimate when it was last measured. */
export type StateWeight = { readonly bytes: number; readonly measuredBytes: number };

const WORD_BYTES = 8;
const HEADER_BYTES = 24;
const MAP_ENTRY_BYTES = 40;
/** A small state is not worth measuring. */
const UNMEASURED_BYTES_MAX = 8 * 1024;
/** The memory of parsed JSON in relation to its text. */
const BYTES_A_CHARACTER = 2;

/** Estimates the memory of plain data, maps, sets and objects of classes. */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return HEADER_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return WORD_BYTES;
  if (ArrayBuffer.isView(value)) return HEADER_BYTES + value.byteLength;
  let bytes = HEADER_BYTES;
  if (Array.isArray(value)) for (const item of value as unknown[]) bytes += WORD_BYTES + bytesOf(item);
  else if (value instanceof Map)
    for (const [key, item] of value as ReadonlyMap<unknown, unknown>)
      bytes += MAP_ENTRY_BYTES + bytesOf(key) + bytesOf(item);
  else if (value instanceof Set)
    for (const item of value as ReadonlySet<unknown>) bytes += MAP_ENTRY_BYTES + bytesOf(item);
  else for (const item of Object.values(value)) bytes += WORD_BYTES + bytesOf(item);
  return bytes;
};

export const initialWeight: StateWeight = { bytes: 0, measuredBytes: 0 };

export const measured = (state: unknown): StateWeight => {
  const bytes = bytesOf(state);
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
