import fc from 'fast-check';
import { newEvent } from '../../../tests/support/event-store/new-events';
import { eventDataOf, recordedEventOf } from './convert';
import { positionOf, storePositionOf } from './position';

describe('an event for the client', () => {
  const sizeOf = (data: object): number => {
    const { metadata } = newEvent();
    return Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
  };
  const padded = (size: number, character: string): object => {
    const room = size - sizeOf({ text: '' });
    return { text: character.repeat(room / Buffer.byteLength(JSON.stringify(character).slice(1, -1))) };
  };

  it.each(['x', 'é', '🚚', '\u0000', '"'])('is refused just over 1 MiB, and not under (%j)', (character) => {
    const limit = 1024 * 1024;
    expect(() => eventDataOf(newEvent(padded(limit - 16, character)))).not.toThrow();
    const over = padded(limit + 16, character);
    expect(() => eventDataOf(newEvent(over))).toThrow(
      expect.objectContaining({ code: 'EVENT_TOO_LARGE' }) as Error,
    );
  });

  it('is measured with any writer of it', () => {
    const sly = { toJSON: () => 'x'.repeat(2 * 1024 * 1024) };
    expect(() => eventDataOf(newEvent({ sly }))).toThrow('over 1 MiB');
    expect(() => eventDataOf(newEvent({ at: new Date(0) }))).not.toThrow();
  });

  it('is refused when it never ends', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    expect(() => eventDataOf(newEvent(ring))).toThrow(TypeError);
  });
});

describe('an event of another client', () => {
  const base = { streamId: 'trial-1', id: 'i', revision: 0n, type: 'A', created: new Date(0) };
  const position = { commit: 3n, prepare: 2n };

  it('is an object with whole metadata', () => {
    const bytes = Uint8Array.from([1, 255]);
    expect(
      recordedEventOf({ ...base, isJson: false, data: bytes, metadata: bytes, position } as never, undefined),
    ).toEqual({
      id: 'i',
      type: 'A',
      data: { $base64: 'Af8=' },
      metadata: { $correlationId: 'i', $causationId: 'i', actor: 'system:foreign', schema: 1 },
      stream: 'trial-1',
      revision: 0n,
      position: '00000000000000000003/00000000000000000002',
      recordedAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('has the position beside it if it has none itself', () => {
    const event = { ...base, isJson: true, data: {}, metadata: undefined } as never;
    expect(recordedEventOf(event, 7n).position).toBe(positionOf({ commit: 7n, prepare: 7n }));
  });
});

describe('a position', () => {
  const place = fc.record({ commit: fc.bigInt(0n, 2n ** 64n - 1n), prepare: fc.bigInt(0n, 2n ** 64n - 1n) });

  it('is text that comes back as it was, in the order of events', () =>
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(storePositionOf(positionOf(one))).toEqual(one);
        const isBefore =
          one.commit < other.commit || (one.commit === other.commit && one.prepare < other.prepare);
        expect(positionOf(one) < positionOf(other)).toBe(isBefore);
      }),
    ));

  it.each(['', '00000000000000000007', '1/x', '1/2/3', '/'])('of another engine is refused (%j)', (text) => {
    expect(() => storePositionOf(text as never)).toThrow('no position of EventStoreDB');
  });
});
