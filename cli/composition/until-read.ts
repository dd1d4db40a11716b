import type { Millis } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import type { Position } from '../../platform/event-store';
import { Fault } from '../../platform/faults';
import type { ProjectionStatus } from '../../platform/projections';

const LOOK_MS = 250 as Millis;
const PATIENCE_MS = 60_000;

type Reading = {
  /** How the read models that matter are doing, in whichever process they are kept. */
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

const placeOf = ({ version, position, rebuild }: ProjectionStatus): string =>
  [version, position, rebuild?.done].join();

/**
 * Waits until these read models hold everything up to `position`, however long that takes, as long as one of them moves; or until
 * the signal aborts.
 *
 * @throws Fault `DEADLINE_EXCEEDED`, which names those that are behind, when none has moved for a minute.
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
    if (now - last.atMs >= PATIENCE_MS) {
      const names = behind.map(({ name }) => name).join(', ');
      throw new Fault(
        'DEADLINE_EXCEEDED',
        `Read models are behind, and none has moved for a minute: ${names}`,
      );
    }
    await clock.sleep(LOOK_MS, signal).catch(() => undefined);
  }
};
