import { within, type Clock, type Random, type Timer } from '../../clock';
import { backoffDelay, type Backoff } from '../../faults';
import type { Handler, IntegrationEvent, Subscription } from '../bus';

export type ConsumerLimits = {
  /** The limit of messages that wait, are being handled, or wait for their next delivery. */
  readonly keptMax: number;
  /** The number of concurrent handlers of a subscription. */
  readonly concurrentMax: number;
  /** A handler that takes longer has failed. */
  readonly handleWithinMs: number;
  readonly redelivery: Backoff;
};

type Delivery = { readonly event: IntegrationEvent; deliveries: number };
type Terms = {
  readonly maxDeliveries: number;
  readonly handler: Handler<IntegrationEvent>;
  readonly onParked: (event: IntegrationEvent, reason: string) => void;
};
type Attached = Terms & { readonly atWork: Set<Promise<void>> };

/** One consumer's messages, shared by all its subscriptions. They are kept while there is no subscription. */
export class Consumer {
  private readonly waiting = new Set<Delivery>();
  private readonly resting = new Map<Delivery, Timer>();
  private readonly subscriptions = new Set<Attached>();
  private atWork = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly limits: ConsumerLimits,
  ) {}

  hasRoom(): boolean {
    return this.waiting.size + this.resting.size + this.atWork < this.limits.keptMax;
  }

  offer(event: IntegrationEvent): void {
    this.waiting.add({ event, deliveries: 0 });
    this.dispatch();
  }

  subscribe(terms: Terms): Subscription {
    const attached: Attached = { ...terms, atWork: new Set() };
    this.subscriptions.add(attached);
    this.dispatch();
    return {
      stop: async () => {
        this.subscriptions.delete(attached);
        await Promise.all(attached.atWork);
      },
    };
  }

  /** Accepts no more messages, and waits for the running handlers. */
  async close(): Promise<void> {
    for (const timer of this.resting.values()) timer.cancel();
    const atWork = [...this.subscriptions].flatMap((subscription) => [...subscription.atWork]);
    this.subscriptions.clear();
    await Promise.all(atWork);
  }

  private dispatch(): void {
    for (const delivery of this.waiting) {
      const free = [...this.subscriptions]
        .filter(({ atWork }) => atWork.size < this.limits.concurrentMax)
        .sort((left, right) => left.atWork.size - right.atWork.size)[0];
      if (!free) return;
      this.waiting.delete(delivery);
      this.hand(delivery, free);
    }
  }

  private hand(delivery: Delivery, to: Attached): void {
    this.atWork += 1;
    delivery.deliveries += 1;
    const work = this.handled(delivery.event, to.handler)
      .catch((error: unknown) => this.failed(delivery, to, error))
      .finally(() => {
        this.atWork -= 1;
        to.atWork.delete(work);
        this.dispatch();
      });
    to.atWork.add(work);
  }

  private async handled(event: IntegrationEvent, handler: Handler<IntegrationEvent>): Promise<void> {
    // Never within `publish`: the handler runs after the publishing code.
    await Promise.resolve();
    const { handleWithinMs } = this.limits;
    await within(this.clock, handleWithinMs, handler(event), () => new Error('The handler took too long'));
  }

  private failed(delivery: Delivery, { maxDeliveries, onParked }: Terms, error: unknown): void {
    if (delivery.deliveries >= maxDeliveries) {
      onParked(delivery.event, error instanceof Error ? error.message : String(error));
      return;
    }
    const delay = backoffDelay(delivery.deliveries - 1, this.limits.redelivery, this.random);
    const timer = this.clock.after(delay, () => {
      this.resting.delete(delivery);
      this.waiting.add(delivery);
      this.dispatch();
    });
    this.resting.set(delivery, timer);
  }
}
