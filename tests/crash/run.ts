// The long form: `npm run test:crash -- --kills 20 --seed 7`.
import { parseArgs } from 'node:util';
import { lookAfterwards } from './after-the-storm';
import { runStorm } from './storm';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    customers: { type: 'string', default: '4' },
  },
});
const log = (line: string): void => void process.stderr.write(`${line}\n`);

const main = async (): Promise<void> => {
  const startedAt = performance.now();
  log(`seed ${values.seed}`);
  const storm = await runStorm({
    kills: Number(values.kills),
    seed: Number(values.seed),
    customers: Number(values.customers),
    log,
  });
  const { report, unheardOf, unfulfilled, doubledAcks } = await lookAfterwards(storm);
  const isWell =
    [...report.breaches, ...unheardOf, ...unfulfilled, ...doubledAcks].length === 0 &&
    storm.stopped.code === 0;
  const summary = {
    seed: Number(values.seed),
    kills: storm.kills,
    killedWhileStarting: storm.killedWhileStarting,
    ordersAcknowledged: storm.acked.length,
    requestsUnanswered: storm.unanswered,
    orders: report.orders,
    events: report.events,
    unheardOf,
    unfulfilled,
    doubledAcks,
    breaches: report.breaches,
    stoppedWithinMs: Math.round(storm.stopped.tookMs),
    seconds: Math.round((performance.now() - startedAt) / 1_000),
  };
  process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  if (isWell) await storm.remove();
  else log(`What is left is in ${storm.directory}`);
  process.exitCode = isWell ? 0 : 1;
};

main().catch((error: unknown) => {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
