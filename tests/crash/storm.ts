import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../platform/clock';
import { eventually } from '../support/eventually';
import { seededRandom } from '../support/seeded-random';
import { WaybillProcess } from '../support/waybill-process';
import { Customer, type AckedOrder } from './customer';

export type StormOptions = {
  readonly kills: number;
  /** The same seed kills after the same delays, and orders the same things. */
  readonly seed: number;
  readonly customers: number;
  readonly log: (line: string) => void;
};

export type StormReport = {
  readonly directory: string;
  readonly kills: number;
  /** Killed before it was ready. */
  readonly killedWhileStarting: number;
  readonly acked: readonly AckedOrder[];
  /** As the platform shows them at the end, by customer. */
  readonly shown: readonly { readonly id: string; readonly status: string }[];
  /** Requests whose answer stayed out. */
  readonly unanswered: number;
  readonly stopped: { readonly code: number | null; readonly tookMs: number };
  readonly remove: () => Promise<void>;
};

/** Most kills hit a platform at work, one in five one that is starting. */
const WORKS_AT_MOST_MS = 3_000;
const STARTS_AT_MOST_MS = 2_500;
const SETTLE_WITHIN_MS = 120_000;
const ORDER_EVERY_MS = 10;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A platform that is killed again and again, its customers, and what they know. */
class Storm {
  private url: string | undefined;
  private isOver = false;
  private failed = false;
  killedWhileStarting = 0;
  readonly customers: readonly Customer[];

  constructor(
    private readonly directory: string,
    private readonly random: Random,
    private readonly options: StormOptions,
  ) {
    this.customers = Array.from(
      { length: options.customers },
      (_, index) => new Customer(`customer-${index}@example.com`, () => this.url),
    );
  }

  async lives(): Promise<void> {
    for (let kill = 1; kill <= this.options.kills; kill += 1) {
      const waybill = WaybillProcess.spawn(this.directory);
      const whileStarting = kill > 1 && this.random.next() < 0.2;
      if (whileStarting) await sleep(this.random.next() * STARTS_AT_MOST_MS);
      else {
        this.url = await this.readiness(waybill);
        await sleep(this.random.next() * WORKS_AT_MOST_MS);
      }
      if (whileStarting && !waybill.talk.includes('is ready')) this.killedWhileStarting += 1;
      this.url = undefined;
      await waybill.kill();
      this.options.log(`kill ${kill}${whileStarting ? ' while starting' : ''}, ${this.ackedCount()} orders`);
    }
  }

  /** The life after the last kill, in which each customer orders once more at least. */
  async lastLife(): Promise<{ readonly waybill: WaybillProcess }> {
    const waybill = WaybillProcess.spawn(this.directory);
    this.url = await this.readiness(waybill);
    const before = this.customers.map(({ acked }) => acked.length);
    await eventually(
      () => this.failed || this.customers.every(({ acked }, index) => acked.length > (before[index] ?? 0)),
      SETTLE_WITHIN_MS,
    );
    return { waybill };
  }

  /** Each customer orders until the storm is over. */
  async shop(): Promise<void> {
    try {
      await Promise.all(this.customers.map((customer, index) => this.shopAs(customer, index)));
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }

  end(): void {
    this.isOver = true;
  }

  async settled(): Promise<void> {
    await eventually(async () => {
      const orders = await this.shown();
      const open = orders.filter(({ status }) => status !== 'FULFILLED').length;
      await sleep(100);
      return open === 0 && orders.length >= this.ackedCount();
    }, SETTLE_WITHIN_MS);
  }

  async shown(): Promise<readonly { readonly id: string; readonly status: string }[]> {
    return (await Promise.all(this.customers.map((customer) => customer.orders()))).flat();
  }

  ackedCount(): number {
    return this.customers.reduce((sum, { acked }) => sum + acked.length, 0);
  }

  private async shopAs(customer: Customer, index: number): Promise<void> {
    const random = seededRandom(this.options.seed + index + 1);
    await customer.enter();
    const products = await customer.products();
    for (let count = 0; !this.isOver; count += 1) {
      const productId = products[Math.floor(random.next() * products.length)] ?? '';
      await customer.order(`order ${count}`, productId, 1 + Math.floor(random.next() * 9));
      await sleep(ORDER_EVERY_MS);
    }
  }

  private async readiness(waybill: WaybillProcess): Promise<string> {
    const url = await waybill.ready();
    if (url === undefined) throw new Error(`Waybill does not start again:\n${waybill.talk}`);
    return url;
  }
}

/**
 * Runs the platform as a process, with customers who order all the time, kills it (`kill -9`) at random moments and starts it
 * again on what is left; then waits until all orders have arrived and stops it gently.
 */
export const runStorm = async (options: StormOptions): Promise<StormReport> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-storm-'));
  const storm = new Storm(directory, seededRandom(options.seed), options);
  const shopping = storm.shop();
  // Waited for below; a customer who is told nonsense must not go unheard meanwhile.
  shopping.catch((error: unknown) => options.log(String(error)));
  await storm.lives();
  const { waybill } = await storm.lastLife();
  storm.end();
  await shopping;
  options.log(`${storm.ackedCount()} orders acknowledged; waiting until they have arrived`);
  await storm.settled();
  const shown = await storm.shown();
  const toldToStopAt = performance.now();
  const { code } = await waybill.kill('SIGTERM');
  return {
    directory,
    kills: options.kills,
    killedWhileStarting: storm.killedWhileStarting,
    acked: storm.customers.flatMap(({ acked }) => acked),
    shown,
    unanswered: storm.customers.reduce((sum, customer) => sum + customer.unanswered, 0),
    stopped: { code, tookMs: performance.now() - toldToStopAt },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};
