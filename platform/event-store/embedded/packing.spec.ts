import fc from 'fast-check';
import { packBatch, packResults, unpackBatch, unpackResults } from './packing';
import { NO_STREAM } from './record';
import type { RawWrite, WriteResult } from './record';

const revision = fc.integer({ min: NO_STREAM, max: 2 ** 40 });
const payload = fc.oneof(fc.string(), fc.uint8Array());
const event = fc.record({
  id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  type: fc.string(),
  data: payload,
  metadata: payload,
});
const write = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    stream: fc.string(),
    expected: revision,
    events: fc.array(event),
  }),
  fc.record({
    kind: fc.constant('tombstone' as const),
    stream: fc.string(),
    expected: revision,
    id: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  }),
) as fc.Arbitrary<RawWrite>;
const result = fc.oneof(
  fc.record({
    kind: fc.constant('appended' as const),
    revision,
    position: fc.maxSafeNat(),
    repeated: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('conflict' as const), actual: revision }),
) as fc.Arbitrary<WriteResult>;

describe('what crosses to the writer and back', () => {
  it('arrives as it was sent', () =>
    fc.assert(
      fc.property(fc.array(write), fc.maxSafeNat(), (writes, recordedAtMs) => {
        const batch = { writes, recordedAtMs };
        expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
      }),
    ));

  it('is answered write by write', () =>
    fc.assert(
      fc.property(fc.array(result), (results) => {
        expect(unpackResults(structuredClone(packResults(results)))).toEqual(results);
      }),
    ));
});
