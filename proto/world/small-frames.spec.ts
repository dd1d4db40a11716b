import fc from 'fast-check';
import { aCommands, inSmallFrames, SMALL_FRAME_BYTES_MAX, uResponses } from './index';

describe('acks in small frames', () => {
  it('are all there, in their order, and no message of them is larger than one byte can tell', () =>
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 200 }),
        (acks) => {
          const frames = inSmallFrames(acks);
          expect(frames.flat()).toEqual(acks);
          for (const some of frames) {
            expect(some).not.toEqual([]);
            for (const codec of [aCommands, uResponses])
              expect(codec.encode({ acks: some }).length).toBeLessThanOrEqual(SMALL_FRAME_BYTES_MAX);
          }
        },
      ),
    ));

  it('fill each frame', () => {
    const acks = Array.from({ length: 200 }, (_, index) => BigInt(index % 100));
    expect(inSmallFrames(acks).map(({ length }) => length)).toEqual([63, 63, 63, 11]);
  });
});
