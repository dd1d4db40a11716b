// Runs a World as a process of its own, to be killed: directory, speed, flakiness. Its first line is its two ports.
import { realClock, realRandom } from '../../../platform/clock';
import { silentLogger } from '../../../platform/telemetry';
import { startWorldSimulator } from '../../../simulators/world';

const [directory = '', speed, flakiness, amazonPort, upsPort] = process.argv.slice(2);

void startWorldSimulator({
  directory,
  host: '127.0.0.1',
  amazonPort: Number(amazonPort ?? 0),
  upsPort: Number(upsPort ?? 0),
  faults: { flakiness: Number(flakiness) },
  clock: realClock,
  random: realRandom,
  logger: silentLogger,
  defaultSpeed: Number(speed),
  timing: { resendMs: 40 },
}).then(({ amazonAddress, upsAddress }) => {
  process.stdout.write(`${amazonAddress.port} ${upsAddress.port}\n`);
});
