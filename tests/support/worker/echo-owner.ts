import { join } from 'node:path';
import { realClock, realRandom } from '../../../platform/clock';
import { startWorker } from '../../../platform/worker';
import type { EchoCalls } from './echo-worker';

/** A program whose worker is a process: it sends the worker's id, and stays until it is killed. */
void startWorker<EchoCalls>({
  entry: join(__dirname, 'echo-worker'),
  data: { greeting: 'hello' },
  name: 'echo',
  runsAs: 'process',
  pendingMax: 1,
  closeDeadlineMs: 1_000,
  unavailable: 'STORE_UNAVAILABLE',
  clock: realClock,
  random: realRandom,
}).then(async (worker) => {
  process.send?.({ pid: (await worker.call('about', {})).pid });
});
