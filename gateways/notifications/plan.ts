import {
  epochMsOf,
  instantOf,
  type Instant,
  type NotificationChannel,
  type NotificationPreferences,
  type NotificationTopic,
  type QuietHours,
} from '../../domain/kernel';
import { topicOf, type Notice } from '../../domain/notification';

/** The effect of a person's preferences on a notice now. `hold`: it is not sent before. */
export type Plan =
  | { readonly kind: 'unwanted' }
  | {
      readonly kind: 'wanted';
      readonly channels: readonly NotificationChannel[];
      readonly hold?: { readonly until: Instant; readonly because: 'quiet-hours' | 'daily' } | undefined;
    };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** The time of the daily message, local. */
const DAILY_AT = 8 * 60;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Returns the local time of a moment, in minutes since midnight. */
const localMinutes = (at: Instant, timeZone: string): number =>
  minutesOf(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(epochMsOf(at)),
  );

const positive = (minutes: number): number => ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;

/** Returns the next moment, after `at`, at which clocks of a zone show a time. */
const nextAt = (at: Instant, minutes: number, timeZone: string): Instant => {
  const startMs = Math.floor(epochMsOf(at) / MINUTE_MS) * MINUTE_MS;
  const wait = positive(minutes - localMinutes(at, timeZone)) || DAY_MINUTES;
  const guess = instantOf(startMs + wait * MINUTE_MS);
  // Clocks may change in between, by less than half a day.
  const off = positive(minutes - localMinutes(guess, timeZone) + DAY_MINUTES / 2) - DAY_MINUTES / 2;
  return instantOf(Math.max(startMs + MINUTE_MS, epochMsOf(guess) + off * MINUTE_MS));
};

/** Returns the end of quiet hours that have begun; undefined outside them. */
const quietUntil = (at: Instant, { from, until }: QuietHours, timeZone: string): Instant | undefined => {
  const begun = positive(localMinutes(at, timeZone) - minutesOf(from));
  const lasts = positive(minutesOf(until) - minutesOf(from));
  return begun < lasts ? nextAt(at, minutesOf(until), timeZone) : undefined;
};

const channelsOf = (
  topic: NotificationTopic,
  { routes }: NotificationPreferences,
): readonly NotificationChannel[] => routes.find((route) => route.topic === topic)?.channels ?? ['email'];

const holdOf = (
  topic: NotificationTopic | 'digest',
  { pace, quietHours, timeZone }: NotificationPreferences,
  at: Instant,
  zone: string,
): Extract<Plan, { readonly kind: 'wanted' }>['hold'] => {
  if (topic !== 'digest' && pace === 'daily')
    return { until: nextAt(at, DAILY_AT, timeZone ?? zone), because: 'daily' };
  const until = quietHours && quietUntil(at, quietHours, timeZone ?? zone);
  return until && { until, because: 'quiet-hours' };
};

/**
 * Returns by which channels and when a person gets a notice. What has no topic, such as a link for a new password, ignores all
 * preferences.
 *
 * @param zone - the time zone of the shop, for those who have chosen none.
 */
export const planOf = (
  notice: Notice,
  wanted: NotificationPreferences,
  { at, zone }: { readonly at: Instant; readonly zone: string },
): Plan => {
  if (notice.template === 'digest') {
    // It is long, so a short message is only the last resort of those who want such.
    const usesSms = wanted.routes.some(({ channels }) => channels.includes('sms'));
    const channels: readonly NotificationChannel[] = usesSms ? ['email', 'sms'] : ['email'];
    return { kind: 'wanted', channels, hold: holdOf('digest', wanted, at, zone) };
  }
  if (notice.template === 'message') return { kind: 'wanted', channels: [notice.channel] };
  const topic = topicOf[notice.template];
  if (topic === undefined) return { kind: 'wanted', channels: ['email'] };
  if (wanted.unwanted.includes(topic)) return { kind: 'unwanted' };
  return { kind: 'wanted', channels: channelsOf(topic, wanted), hold: holdOf(topic, wanted, at, zone) };
};
