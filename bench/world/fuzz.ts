// Throws a million frames, half of them wrong in some way, at a World: node -r ./tests/support/typescript-hook.js bench/world/fuzz.ts [frames] [seed]
import { fuzzWorld } from '../../tests/support/world-fuzz';

const [frames = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);

void fuzzWorld(frames, seed).then((report) => {
  const [early = 0, , late = 0] = report.heapMiB;
  console.log(`frames               ${report.frames} in ${report.seconds.toFixed(1)} s, seed ${seed}`);
  console.log(`crashes              ${report.crashes.length} ${report.crashes.slice(0, 3).join('; ')}`);
  console.log(`slowest frame        ${report.slowestMs.toFixed(1)} ms`);
  console.log(`connections          ${report.connections}`);
  console.log(`commands understood  ${report.commandsUnderstood}`);
  console.log(`heap                 ${report.heapMiB.map((mib) => `${mib.toFixed(1)} MiB`).join(' → ')}`);
  const isSound = report.crashes.length === 0 && report.slowestMs < 1000 && late < early + 64;
  process.exitCode = isSound ? 0 : 1;
});
