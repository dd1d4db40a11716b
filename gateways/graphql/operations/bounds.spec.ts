import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createRateLimit } from '../../../platform/rate-limit';

describe('a rate limit', () => {
  it('lets a burst pass, and then so many a second', async () => {
    const clock = createVirtualClock();
    const may = createRateLimit({ perSecond: 2, burst: 3, clientsMax: 10 }, clock);
    const passed = (asks: number): number =>
      Array.from({ length: asks }, () => may('a')).filter(Boolean).length;
    expect(passed(10)).toBe(3);
    await clock.advance(1_000);
    expect(passed(10)).toBe(2);
    await clock.advance(60_000);
    expect(passed(10)).toBe(3);
    expect(may('b')).toBe(true);
  });

  it('forgets who was quiet for longest', () => {
    const may = createRateLimit({ perSecond: 0.001, burst: 1, clientsMax: 2 }, createVirtualClock());
    expect([may('a'), may('b'), may('a'), may('c')]).toEqual([true, true, false, true]);
    // `b` was forgotten for `c`, and `a` was not.
    expect([may('a'), may('b')]).toEqual([false, true]);
  });
});
