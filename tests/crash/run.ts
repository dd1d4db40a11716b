// The long form: `npm run test:crash -- --kills 20 --seed 7`, of engines with `--engine eventstore|mongodb|nats|all`, of the
// lines to them with `--lines` as well.
import { inspect, parseArgs } from 'node:util';
import { lookAfterwards } from './after-the-storm';
import { runEngineStorm } from './engine-storm';
import { engineNames } from './engines';
import { runStorm, type StormOptions, type StormReport } from './storm';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    lines: { type: 'boolean', default: false },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    customers: { type: 'string', default: '4' },
  },
});
const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs a storm, prints its report, and checks that further lists are empty. */
type Outcome = {
  readonly storm: StormReport;
  readonly told: object;
  readonly faults: readonly string[];
};

const run = async (options: StormOptions): Promise<Outcome> => {
  const { engine, lines } = values;
  if (engine === undefined) {
    const storm = await runStorm(options);
    return { storm, told: { killedWhileStarting: storm.killedWhileStarting }, faults: [] };
  }
  const engines = engine === 'all' ? engineNames : engineNames.filter((name) => name === engine);
  if (engines.length === 0) throw new Error(`--engine is one of ${engineNames.join(', ')}, all`);
  const trouble = lines ? 'lines' : 'kills';
  const storm = await runEngineStorm({ ...options, engines, trouble });
  const { readinessSaid, ackedWhileAway, readyAgainWithinMs } = storm;
  return {
    storm,
    told: { engines, trouble, readinessSaid, ackedWhileAway, readyAgainWithinMs },
    faults: storm.platformDied ? ['the platform ended'] : [],
  };
};

const main = async (): Promise<void> => {
  const startedAt = performance.now();
  const { kills, seed, customers } = values;
  log(`seed ${seed}`);
  const options = { kills: Number(kills), seed: Number(seed), customers: Number(customers), log };
  const { storm, told, faults } = await run(options);
  const { report, unheardOf, unfulfilled, doubledAcks } = await lookAfterwards(storm);
  const isWell =
    [...report.breaches, ...unheardOf, ...unfulfilled, ...doubledAcks, ...faults].length === 0 &&
    storm.stopped.code === 0;
  const summary = {
    seed: options.seed,
    kills: storm.kills,
    ...told,
    ordersAcknowledged: storm.acked.length,
    requestsUnanswered: storm.unanswered,
    orders: report.orders,
    events: report.events,
    unheardOf,
    unfulfilled,
    doubledAcks,
    breaches: report.breaches,
    stoppedWith: storm.stopped.code,
    stoppedWithinMs: Math.round(storm.stopped.tookMs),
    seconds: Math.round((performance.now() - startedAt) / 1_000),
  };
  process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  if (isWell) await storm.remove();
  else log(`${storm.stopped.talk}\nWhat is left is in ${storm.directory}`);
  process.exitCode = isWell ? 0 : 1;
};

main().catch((error: unknown) => {
  log(inspect(error));
  process.exitCode = 1;
});
