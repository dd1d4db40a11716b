import type { Instant } from '../../domain/kernel';
import { isDay, shopDaysIn } from './shop-days';

it.each([
  ['UTC', '2026-01-31', '2026-01-31T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
  ['Asia/Shanghai', '2026-01-31', '2026-01-30T16:00:00.000Z', '2026-01-31T16:00:00.000Z'],
  // The clocks go forward: the day has 23 hours.
  ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z', '2026-01-01T10:00:00.000Z'],
  ['America/St_Johns', '2026-06-30', '2026-06-30T02:30:00.000Z', '2026-07-01T02:30:00.000Z'],
])('in %s the day %s begins and ends where its midnights are', (zone, day, from, before) => {
  const days = shopDaysIn(zone);
  expect(days.boundsOf(day)).toEqual({ from, before });
  expect(days.dayOf(from as Instant)).toBe(day);
  expect(days.dayOf(before as Instant)).toBe(days.dayAfter(day));
});

it('knows the days before and after, also over the end of a year', () => {
  const days = shopDaysIn('UTC');
  expect([days.dayBefore('2026-01-01'), days.dayAfter('2024-02-28')]).toEqual(['2025-12-31', '2024-02-29']);
});

it.each(['2026-02-30', '2026-1-1', '2026-01-01T00', '', 'yesterday', '../../etc/x'])(
  'does not take "%s" for a day',
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);
