import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import type { Readiness } from './health';

const LOOK_MS = 50 as Millis;

export type UntilReady = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly withinMs: Millis;
};

/**
 * Waits until the process is ready, the time is up or the signal aborts.
 *
 * @returns a sentence for each part that is not ready; none when all are.
 */
export const untilReady = async (
  readiness: () => Promise<Readiness>,
  { clock, signal, withinMs }: UntilReady,
): Promise<readonly string[]> => {
  const untilMs = clock.monotonicMs() + withinMs;
  for (;;) {
    const { ready, parts } = await readiness();
    if (ready) return [];
    if (signal.aborted || clock.monotonicMs() >= untilMs)
      return Object.entries(parts).flatMap(([name, part]) =>
        part.ready ? [] : [`${name}: ${part.detail ?? 'not ready'}`],
      );
    await clock.sleep(LOOK_MS, signal).catch(() => undefined);
  }
};
