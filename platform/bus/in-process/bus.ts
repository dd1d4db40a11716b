import type { Clock, Random } from '../../clock';
import { Fault } from '../../faults';
import { silentLogger, type Logger } from '../../telemetry';
import type { Bus, DocumentChanged, Handler, IntegrationEvent, Subscription, Topic } from '../bus';
import { Consumer, type ConsumerLimits } from './consumer';
import { createRecentIds, type RecentIds } from './recent-ids';

export type InProcessBusOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger | undefined;
  /** Overrides of the defaults. */
  readonly limits?: Partial<ConsumerLimits> | undefined;
};

const defaults: ConsumerLimits = {
  keptMax: 10_000,
  concurrentMax: 16,
  handleWithinMs: 30_000,
  redelivery: { baseMs: 1_000, factor: 2, maxMs: 60_000 },
};
const DEDUPE_WINDOW_MS = 120_000;
const DEDUPE_IDS_MAX = 100_000;

type TopicState = { readonly recent: RecentIds; readonly consumers: Map<string, Consumer> };

class InProcessBus implements Bus {
  private readonly topics = new Map<Topic, TopicState>();
  private readonly listeners = new Set<(change: DocumentChanged) => void>();
  private readonly limits: ConsumerLimits;
  private isClosed = false;

  constructor(private readonly options: InProcessBusOptions & { readonly logger: Logger }) {
    this.limits = { ...defaults, ...options.limits };
  }

  async publish(topic: Topic, event: IntegrationEvent): Promise<void> {
    await Promise.resolve();
    this.checkOpen();
    const { recent, consumers } = this.topic(topic);
    if (recent.has(event.id)) return;
    const full = [...consumers].find(([, consumer]) => !consumer.hasRoom());
    if (full) throw new Fault('OVERLOADED', `The consumer ${full[0]} of ${topic} is too far behind`);
    recent.set(event.id, true);
    for (const consumer of consumers.values()) consumer.offer(event);
  }

  async consume(
    topic: Topic,
    { name, maxDeliveries }: { readonly name: string; readonly maxDeliveries: number },
    handler: Handler<IntegrationEvent>,
    onParked: (event: IntegrationEvent, reason: string) => void,
  ): Promise<Subscription> {
    await Promise.resolve();
    this.checkOpen();
    const { clock, random } = this.options;
    const { consumers } = this.topic(topic);
    const consumer = consumers.get(name) ?? new Consumer(clock, random, this.limits);
    consumers.set(name, consumer);
    return consumer.subscribe({ maxDeliveries, handler, onParked });
  }

  announce(changes: readonly DocumentChanged[]): void {
    if (this.isClosed || this.listeners.size === 0) return;
    // Listeners run after the announcing code, so that they cannot make it fail.
    queueMicrotask(() => {
      for (const change of changes) for (const listener of this.listeners) this.tell(listener, change);
    });
  }

  async onChange(handler: (change: DocumentChanged) => void): Promise<Subscription> {
    await Promise.resolve();
    this.checkOpen();
    // A new function, so that one handler may be added twice.
    const listener = (change: DocumentChanged): void => handler(change);
    this.listeners.add(listener);
    return {
      stop: () => {
        this.listeners.delete(listener);
        return Promise.resolve();
      },
    };
  }

  async onAbandoned(): Promise<Subscription> {
    await Promise.resolve();
    this.checkOpen();
    // Other systems cannot connect to this engine.
    return { stop: () => Promise.resolve() };
  }

  healthy(): boolean {
    return !this.isClosed;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.clear();
    const consumers = [...this.topics.values()].flatMap((topic) => [...topic.consumers.values()]);
    await Promise.all(consumers.map((consumer) => consumer.close()));
  }

  private tell(listener: (change: DocumentChanged) => void, change: DocumentChanged): void {
    try {
      listener(change);
    } catch (error) {
      this.options.logger.error({ error, ...change }, 'A listener failed on a change');
    }
  }

  private topic(topic: Topic): TopicState {
    const known = this.topics.get(topic);
    if (known) return known;
    const recent = createRecentIds(this.options.clock, DEDUPE_WINDOW_MS, DEDUPE_IDS_MAX);
    const state = { recent, consumers: new Map<string, Consumer>() };
    this.topics.set(topic, state);
    return state;
  }

  private checkOpen(): void {
    if (this.isClosed) throw new Fault('BUS_UNAVAILABLE', 'The bus is closed');
  }
}

/** Opens a bus within one process. Its messages end with the process and are published again from the event store. */
export const inProcessBus = (options: InProcessBusOptions): Bus =>
  new InProcessBus({ ...options, logger: options.logger ?? silentLogger });
