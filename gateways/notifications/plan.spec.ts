import type { Instant, NotificationPreferences, OrderId, SerialNumber } from '../../domain/kernel';
import type { Notice } from '../../domain/notification';
import { planOf } from './plan';

const ofOrder = { orderId: 'o' as OrderId, orderNumber: 7 as SerialNumber };
const shipped: Notice = { template: 'order-shipped', ...ofOrder };
const digest: Notice = { template: 'digest', items: [] };
const first: NotificationPreferences = { unwanted: [], routes: [], pace: 'at_once' };
const night = { from: '22:00', until: '07:00' };
const plan = (notice: Notice, wanted: Partial<NotificationPreferences>, at: string, zone = 'UTC') =>
  planOf(notice, { ...first, ...wanted }, { at: at as Instant, zone });
const holdOf = (...of: Parameters<typeof plan>) => {
  const made = plan(...of);
  return made.kind === 'wanted' ? made.hold : made;
};

const noon = '2026-11-02T12:00:00.000Z';
const midnight = '2026-11-02T00:00:00.000Z';

it('sends at once by e-mail what an account has said nothing about', () =>
  expect(plan(shipped, {}, midnight)).toEqual({ kind: 'wanted', channels: ['email'] }));

it('does not send what is declined', () =>
  expect(plan(shipped, { unwanted: ['deliveries'] }, noon)).toEqual({ kind: 'unwanted' }));

it.each(['verify-email', 'reset-password'] as const)(
  'sends %s at once by e-mail in spite of all preferences',
  (template) => {
    const unwanted = ['payments', 'deliveries', 'requests'] as const;
    const routes = unwanted.map((topic) => ({ topic, channels: ['sms'] as const }));
    const chosen = { unwanted, routes, pace: 'daily', quietHours: night } as const;
    expect(plan({ template }, chosen, midnight)).toEqual({ kind: 'wanted', channels: ['email'] });
  },
);

it.each([
  ['2026-11-02T21:59:59.000Z', undefined],
  ['2026-11-02T22:00:00.000Z', '2026-11-03T07:00:00.000Z'],
  ['2026-11-02T23:30:10.500Z', '2026-11-03T07:00:00.000Z'],
  ['2026-11-03T06:59:59.999Z', '2026-11-03T07:00:00.000Z'],
  ['2026-11-03T07:00:00.000Z', undefined],
])('at %s quiet hours over midnight hold it until %s', (at, until) =>
  expect(holdOf(shipped, { quietHours: night }, at)).toEqual(until && { until, because: 'quiet-hours' }),
);

it('takes the time zone of the person before that of the shop', () => {
  const at = '2026-11-02T20:00:00.000Z';
  expect(holdOf(shipped, { quietHours: night }, at)).toBeUndefined();
  const until = '2026-11-02T23:00:00.000Z';
  expect(holdOf(shipped, { quietHours: night, timeZone: 'Asia/Shanghai' }, at)).toMatchObject({ until });
  expect(holdOf(shipped, { quietHours: night }, at, 'Asia/Shanghai')).toMatchObject({ until });
});

it.each([
  // Clocks in London go forward at 01:00 UTC on 29 March 2026, and back on 25 October.
  ['2026-03-28T23:00:00.000Z', '2026-03-29T06:00:00.000Z'],
  ['2026-10-24T22:00:00.000Z', '2026-10-25T07:00:00.000Z'],
])('ends quiet hours by the clock of the zone in a night when it changes: %s', (at, until) =>
  expect(holdOf(shipped, { quietHours: night, timeZone: 'Europe/London' }, at)).toMatchObject({ until }),
);

it('holds until the next morning what comes once a day, and the daily message for quiet hours alone', () => {
  const wanted = { pace: 'daily', quietHours: { from: '22:00', until: '09:00' } } as const;
  expect(holdOf(shipped, wanted, noon)).toEqual({ until: '2026-11-03T08:00:00.000Z', because: 'daily' });
  expect(holdOf(digest, wanted, noon)).toBeUndefined();
  expect(holdOf(digest, wanted, '2026-11-03T08:00:05.000Z')).toEqual({
    ...{ until: '2026-11-03T09:00:00.000Z', because: 'quiet-hours' },
  });
});
