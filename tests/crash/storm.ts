import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../platform/config';
import { seededRandom } from '../support/time/seeded-random';
import { WaybillProcess } from '../support/process/waybill-process';
import { Crowd, type ShownOrder } from './crowd';
import type { AckedOrder } from './customer';

export type StormOptions = {
  readonly kills: number;
  /** The same seed kills after the same delays, and orders the same things. */
  readonly seed: number;
  readonly customers: number;
  readonly log: (line: string) => void;
};

/** The customers' answers, and the address at which the stored state can be read. */
export type StormReport = {
  readonly directory: string;
  /** Names the engines, where they are not the embedded ones. */
  readonly environment: Environment;
  readonly kills: number;
  readonly acked: readonly AckedOrder[];
  /** As the platform shows them at the end, by customer. */
  readonly shown: readonly ShownOrder[];
  /** Requests whose answer stayed out. */
  readonly unanswered: number;
  readonly stopped: { readonly code: number | null; readonly tookMs: number; readonly talk: string };
  readonly remove: () => Promise<void>;
};

export type ProcessStormReport = StormReport & {
  /** Killed before it was ready. */
  readonly killedWhileStarting: number;
};

/** Most kills hit a platform at work, one in five one that is starting. */
const WORKS_AT_MOST_MS = 3_000;
const STARTS_AT_MOST_MS = 2_500;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const readiness = async (waybill: WaybillProcess): Promise<string> => {
  const url = await waybill.ready();
  if (url === undefined) throw new Error(`Waybill does not start again:\n${waybill.talk}`);
  return url;
};

/** Has the customers finish and waits until all is delivered, then tells the platform to stop. */
export const calm = async (
  crowd: Crowd,
  waybill: WaybillProcess,
  log: StormOptions['log'],
): Promise<Pick<StormReport, 'acked' | 'shown' | 'unanswered' | 'stopped'>> => {
  await crowd.end();
  const { acked, unanswered } = crowd;
  log(`${acked.length} orders acknowledged; waiting until they have arrived`);
  await crowd.settled();
  const shown = await crowd.shown();
  const toldToStopAt = performance.now();
  const { code } = await waybill.kill('SIGTERM');
  return {
    acked,
    shown,
    unanswered,
    stopped: { code, tookMs: performance.now() - toldToStopAt, talk: waybill.talk },
  };
};

/**
 * Runs the platform as a process, with customers who order all the time, kills it (`kill -9`) at random moments and starts it
 * again on what is left; then waits until all orders have arrived and stops it gently.
 */
export const runStorm = async (options: StormOptions): Promise<ProcessStormReport> => {
  const { kills, seed, log } = options;
  const directory = await mkdtemp(join(tmpdir(), 'waybill-storm-'));
  const random = seededRandom(seed);
  let url: string | undefined;
  let killedWhileStarting = 0;
  const crowd = new Crowd(options, () => url);
  for (let kill = 1; kill <= kills; kill += 1) {
    const waybill = WaybillProcess.spawn(directory);
    const whileStarting = kill > 1 && random.next() < 0.2;
    if (whileStarting) await sleep(random.next() * STARTS_AT_MOST_MS);
    else {
      url = await readiness(waybill);
      await sleep(random.next() * WORKS_AT_MOST_MS);
    }
    if (whileStarting && !waybill.talk.includes('is ready')) killedWhileStarting += 1;
    url = undefined;
    await waybill.kill();
    log(`kill ${kill}${whileStarting ? ' while starting' : ''}, ${crowd.acked.length} orders`);
  }
  // The life after the last kill, in which each customer orders once more at least.
  const waybill = WaybillProcess.spawn(directory);
  url = await readiness(waybill);
  await crowd.ordered(1);
  const calmed = await calm(crowd, waybill, log);
  return {
    ...calmed,
    directory,
    environment: {},
    kills,
    killedWhileStarting,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
