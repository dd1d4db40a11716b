import { cpus } from 'node:os';

/** The result of concurrent work. `waitsMs`: the duration of each piece, shortest first. */
export type Run = {
  readonly done: number;
  readonly seconds: number;
  readonly waitsMs: readonly number[];
  /** Processor time of this process, in cores. */
  readonly cores: number;
};

/** Repeats `work` with `places` pieces in flight, for `milliseconds`. */
export const inFlight = async (
  places: number,
  milliseconds: number,
  work: (place: number) => Promise<unknown>,
): Promise<Run> => {
  const waitsMs: number[] = [];
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  await Promise.all(
    Array.from({ length: places }, async (_, place) => {
      for (let from = start; from - start < milliseconds; from = performance.now()) {
        await work(place);
        waitsMs.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  waitsMs.sort((a, b) => a - b);
  return { done: waitsMs.length, seconds, waitsMs, cores: (user + system) / 1e6 / seconds };
};

export const rateOf = ({ done, seconds }: Run): number => done / seconds;

/** @param sorted - smallest first. @param share - 0 to 1. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

/**
 * Runs the contestants in alternation, round after round, so that the load of other programs affects all of them alike.
 *
 * @returns the measurements, in the contestants' order, one entry a round.
 */
export const inTurns = async <Measured>(
  rounds: number,
  contestants: readonly (() => Promise<Measured>)[],
): Promise<Measured[][]> => {
  const measured = contestants.map((): Measured[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) measured[index]?.push(await contestant());
  }
  return measured;
};

/** Returns the median ratio of two contestants over the rounds; the rounds of a pair are adjacent in time. */
export const medianRatio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));

/** Returns the processor time of this process for one piece of work, in microseconds. */
export const cpuMicrosOf = (run: Run): number => (run.cores * 1e6) / rateOf(run);

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const inMs = (value: number): string => `${value.toFixed(2)} ms`;
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;

/** Returns a ratio with its goal, and whether that is reached. */
export const verdict = (ratio: number, goal: number): string =>
  `${times(ratio)} (goal ${goal} ×: ${ratio >= goal ? 'reached' : 'missed'})`;

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);
