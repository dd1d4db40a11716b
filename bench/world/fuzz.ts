// Sends frames, half of them malformed: npm run -s fuzz [-- --at simulator|gateway] [frames [seed]]
import { parseArgs } from 'node:util';
import { fuzzGateway } from '../../tests/support/world/gateway-fuzz';
import { fuzzWorld } from '../../tests/support/world/world-fuzz';

const LEAK_MIB_MAX = 4;

const print = (rows: Readonly<Record<string, string | number>>): void => {
  for (const [what, value] of Object.entries(rows)) console.log(`${what.padEnd(20)} ${value}`);
};

const crashesOf = (crashes: readonly string[]): string =>
  `${crashes.length} ${crashes.slice(0, 3).join('; ')}`;

const atSimulator = async (frames: number, seed: number): Promise<boolean> => {
  const { crashes, slowestMs, connections, commandsUnderstood, heap, seconds } = await fuzzWorld(
    frames,
    seed,
  );
  const [early, , late] = heap;
  // A table row takes less than half a KiB; further growth of memory is a leak.
  const leakMiB = early && late ? late.mib - early.mib - (late.rows - early.rows) / 2048 : Infinity;
  print({
    frames: `${frames} in ${seconds.toFixed(1)} s, seed ${seed}`,
    crashes: crashesOf(crashes),
    'slowest frame': `${slowestMs.toFixed(1)} ms`,
    connections,
    'commands understood': commandsUnderstood,
    heap: heap.map(({ mib, rows }) => `${mib.toFixed(1)} MiB with ${rows} rows`).join(' → '),
  });
  return crashes.length === 0 && slowestMs < 1000 && leakMiB < LEAK_MIB_MAX;
};

const atGateway = async (frames: number, seed: number): Promise<boolean> => {
  const report = await fuzzGateway(frames, seed);
  const { crashes, connections, commandsHeard, breaches, heap } = report;
  print({
    frames: `${frames} in ${report.seconds.toFixed(1)} s, seed ${seed}`,
    'frames read': report.framesRead,
    crashes: crashesOf(crashes),
    connections,
    'messages received': commandsHeard,
    'rules broken': crashesOf(breaches),
    heap: heap.map(({ mib, events }) => `${mib.toFixed(1)} MiB with ${events} events`).join(' → '),
  });
  return crashes.length === 0 && breaches.length === 0;
};

const { values, positionals } = parseArgs({
  options: { at: { type: 'string', default: 'simulator' } },
  allowPositionals: true,
});
const [frames = 1_000_000, seed = 1] = positionals.map(Number);
const fuzz = values.at === 'gateway' ? atGateway : atSimulator;

void fuzz(frames, seed).then((isSound) => {
  process.exitCode = isSound ? 0 : 1;
});
