import { eventually } from '../support/time/eventually';
import { seededRandom } from '../support/time/seeded-random';
import { Customer, type AckedOrder, type WhereItIs } from './customer';

export type ShownOrder = { readonly id: string; readonly status: string };

const ORDER_EVERY_MS = 10;
const SETTLE_WITHIN_MS = 240_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Customers who order one thing after another until it is over. The same seed orders the same things. */
export class Crowd {
  private readonly customers: readonly Customer[];
  private readonly shopping: Promise<void>;
  private isOver = false;
  private failed = false;

  constructor(
    private readonly options: { readonly customers: number; readonly seed: number },
    whereItIs: WhereItIs,
  ) {
    this.customers = Array.from(
      { length: options.customers },
      (_, index) => new Customer(`customer-${index}@example.com`, whereItIs),
    );
    this.shopping = this.shop();
    // The error is reported to the caller of `stop`.
    this.shopping.catch(() => undefined);
  }

  get acked(): readonly AckedOrder[] {
    return this.customers.flatMap(({ acked }) => acked);
  }

  /** Requests whose answer stayed out. */
  get unanswered(): number {
    return this.customers.reduce((sum, { unanswered }) => sum + unanswered, 0);
  }

  /** Resolves when each customer has got that many more answers. */
  async ordered(more: number): Promise<void> {
    const before = this.customers.map(({ acked }) => acked.length);
    await eventually(
      () =>
        this.failed ||
        this.customers.every(({ acked }, index) => acked.length >= (before[index] ?? 0) + more),
      SETTLE_WITHIN_MS,
    );
    if (this.failed) await this.shopping;
  }

  /** Resolves when one customer has got one more answer. */
  async orderedOne(): Promise<void> {
    const before = this.acked.length;
    await eventually(() => this.failed || this.acked.length > before, SETTLE_WITHIN_MS);
    if (this.failed) await this.shopping;
  }

  /**
   * Stops the customers, each after its present order.
   *
   * @throws Error if one of them got an invalid answer.
   */
  async end(): Promise<void> {
    this.isOver = true;
    await this.shopping;
  }

  /** Aborts the customers, also while they wait. */
  flee(): void {
    this.isOver = true;
    for (const customer of this.customers) customer.leave();
  }

  /** Resolves once all their orders have arrived. */
  async settled(): Promise<void> {
    await eventually(async () => {
      const orders = await this.shown();
      const open = orders.filter(({ status }) => status !== 'FULFILLED').length;
      await sleep(100);
      return open === 0 && orders.length >= this.acked.length;
    }, SETTLE_WITHIN_MS);
  }

  /** Their orders, as the platform shows them. */
  async shown(): Promise<readonly ShownOrder[]> {
    return (await Promise.all(this.customers.map((customer) => customer.orders()))).flat();
  }

  private async shop(): Promise<void> {
    try {
      await Promise.all(this.customers.map((customer, index) => this.shopAs(customer, index)));
    } catch (error) {
      this.failed = true;
      throw error;
    }
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
}
