import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../../ops/ci/servers';
import type { Random } from '../../platform/clock';
import { eventually } from '../support/time/eventually';
import { seededRandom } from '../support/time/seeded-random';
import { topSpeed } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';
import { Crowd } from './crowd';
import { partOf, startEngines, type RunningEngines, type Trouble } from './engines';
import { calm, type StormOptions, type StormReport } from './storm';

export type EngineStormOptions = StormOptions & {
  /** The engines that are made unavailable, in turn; the result counts how often. */
  readonly engines: readonly EngineName[];
  readonly trouble: Trouble;
};

export type EngineStormReport = StormReport & {
  /** The platform ended by itself, which it must never do. */
  readonly platformDied: boolean;
  /** The distinct sentences of readiness about an unavailable engine. */
  readonly readinessSaid: Readonly<Record<EngineName, readonly string[]>>;
  /** The number of orders that were confirmed while the engine was unavailable. */
  readonly ackedWhileAway: number;
  /** The longest that the platform took to be ready again once the engine was. */
  readonly readyAgainWithinMs: number;
};

/** As `/health/ready` answers. */
type Ready = {
  readonly status: string;
  readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly detail?: string }>>;
};

const WORKS_AT_MOST_MS = 2_000;
const AWAY_AT_MOST_MS = 1_500;
const NOTICED_WITHIN_MS = 30_000;
/** On a machine that has other things to do, the read models take their time to catch up. */
const READY_WITHIN_MS = 180_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const readinessAt = async (url: string): Promise<Ready> =>
  (await (await fetch(`${url}/health/ready`)).json()) as Ready;

/** A platform on three engines, that are taken away again and again. */
class EngineStorm {
  readonly readinessSaid = { eventstore: [] as string[], mongodb: [] as string[], nats: [] as string[] };
  ackedWhileAway = 0;
  readyAgainWithinMs = 0;

  constructor(
    private readonly running: RunningEngines,
    private readonly url: string,
    private readonly crowd: Crowd,
    private readonly options: EngineStormOptions,
  ) {}

  async rages(random: Random): Promise<void> {
    const { engines, kills, trouble, log } = this.options;
    let isFound = true;
    for (let kill = 0; kill < kills; kill += 1) {
      const engine = engines[kill % engines.length];
      if (engine === undefined) throw new Error('No engine is to be taken away');
      if (isFound) await this.crowd.orderedOne();
      await sleep(random.next() * WORKS_AT_MOST_MS);
      // Half of the absences are short, and may go unnoticed. The first of each engine is not.
      const isShort = random.next() < 0.5 && kill >= engines.length;
      const bringBack = await this.running[engine].takeAway(random);
      await this.away(engine, isShort ? random.next() * AWAY_AT_MOST_MS : undefined);
      await bringBack();
      // One in five is taken away again before the platform has found it.
      isFound = random.next() >= 0.2 || kill === kills - 1;
      if (isFound) await this.readyAgain();
      log(`${trouble} ${kill + 1}: ${engine}, ${this.crowd.acked.length} orders`);
    }
  }

  /** @param awayMs - absent: until readiness speaks of it. */
  private async away(engine: EngineName, awayMs: number | undefined): Promise<void> {
    const ackedBefore = this.crowd.acked.length;
    if (awayMs === undefined) await this.noticed(engine);
    else await sleep(awayMs);
    this.ackedWhileAway += this.crowd.acked.length - ackedBefore;
  }

  private async noticed(engine: EngineName): Promise<void> {
    const said = this.readinessSaid[engine];
    await eventually(async () => {
      const part = (await readinessAt(this.url)).parts[partOf[engine]];
      if (part === undefined) throw new Error(`Readiness does not know ${engine}`);
      if (part.ready) return false;
      const detail = part.detail ?? '';
      if (!said.includes(detail)) said.push(detail);
      return true;
    }, NOTICED_WITHIN_MS);
  }

  private async readyAgain(): Promise<void> {
    const since = performance.now();
    let last: Ready | undefined;
    await eventually(async () => {
      last = await readinessAt(this.url);
      return last.status === 'ready';
    }, READY_WITHIN_MS).catch((cause: unknown) => {
      throw new Error(`Not ready again: ${JSON.stringify(last)}`, { cause });
    });
    this.readyAgainWithinMs = Math.max(this.readyAgainWithinMs, Math.round(performance.now() - since));
  }
}

const platformOn = async (
  engines: RunningEngines,
  directory: string,
): Promise<{ readonly waybill: WaybillProcess; readonly url: string }> => {
  const waybill = WaybillProcess.spawn(directory, { ...topSpeed, ...engines.environment });
  const url = await waybill.ready();
  if (url === undefined) throw new Error(`Waybill does not start:\n${waybill.talk}`);
  return { waybill, url };
};

/**
 * Runs the platform on three engines that are processes of their own, with customers who order all the time, and kills
 * engines (`kill -9`) or breaks the lines to them at random moments; then waits until all orders have arrived and stops the
 * platform gently. The engines still run when it returns, so that what they hold can be looked at; `remove` ends them.
 */
export const runEngineStorm = async (options: EngineStormOptions): Promise<EngineStormReport> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-engine-storm-'));
  const [files, ofPlatform] = [join(directory, 'engines'), join(directory, 'platform')];
  await mkdir(files);
  const closers: (() => unknown)[] = [() => rm(directory, { recursive: true, force: true })];
  const remove = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    const running = await startEngines(files, options.trouble);
    closers.push(() => running.stop());
    const { waybill, url } = await platformOn(running, ofPlatform);
    closers.push(() => waybill.kill());
    let platformDied = false;
    void waybill.ended.then(() => (platformDied = true));
    const crowd = new Crowd(options, () => url);
    closers.push(() => crowd.flee());
    await crowd.ordered(1);
    const storm = new EngineStorm(running, url, crowd, options);
    await storm.rages(seededRandom(options.seed));
    await crowd.ordered(1);
    const died = platformDied;
    const calmed = await calm(crowd, waybill, options.log);
    const { readinessSaid, ackedWhileAway, readyAgainWithinMs } = storm;
    return {
      ...calmed,
      directory: ofPlatform,
      environment: running.environment,
      kills: options.kills,
      platformDied: died,
      readinessSaid,
      ackedWhileAway,
      readyAgainWithinMs,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
};
