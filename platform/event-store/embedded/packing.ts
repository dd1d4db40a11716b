import type { Payload } from './payload';
import type { RawEvent, RawWrite, WriteResult } from './record';
import type { Batch } from './writer';

// A message to another thread is copied, and an object costs far more to copy than its content. So a batch crosses as
// one flat list and one block of all ids, and its results as numbers.

/**
 * A batch as it crosses. `values`: for each write its stream, expected revision and count of events (or TOMBSTONE); for
 * each event its fields.
 */
export type PackedBatch = {
  readonly recordedAtMs: number;
  readonly ids: Uint8Array;
  readonly values: readonly (Payload | number)[];
};

/** Three numbers for each write: revision, position, and the kind of result. */
export type PackedResults = Float64Array;

const ID_BYTES = 16;
const TOMBSTONE = -1;
const NUMBERS_A_RESULT = 3;
const [CONFLICT, APPENDED, REPEATED] = [0, 1, 2];

/** Returns the ids of a write: one for each event, or one for a tombstone. */
const idsOf = (write: RawWrite): readonly Uint8Array[] =>
  write.kind === 'append' ? write.events.map(({ id }) => id) : [write.id];

export const packBatch = ({ writes, recordedAtMs }: Batch): PackedBatch => {
  const count = writes.reduce((sum, write) => sum + (write.kind === 'append' ? write.events.length : 1), 0);
  const ids = new Uint8Array(count * ID_BYTES);
  const values: (Payload | number)[] = [];
  let packed = 0;
  for (const write of writes) {
    for (const id of idsOf(write)) ids.set(id, ID_BYTES * packed++);
    values.push(write.stream, write.expected, write.kind === 'append' ? write.events.length : TOMBSTONE);
    if (write.kind === 'append')
      for (const { type, data, metadata } of write.events) values.push(type, data, metadata);
  }
  return { recordedAtMs, ids, values };
};

export const unpackBatch = ({ recordedAtMs, ids, values }: PackedBatch): Batch => {
  const writes: RawWrite[] = [];
  let [next, unpacked] = [0, 0];
  const take = (): Payload | number => values[next++] ?? '';
  const takeId = (): Uint8Array => ids.subarray(ID_BYTES * unpacked, ID_BYTES * ++unpacked);
  const takeEvent = (): RawEvent => ({
    id: takeId(),
    type: take() as string,
    data: take() as Payload,
    metadata: take() as Payload,
  });
  while (next < values.length) {
    const [stream, expected, count] = [take() as string, take() as number, take() as number];
    if (count === TOMBSTONE) writes.push({ kind: 'tombstone', stream, expected, id: takeId() });
    else writes.push({ kind: 'append', stream, expected, events: Array.from({ length: count }, takeEvent) });
  }
  return { writes, recordedAtMs };
};

export const packResults = (results: readonly WriteResult[]): PackedResults => {
  const packed = new Float64Array(results.length * NUMBERS_A_RESULT);
  for (const [index, result] of results.entries()) {
    const place = index * NUMBERS_A_RESULT;
    if (result.kind === 'conflict') packed.set([result.actual, 0, CONFLICT], place);
    else packed.set([result.revision, result.position, result.repeated ? REPEATED : APPENDED], place);
  }
  return packed;
};

export const unpackResults = (packed: PackedResults): readonly WriteResult[] =>
  Array.from({ length: packed.length / NUMBERS_A_RESULT }, (_, index): WriteResult => {
    const place = index * NUMBERS_A_RESULT;
    const [revision = 0, position = 0, kind] = packed.subarray(place, place + NUMBERS_A_RESULT);
    return kind === CONFLICT
      ? { kind: 'conflict', actual: revision }
      : { kind: 'appended', revision, position, repeated: kind === REPEATED };
  });
