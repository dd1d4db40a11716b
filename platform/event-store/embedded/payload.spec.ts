import fc from 'fast-check';
import { contentOf, payloadOf } from './payload';

/** Bytes as SQLite gives them back: text stays text, bytes are bytes of their own. */
const stored = (bytes: Buffer, isJson: boolean) => {
  const payload = payloadOf(bytes, isJson);
  return typeof payload === 'string' ? payload : Buffer.from(payload);
};

const readBack = (bytes: Buffer, isJson: boolean) => {
  const content = contentOf(stored(bytes, isJson));
  return { bytes: Buffer.from(content.payload).toString('hex'), isJson: content.isJson };
};

describe('the bytes of an event', () => {
  it.each([
    ['JSON', Buffer.from('{"a":1}'), true],
    ['JSON with a NUL', Buffer.from('"a\u0000b"'.replace('\\u0000', '\0')), true],
    ['bytes that are said to be JSON', Buffer.from([0xff, 0, 0xfe]), true],
    ['nothing that is said to be JSON', Buffer.alloc(0), true],
    ['bytes', Buffer.from([1, 2, 3]), false],
    ['text that is not JSON', Buffer.from('{"a":1}'), false],
    ['nothing', Buffer.alloc(0), false],
  ])('come back as they were, and so does their kind (%s)', (_, bytes, isJson) => {
    expect(readBack(bytes, isJson)).toEqual({ bytes: bytes.toString('hex'), isJson });
  });

  it('come back as they were when they look like what is stored', () => {
    const once = payloadOf(Buffer.from([0xff]), true) as Uint8Array;
    for (const isJson of [true, false])
      expect(readBack(Buffer.from(once), isJson)).toEqual({
        bytes: Buffer.from(once).toString('hex'),
        isJson,
      });
  });

  it('are returned without change, with any content', () =>
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, isJson) => {
        expect(readBack(Buffer.from(bytes), isJson)).toEqual({
          bytes: Buffer.from(bytes).toString('hex'),
          isJson,
        });
      }),
    ));

  it('are kept as text where other tools can read them so', () => {
    expect(payloadOf(Buffer.from('{"a":1}'), true)).toBe('{"a":1}');
  });
});
