// Throws a million frames, half of them wrong in some way, at a World: npm run -s fuzz [-- frames [seed]]
import { fuzzWorld } from '../../tests/support/world-fuzz';

const [frames = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);

void fuzzWorld(frames, seed).then((report) => {
  const heap = report.heap.map(({ mib, rows }) => `${mib.toFixed(1)} MiB with ${rows} rows`);
  const [early, , late] = report.heap;
  // A row with its place in a table takes less than half a KiB; what memory grows by beyond that is a leak.
  const leakMiB = early && late ? late.mib - early.mib - (late.rows - early.rows) / 2048 : Infinity;
  console.log(`frames               ${report.frames} in ${report.seconds.toFixed(1)} s, seed ${seed}`);
  console.log(`crashes              ${report.crashes.length} ${report.crashes.slice(0, 3).join('; ')}`);
  console.log(`slowest frame        ${report.slowestMs.toFixed(1)} ms`);
  console.log(`connections          ${report.connections}`);
  console.log(`commands understood  ${report.commandsUnderstood}`);
  console.log(`heap                 ${heap.join(' → ')}`);
  const isSound = report.crashes.length === 0 && report.slowestMs < 1000 && leakMiB < 4;
  process.exitCode = isSound ? 0 : 1;
});
