/**
 * Compares the platform on EventStoreDB's protocol with the platform on the embedded store: processor time an order, orders
 * a second, reads of streams and subscriptions. The server is a process of its own: `waybill eventstore`, or a running one.
 * `node -r ./tests/support/typescript-hook.js bench/on-eventstoredb/run.ts [--orders 100] [--rounds 1] [--esdb URL]
 * [--live-buffer N]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Customer } from '../../tests/crash/customer';
import { topSpeed } from '../../tests/support/process/waybill';
import { WaybillProcess } from '../../tests/support/process/waybill-process';
import { machine, median, medianRatio, say, times } from '../measuring';

const CUSTOMERS = 8;
const WARM_UP = 24;
const LOOK_EVERY_MS = 500;
const CREDENTIALS = 'bench:measures-the-platform';

/** The use of resources of one contestant. `cpuMs`, `reads` and `appends`: an order; `subscriptions`: in all. */
type Figures = {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly reads: number;
  readonly appends: number;
  readonly pages: number;
  readonly subscriptions: number;
  readonly endedByServer: number;
};

type Environment = Readonly<Record<string, string>>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Returns the sums of a process's metrics, by name, over all labels. */
const metricsOf = async (url: string): Promise<(name: string) => number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((each) => each !== '' && !each.startsWith('#'));
  return (name) =>
    lines
      .filter((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`))
      .reduce((sum, each) => sum + Number(each.slice(each.lastIndexOf(' ') + 1)), 0);
};

const orderAll = async (customers: readonly Customer[], orders: number, name: string): Promise<void> => {
  let left = orders;
  await Promise.all(
    customers.map(async (customer, index) => {
      const products = await customer.products();
      for (let count = 0; left > 0; count += 1) {
        left -= 1;
        await customer.order(`${name} ${count}`, products[(index + count) % products.length] ?? '', 1);
      }
    }),
  );
  for (;;) {
    const shown = (await Promise.all(customers.map((customer) => customer.orders()))).flat();
    const acked = customers.reduce((sum, customer) => sum + customer.acked.length, 0);
    if (shown.length >= acked && shown.every(({ status }) => status === 'FULFILLED')) return;
    await sleep(LOOK_EVERY_MS);
  }
};

const measure = async (orders: number, environment: Environment): Promise<Figures> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const platform = WaybillProcess.spawn(directory, { ...topSpeed, ...environment });
  try {
    const url = await platform.ready();
    if (url === undefined) throw new Error(`The platform did not start: ${platform.talk}`);
    const customers = Array.from(
      { length: CUSTOMERS },
      (_, at) => new Customer(`bench-${at}@example.com`, () => url),
    );
    for (const customer of customers) await customer.enter();
    await orderAll(customers, WARM_UP, 'warm-up');
    const before = await metricsOf(url);
    const startedAt = performance.now();
    await orderAll(customers, orders, 'order');
    const seconds = (performance.now() - startedAt) / 1_000;
    const after = await metricsOf(url);
    const perOrder = (name: string): number => (after(name) - before(name)) / orders;
    return {
      perSecond: orders / seconds,
      cpuMs: perOrder('process_cpu_seconds_total') * 1_000,
      reads: perOrder('waybill_event_store_reads_total'),
      appends: perOrder('waybill_event_store_append_duration_seconds_count'),
      pages: perOrder('waybill_event_store_pages_read_total'),
      subscriptions: after('waybill_event_store_subscriptions_opened_total'),
      endedByServer: after('waybill_event_store_subscriptions_ended_total'),
    };
  } finally {
    await platform.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  }
};

const measureOnEventStoreDb = async (orders: number, liveBuffer: string | undefined): Promise<Figures> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const args = ['eventstore', '--port', '0', '--json', ...(liveBuffer ? ['--live-buffer', liveBuffer] : [])];
  const server = WaybillProcess.spawn(directory, { WAYBILL_EVENTSTORE_CREDENTIALS: CREDENTIALS }, args);
  try {
    const { eventstore } = await server.addresses();
    return await measure(orders, { WAYBILL_EVENT_STORE: `esdb://${CREDENTIALS}@${eventstore}?tls=false` });
  } finally {
    await server.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  }
};

const row = (name: string, runs: readonly Figures[]): void => {
  const of = (figure: keyof Figures): string => median(runs.map((run) => run[figure])).toFixed(1);
  say(
    `| ${[name, of('perSecond'), `${of('cpuMs')} ms`, of('reads'), of('appends'), of('pages'), of('subscriptions'), of('endedByServer')].join(' | ')} |`,
  );
};

const verdict = (what: string, reached: boolean, value: string, goal: string): void =>
  say(`- ${what}: ${value} (goal ${goal}: ${reached ? 'reached' : 'missed'})`);

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '100' },
      rounds: { type: 'string', default: '1' },
      esdb: { type: 'string' },
      'live-buffer': { type: 'string' },
    },
  });
  const orders = Number(values.orders);
  say(`${machine()}, ${new Date().toISOString()}, ${orders} orders of ${CUSTOMERS} customers.\n`);
  const embedded: Figures[] = [];
  const remote: Figures[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    embedded.push(await measure(orders, {}));
    remote.push(
      values.esdb === undefined
        ? await measureOnEventStoreDb(orders, values['live-buffer'])
        : await measure(orders, { WAYBILL_EVENT_STORE: values.esdb }),
    );
  }
  say(
    '| store | orders/s | CPU an order | reads an order | appends an order | pages an order | subscriptions | ended by the server |',
  );
  say('| --- | --- | --- | --- | --- | --- | --- | --- |');
  row('embedded', embedded);
  row('EventStoreDB’s protocol', remote);
  say();
  const ratio = (figure: keyof Figures): number =>
    medianRatio(
      remote.map((run) => run[figure]),
      embedded.map((run) => run[figure]),
    );
  const reads = median(remote.map((run) => run.reads));
  const held = Math.max(...remote.map((run) => run.subscriptions - run.endedByServer));
  verdict('processor time an order', ratio('cpuMs') <= 1.5, times(ratio('cpuMs')), 'at most 1.5 ×');
  verdict('orders a second', ratio('perSecond') >= 0.5, times(ratio('perSecond')), 'at least 0.5 ×');
  verdict('reads of streams an order', reads <= 3, reads.toFixed(1), 'at most 3');
  verdict('subscriptions at a time', held === 1, String(held), '1');
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
