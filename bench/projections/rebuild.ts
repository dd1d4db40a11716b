/**
 * Compares a rebuild of all read models with its yardsticks, in alternation, each in a process of its own, as Markdown:
 * `node -r ./tests/support/typescript-hook.js bench/projections/rebuild.ts [orders [rounds]]`. A scan reads and parses the same
 * store; a fold also folds the events into every read model in memory; neither writes. Emmett's consumer, if the peers are
 * installed, keeps one table with a SQL projection.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeOptions } from '../../tests/support/node-options';
import { machine, median, medianRatio, say, times, verdict, whole } from '../measuring';
import type { Contest } from './contestant';

const EVENTS_OF_AN_ORDER = 8;
const EMMETT_ORDERS = 1_000;
const EMMETT = 'Emmett, one SQL projection';
const RSS_MIB_MAX = 512;
const root = join(__dirname, '..', '..');
const peers = join(root, 'bench', 'peers');

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [...nodeOptions, ...args], { cwd: root, encoding: 'utf8' });
const contestant = (...args: readonly string[]): string =>
  run('-r', './tests/support/typescript-hook.js', 'bench/projections/contestant.ts', ...args);

const contestOf = (said: string): Contest => JSON.parse(said.trim().split('\n').at(-1) ?? '') as Contest;

/** Runs a piece of work in a new directory of its own. */
const inDirectory = async (work: (directory: string) => Contest): Promise<Contest> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  try {
    return work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
};

/** Emmett's consumer as it is, and with the settings with which it was fastest. */
const emmetts: Readonly<Record<string, object>> = {
  [EMMETT]: {},
  'the same, batches of 500 without pauses': { batchSize: 500, pullingFrequencyInMs: 0 },
};

const emmett = (pulling: object): Promise<Contest> =>
  inDirectory((directory) => {
    contestant('appends', directory, String(EMMETT_ORDERS));
    const files = [join(directory, 'emmett.db'), join(directory, 'appends.jsonl')];
    return contestOf(run(join(peers, 'emmett-consumer.cjs'), ...files, JSON.stringify(pulling)));
  });

const rateOf = ({ events, seconds }: Contest): number => events / seconds;
const cpuMicrosOf = ({ events, seconds, cores }: Contest): number => (seconds * cores * 1e6) / events;

const main = async ([orders = '25000', rounds = '3']: readonly string[]): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const hasPeers = existsSync(join(peers, 'node_modules'));
  const found = new Map<string, Contest[]>();
  const add = (what: string, contest: Contest): void =>
    void found.set(what, [...(found.get(what) ?? []), contest]);
  try {
    contestant('write', directory, orders);
    for (let round = 0; round < Number(rounds); round += 1) {
      for (const what of ['scan', 'fold', 'rebuild']) {
        await rm(join(directory, 'read-models.db'), { force: true });
        add(what, contestOf(contestant(what, directory)));
      }
      add('live', await inDirectory((fresh) => contestOf(contestant('live', fresh))));
      if (!hasPeers) continue;
      for (const [name, pulling] of Object.entries(emmetts)) add(name, await emmett(pulling));
    }
  } finally {
    await rm(directory, { recursive: true });
  }
  say(`${machine()}, ${new Date().toISOString()}, ${whole(Number(orders) * EVENTS_OF_AN_ORDER)} events.\n`);
  say('| what | events/s | CPU an event | cores | largest RSS | rebuild to it | by CPU | live to it |');
  say('| --- | --- | --- | --- | --- | --- | --- | --- |');
  const of = (what: string): readonly Contest[] => found.get(what) ?? [];
  for (const [what, contests] of found) {
    const to = (ours: string): string => times(medianRatio(of(ours).map(rateOf), contests.map(rateOf)));
    const byCpu = times(medianRatio(contests.map(cpuMicrosOf), of('rebuild').map(cpuMicrosOf)));
    const cells = [
      what,
      whole(median(contests.map(rateOf))),
      `${median(contests.map(cpuMicrosOf)).toFixed(1)} µs`,
      median(contests.map(({ cores }) => cores)).toFixed(2),
      `${whole(Math.max(...contests.map(({ rssMiB }) => rssMiB)))} MiB`,
      to('rebuild'),
      byCpu,
      to('live'),
    ];
    say(`| ${cells.join(' | ')} |`);
  }
  const ratio = (ours: string, theirs: string): number =>
    medianRatio(of(ours).map(rateOf), of(theirs).map(rateOf));
  say(`\nRebuild to fold: ${verdict(ratio('rebuild', 'fold'), 0.5)}.`);
  const rssMiB = Math.max(...of('rebuild').map((contest) => contest.rssMiB));
  say(
    `Rebuild: ${whole(rssMiB)} MiB (goal ${RSS_MIB_MAX}: ${rssMiB <= RSS_MIB_MAX ? 'reached' : 'missed'}).`,
  );
  if (!found.has(EMMETT)) return;
  say(`Rebuild to Emmett: ${verdict(ratio('rebuild', EMMETT), 20)}.`);
  say(`Live to Emmett: ${verdict(ratio('live', EMMETT), 8)}.`);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
