import fc from 'fast-check';
import { isFault } from '../faults';
import { frame, FRAME_BYTES_MAX, FrameReader } from './index';

const faultOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};

const pieces = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
};

const hex = (frames: readonly Uint8Array[]): string[] =>
  frames.map((one) => Buffer.from(one).toString('hex'));

describe('frames', () => {
  it.each([
    [0, '00'],
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [FRAME_BYTES_MAX, '808040'],
  ])('of %i bytes begin with %s', (size, header) => {
    const framed = frame(new Uint8Array(size));
    expect(Buffer.from(framed.subarray(0, framed.length - size)).toString('hex')).toBe(header);
    expect(new FrameReader().push(framed).map((payload) => payload.length)).toEqual([size]);
  });

  it('are not made larger than the limit', () => {
    expect(
      isFault(
        faultOf(() => frame(new Uint8Array(FRAME_BYTES_MAX + 1))),
        'FRAME_TOO_LARGE',
      ),
    ).toBe(true);
  });

  it('come back whole, however the stream was cut', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 });
    fc.assert(
      fc.property(payloads, fc.array(fc.nat()), (sent, cuts) => {
        const reader = new FrameReader();
        const stream = Buffer.concat(sent.map(frame));
        const received = pieces(stream, cuts).flatMap((piece) => reader.push(piece));
        expect(hex(received)).toEqual(hex(sent));
        expect(reader.isEmpty).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are found byte by byte in time that grows with the bytes alone', () => {
    const reader = new FrameReader();
    const stream = Buffer.concat([frame(new Uint8Array(FRAME_BYTES_MAX)), frame(Buffer.from('after'))]);
    let found = 0;
    for (let at = 0; at < stream.length; at += 7) found += reader.push(stream.subarray(at, at + 7)).length;
    expect(found).toBe(2);
  });
});

describe('a broken stream', () => {
  it('that announces 4 GiB is refused before anything is set aside', () => {
    const before = process.memoryUsage().arrayBuffers;
    const reader = new FrameReader();
    expect(
      isFault(
        faultOf(() => reader.push(Buffer.from('ffffffff0f', 'hex'))),
        'FRAME_TOO_LARGE',
      ),
    ).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(FRAME_BYTES_MAX);
  });

  it('that announces one byte too many is refused', () => {
    expect(
      isFault(
        faultOf(() => new FrameReader(10).push(Buffer.from([11]))),
        'FRAME_TOO_LARGE',
      ),
    ).toBe(true);
  });

  it.each(['ffffffff10', 'ffffffffff01', '8080808080'])('with the size %s is refused', (bytes) => {
    const fault = faultOf(() => new FrameReader().push(Buffer.from(bytes, 'hex')));
    expect(isFault(fault, 'FRAME_MALFORMED')).toBe(true);
  });

  it('stays refused: the following bytes cannot be interpreted', () => {
    const reader = new FrameReader();
    const first = faultOf(() => reader.push(Buffer.from('ffffffff0f', 'hex')));
    expect(faultOf(() => reader.push(frame(Buffer.from('fine'))))).toBe(first);
  });
});
