import { bus } from '../../tests/support/commands/box-aggregate';
import { streamName } from '../event-store';
import { silentLogger } from '../telemetry';
import type { AnyDecider } from './cached-stream';
import { STREAM_EVENTS_MAX, STREAM_EVENTS_WARNING, StreamLengths } from './stream-lengths';

const setUp = () => {
  const warnings: object[] = [];
  const lengths = new StreamLengths({ ...silentLogger, warn: (fields) => void warnings.push(fields) });
  const observe = (category: string, id: string, events: number): void => {
    const decider = { ...bus, category } as unknown as AnyDecider;
    lengths.observe({ stream: streamName(category, id), decider }, BigInt(events));
  };
  return { lengths, observe, warnings };
};

describe('the lengths of streams', () => {
  it('are known by category: its longest stream', () => {
    const { lengths, observe } = setUp();
    for (const [category, id, events] of [
      ['stock', 'a', 3],
      ['stock', 'b', 7],
      ['stock', 'a', 5],
      ['cart', 'c', 1],
    ] as const)
      observe(category, id, events);
    expect(lengths.longest).toEqual([
      { category: 'stock', stream: 'stock-b', events: 7 },
      { category: 'cart', stream: 'cart-c', events: 1 },
    ]);
  });

  it('are warned of at a fifth of the limit, and at each doubling', () => {
    const { observe, warnings } = setUp();
    const fifth = STREAM_EVENTS_MAX / 5;
    expect(STREAM_EVENTS_WARNING).toBe(fifth);
    const lengths = [fifth - 1, fifth, fifth + 1, 2 * fifth - 1, 2 * fifth, 9 * fifth, 9 * fifth + 1];
    for (const events of lengths) observe('stock', 'a', events);
    observe('cart', 'a', 10);
    expect(warnings).toEqual(
      [fifth, 2 * fifth, 9 * fifth].map((events) => ({
        stream: 'stock-a',
        events,
        eventsMax: STREAM_EVENTS_MAX,
      })),
    );
  });
});
