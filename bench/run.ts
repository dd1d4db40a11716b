/**
 * Compares the platform with its peers, in alternation, as Markdown: `npm run bench [-- commands|edge|fold|grpc …]`.
 * The peers are installed by `npm ci --prefix bench/peers`.
 */
import { execFileSync } from 'node:child_process';
import { compareCommands } from './commands/against-emmett';
import { measureFold } from './commands/fold';
import { compareTransports, type Measured } from './grpc/against-unary';
import { compareEdges, servers, type Answered, type EdgeComparison } from './edge/against-peers';
import {
  cpuMicrosOf,
  inMs,
  machine,
  median,
  medianRatio,
  quantile,
  rateOf,
  say,
  times,
  verdict,
  whole,
  type Run,
} from './measuring';

const ROUNDS = 5;
const ROUND_MS = 2_000;

const row = (...cells: readonly string[]): void => say(`| ${cells.join(' | ')} |`);
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => '---'));
};

const runCells = (runs: readonly Run[]): readonly string[] => [
  whole(median(runs.map(rateOf))),
  inMs(median(runs.map(({ waitsMs }) => quantile(waitsMs, 0.5)))),
  inMs(median(runs.map(({ waitsMs }) => quantile(waitsMs, 0.99)))),
  `${whole(median(runs.map(cpuMicrosOf)))} µs`,
];

const commandGoals: Readonly<Record<number, number>> = { 1: 3, 64: 20 };

const commands = async (): Promise<void> => {
  const { emmettPragmas, comparisons, crowd } = await compareCommands(ROUNDS, ROUND_MS);
  say('\n## Commands: place an order on a new stream, durable before the answer\n');
  say(`Waybill: journal_mode = WAL, synchronous = FULL (2). Emmett: ${emmettPragmas}.\n`);
  head('in flight', 'store', 'commands/s', 'p50', 'p99', 'CPU a command', 'Waybill against it');
  for (const { places, waybill, emmett, bare, bareInThread, bareGroups } of comparisons) {
    const against = (theirs: readonly Run[]): number => medianRatio(waybill.map(rateOf), theirs.map(rateOf));
    row(String(places), 'Waybill, `execute`', ...runCells(waybill), '');
    row(
      String(places),
      'Emmett, `CommandHandler`',
      ...runCells(emmett),
      verdict(against(emmett), commandGoals[places] ?? 1),
    );
    const floors = { '': bare, ', in a thread': bareInThread, ', in groups': bareGroups };
    for (const [how, runs] of Object.entries(floors)) {
      const toEmmett = times(medianRatio(runs.map(rateOf), emmett.map(rateOf)));
      row(
        String(places),
        `bare transactions${how}`,
        ...runCells(runs),
        `${times(against(runs))}; it is ${toEmmett} Emmett`,
      );
    }
  }
  const crowdRatio = medianRatio(crowd.many.map(rateOf), crowd.few.map(rateOf));
  row('512', 'Waybill, `execute`', ...runCells(crowd.many), '');
  row('64', 'Waybill, `execute`', ...runCells(crowd.few), verdict(crowdRatio, 1));
};

const pick = (answered: readonly Answered[], figure: keyof Answered): readonly number[] =>
  answered.map((one) => one[figure]);

const edgeGoals: Readonly<Record<string, number>> = { [servers.mercurius]: 0.5, [servers.apollo]: 3 };

const edgeTable = ({ question, answered }: EdgeComparison): void => {
  say(`\n### ${question}\n`);
  head('server', 'requests/s', 'p99', 'CPU a request', 'edge against it', 'by CPU');
  const ours = answered.get(servers.edge) ?? [];
  for (const [name, theirs] of answered) {
    const ratio = medianRatio(pick(ours, 'perSecond'), pick(theirs, 'perSecond'));
    const byCpu = medianRatio(pick(theirs, 'cpuMicros'), pick(ours, 'cpuMicros'));
    const goal = edgeGoals[name];
    row(
      name,
      whole(median(pick(theirs, 'perSecond'))),
      inMs(median(pick(theirs, 'p99Ms'))),
      `${whole(median(pick(theirs, 'cpuMicros')))} µs`,
      ...(name === servers.edge ? ['', ''] : [goal ? verdict(ratio, goal) : times(ratio), times(byCpu)]),
    );
  }
};

const edge = async (): Promise<void> => {
  const comparisons = await compareEdges(ROUNDS, ROUND_MS);
  say('\n## Edge: GraphQL over HTTP, 50 connections, 1,000 products');
  for (const comparison of comparisons) edgeTable(comparison);
};

const fold = async (): Promise<void> => {
  const { foldMs, loadMs } = await measureFold(ROUNDS);
  say('\n## Fold: a stream of 10,000 events\n');
  head('what', 'time');
  row('fold, in memory', inMs(foldMs));
  row('read from the file, parse and fold', inMs(loadMs));
};

const streamGoals: Readonly<Record<number, number>> = { 64: 4 };

const what = { echo: 'answered at once', real: 'add to a cart, durable' } as const;

const grpc = async (): Promise<void> => {
  const comparisons = await compareTransports(ROUNDS, ROUND_MS);
  say('\n## gRPC: commands over the shared stream, and by a unary call each, one server process\n');
  head(
    'command',
    'in flight',
    'way',
    'commands/s',
    'p50',
    'p99',
    'CPU here',
    'CPU of the server',
    'stream against it',
  );
  for (const { what: kind, places, stream, unary } of comparisons) {
    const cells = (measured: readonly Measured[]): readonly string[] => [
      ...runCells(measured.map(({ run }) => run)),
      `${whole(median(measured.map(({ serverMicros }) => serverMicros)))} µs`,
    ];
    const rates = (measured: readonly Measured[]) => measured.map(({ run }) => rateOf(run));
    const ratio = medianRatio(rates(stream), rates(unary));
    const goal = kind === 'echo' ? streamGoals[places] : undefined;
    row(what[kind], String(places), 'stream', ...cells(stream), '');
    row(what[kind], String(places), 'unary', ...cells(unary), goal ? verdict(ratio, goal) : times(ratio));
  }
};

const sections: Readonly<Record<string, () => Promise<void>>> = { commands, edge, fold, grpc };

const main = async (asked: readonly string[]): Promise<void> => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: __dirname, encoding: 'utf8' });
  say(`${machine()}, ${new Date().toISOString()}, commit ${commit.trim()}.`);
  say(`Medians of ${ROUNDS} rounds of ${ROUND_MS / 1_000} s, in turns; ratios are medians of each round's.`);
  for (const name of asked.length > 0 ? asked : Object.keys(sections)) {
    const section = sections[name];
    if (section === undefined) throw new Error(`There is no "${name}": ${Object.keys(sections).join(', ')}`);
    await section();
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
