import { join } from 'node:path';
import { realClock, realRandom } from '../../platform/clock';
import { startWorker } from '../../platform/worker';
import type { BareCalls } from './bare-thread';
import { decidedRow, type Bare } from './bare-transactions';

/**
 * Inserts each order in one transaction in another thread: the least time of a store whose disk must not block its callers. It
 * differs from `openBareTransactions` by the two crossings.
 */
export const openBareInThread = async (file: string): Promise<Bare> => {
  const worker = await startWorker<BareCalls>({
    entry: join(__dirname, 'bare-thread'),
    data: file,
    name: 'bare transactions',
    pendingMax: 1_024,
    closeDeadlineMs: 10_000,
    unavailable: 'STORE_UNAVAILABLE',
    clock: realClock,
    random: realRandom,
  });
  return { place: () => worker.call('insert', decidedRow()), close: () => worker.close() };
};
