/** Does one piece of the comparison in `rebuild.ts` in a process of its own: `contestant.ts WHAT DIRECTORY [ORDERS]`. */
import { join } from 'node:path';
import { limitHeapGrowth } from '../../cli/composition/heap-growth';
import { realClock, realRandom } from '../../platform/clock';
import {
  openEmbeddedEventStore,
  shareSubscription,
  type EventStore,
  type RecordedEvent,
} from '../../platform/event-store';
import { ProjectionTrial, startProjectionDaemon } from '../../platform/projections';
import { openEmbeddedReadModels } from '../../platform/read-models';
import { silentLogger } from '../../platform/telemetry';
import { orderDetails } from '../../projections/order-details';
import { allProjections } from '../../projections/read-models';
import { appendOrder, EVENTS_OF_AN_ORDER } from '../event-store/order-story';
import { inFlight } from '../measuring';
import { writeAppends, writeHistory } from './history';

const WAIT_MS = 600_000;
const LIVE_MS = 5_000;
const IN_FLIGHT = 64;
const runtime = { clock: realClock, random: realRandom, logger: silentLogger };

/** The result of a piece of work. `cores`: processor time of the process in cores. `rssMiB`: the largest so far. */
export type Contest = {
  readonly events: number;
  readonly seconds: number;
  readonly cores: number;
  readonly rssMiB: number;
};

type Work = (directory: string, store: EventStore) => Promise<number>;

const scan = async (store: EventStore, see: (event: RecordedEvent) => void): Promise<number> => {
  let count = 0;
  for await (const event of store.readAll()) {
    see(event);
    count += 1;
  }
  return count;
};

const works: Readonly<Record<string, Work>> = {
  scan: (_, store) => scan(store, () => undefined),
  fold: (_, store) => {
    const trials = allProjections.map((projection) => new ProjectionTrial(projection, () => true));
    return scan(store, (event) => trials.forEach((trial) => trial.see(event)));
  },
  rebuild: async (directory, store) => {
    const readModels = await openEmbeddedReadModels({ directory, ...runtime });
    const daemon = await startProjectionDaemon({
      store,
      readModels,
      projections: allProjections,
      ...runtime,
    });
    const head = await store.head();
    if (head === undefined || !(await daemon.waitForAll(head, WAIT_MS)))
      throw new Error('It did not get there');
    await daemon.stop();
    await readModels.close();
    return Number(head);
  },
  live: async (directory, store) => {
    const shared = shareSubscription(store, runtime);
    const readModels = await openEmbeddedReadModels({ directory, ...runtime });
    const daemon = await startProjectionDaemon({
      store: shared,
      readModels,
      projections: allProjections,
      ...runtime,
    });
    const { done } = await inFlight(IN_FLIGHT, LIVE_MS, async () => {
      const { position } = await appendOrder(shared);
      if (!(await daemon.waitFor(orderDetails.collection.name, position, WAIT_MS)))
        throw new Error('It did not get there');
    });
    await daemon.stop();
    await readModels.close();
    return done * EVENTS_OF_AN_ORDER;
  },
};

const measure = async (work: Work, directory: string): Promise<Contest> => {
  // As the platform and the command line do.
  limitHeapGrowth();
  const store = await openEmbeddedEventStore({ directory, ...runtime });
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const events = await work(directory, store);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await store.close();
  return {
    events,
    seconds,
    cores: (user + system) / 1e6 / seconds,
    rssMiB: process.resourceUsage().maxRSS / 1_024,
  };
};

const main = async ([what = '', directory = '', orders = '0']: readonly string[]): Promise<void> => {
  if (what === 'write') writeHistory(directory, Number(orders));
  else if (what === 'appends') writeAppends(join(directory, 'appends.jsonl'), Number(orders));
  else {
    const work = works[what];
    if (work === undefined) throw new Error(`There is no ${what}`);
    process.stdout.write(`${JSON.stringify(await measure(work, directory))}\n`);
  }
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
