/** Does one piece of the comparison in `rebuild.ts` in a process of its own: `contestant.ts WHAT DIRECTORY [ORDERS]`. */
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, type EventStore, type RecordedEvent } from '../../platform/event-store';
import { ProjectionTrial, startProjectionDaemon } from '../../platform/projections';
import { openEmbeddedReadModels } from '../../platform/read-models';
import { allProjections } from '../../projections/read-models';
import { writeHistory } from './history';

const WAIT_MS = 600_000;

/** The result of a piece of work. `cores`: processor time of the process in cores. */
export type Contest = {
  readonly events: number;
  readonly seconds: number;
  readonly cores: number;
  readonly rssMiB: number;
};

const scan = async (store: EventStore, see: (event: RecordedEvent) => void): Promise<number> => {
  let count = 0;
  for await (const event of store.readAll()) {
    see(event);
    count += 1;
  }
  return count;
};

const works: Readonly<Record<string, (directory: string, store: EventStore) => Promise<number>>> = {
  scan: (_, store) => scan(store, () => undefined),
  fold: (_, store) => {
    const trials = allProjections.map((projection) => new ProjectionTrial(projection, () => true));
    return scan(store, (event) => trials.forEach((trial) => trial.see(event)));
  },
  rebuild: async (directory, store) => {
    const readModels = await openEmbeddedReadModels({ directory, clock: realClock });
    const deps = { store, readModels, clock: realClock, random: realRandom };
    const daemon = await startProjectionDaemon({ ...deps, projections: allProjections });
    const head = await store.head();
    if (head === undefined || !(await daemon.waitForAll(head, WAIT_MS)))
      throw new Error('It did not get there');
    await daemon.stop();
    await readModels.close();
    return Number(head);
  },
};

const main = async ([what = '', directory = '', orders = '0']: readonly string[]): Promise<void> => {
  if (what === 'write') {
    writeHistory(directory, Number(orders));
    return;
  }
  const work = works[what];
  if (work === undefined) throw new Error(`There is no ${what}`);
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const events = await work(directory, store);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  await store.close();
  const contest: Contest = {
    events,
    seconds,
    cores: (user + system) / 1e6 / seconds,
    rssMiB: process.resourceUsage().maxRSS / 1_024,
  };
  process.stdout.write(`${JSON.stringify(contest)}\n`);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
