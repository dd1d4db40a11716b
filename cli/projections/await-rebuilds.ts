import type { Millis } from '../../domain/kernel';
import type { OperatedCopy, ProjectionStatus } from '../../platform/projections';
import type { Terminal } from '../program/command';
import type { Runtime } from '../program/runtime';
import { Refused } from './refused';
import { progressLine } from './show';

const POLL_MS = 300 as Millis;
/** The number of polls over which the rate is measured. */
const SAMPLES = 20;

/** `promotes`: whether the copy is promoted by itself. */
type AwaitedCopy = OperatedCopy & { readonly promotes: boolean };

type Awaited = {
  readonly copies: readonly AwaitedCopy[];
  readonly statuses: () => Promise<readonly ProjectionStatus[]>;
  readonly terminal: Pick<Terminal, 'progress'>;
  readonly runtime: Pick<Runtime, 'clock'>;
  readonly signal: AbortSignal;
};

/** Measures how many events were processed in a second, over the last polls. */
class Rate {
  private readonly samples: { readonly done: number; readonly atMs: number }[] = [];

  add(done: number, atMs: number): number {
    this.samples.push({ done, atMs });
    if (this.samples.length > SAMPLES) this.samples.shift();
    const first = this.samples[0];
    if (first === undefined || atMs === first.atMs) return 0;
    return Math.max(0, ((done - first.done) / (atMs - first.atMs)) * 1_000);
  }
}

/** @returns the progress of a copy; undefined if it is complete. @throws Refused if it is gone. */
const leftOf = (
  { readModel, version, promotes }: AwaitedCopy,
  statuses: readonly ProjectionStatus[],
): ProjectionStatus['rebuild'] | undefined => {
  const status = statuses.find(({ name }) => name === readModel);
  if (status?.version === version) return undefined;
  const rebuild = status?.rebuild;
  if (rebuild?.version !== version)
    throw new Refused('READ_MODEL_WRONG_STATE', `Version ${version} of ${readModel} was retired meanwhile.`);
  return !promotes && rebuild.status === 'live' ? undefined : rebuild;
};

/**
 * Waits until copies have caught up, and are promoted where they are to be, and shows the progress.
 *
 * @returns false if the signal aborts first; the copies go on.
 * @throws Refused if a copy was retired meanwhile.
 */
export const awaitRebuilds = async (awaited: Awaited): Promise<boolean> => {
  const { copies, statuses, terminal, runtime, signal } = awaited;
  const { clock } = runtime;
  const rate = new Rate();
  // A function, because the compiler would treat a property as unchanged over an await.
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    const found = await statuses();
    const left = copies.flatMap((copy) => {
      const progress = leftOf(copy, found);
      return progress ? [{ ...copy, progress }] : [];
    });
    const [last] = left.sort((one, other) => one.progress.done - other.progress.done);
    if (last === undefined) return true;
    const { done, status } = last.progress;
    const eventsPerSecond = rate.add(done, clock.monotonicMs());
    const more = left.length === 1 ? '' : ` and ${left.length - 1} more`;
    terminal.progress(progressLine(last.progress, eventsPerSecond, `${last.readModel}${more}, ${status}`));
    await clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
  return false;
};
