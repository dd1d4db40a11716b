import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import type { ProjectionStatus } from '../../platform/projections';

const POLL_MS = 250 as Millis;
const STALLED_AFTER_MS = 60_000;

type Reading = {
  /** Returns the status of the read models to wait for, whichever process keeps them. */
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

const placeOf = ({ version, position, rebuild }: ProjectionStatus): string =>
  [version, position, rebuild?.done].join();

/**
 * Waits until these read models include everything up to `position`, for as long as one of them makes progress, or until the
 * signal aborts.
 *
 * @throws Fault `DEADLINE_EXCEEDED` when none has made progress for a minute; it names those that are behind.
 */
export const untilRead = async ({ statuses, clock, signal }: Reading, position: Position): Promise<void> => {
  let last = { places: '', atMs: clock.monotonicMs() };
  while (!signal.aborted) {
    const found = await statuses();
    const behind = found.filter((each) => each.position === undefined || each.position < position);
    if (behind.length === 0) return;
    const places = found.map(placeOf).join(' ');
    const now = clock.monotonicMs();
    if (places !== last.places) last = { places, atMs: now };
    if (now - last.atMs >= STALLED_AFTER_MS) {
      const names = behind.map(({ name }) => name).join(', ');
      throw new Fault(
        'DEADLINE_EXCEEDED',
        `Read models are behind, and none has moved for a minute: ${names}`,
      );
    }
    await clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
};
