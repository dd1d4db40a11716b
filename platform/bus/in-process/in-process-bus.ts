import type { Clock, Random } from '../../clock';
import { backoffDelay, Fault } from '../../faults';
import type { Logger } from '../../telemetry';
import type { Bus, DocumentChanged, Handler, IntegrationEvent, Subscription, Topic } from '../port';

export type InProcessBusOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** How many ids a topic remembers, to tell a repeat. Default 10 000. */
  readonly rememberedMax?: number;
  /** Messages that wait for a consumer, at most; a publisher waits above that. Default 10 000. */
  readonly waitingMax?: number;
};

const REDELIVERY = { baseMs: 100, factor: 3, maxMs: 10_000 } as const;

/** Ids in the order they came; the oldest is forgotten when a new one needs its place. */
class Remembered {
  private readonly ids = new Set<string>();

  constructor(private readonly max: number) {}

  /** @returns whether the id is new. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    if (this.ids.size > this.max) {
      const [oldest] = this.ids;
      if (oldest !== undefined) this.ids.delete(oldest);
    }
    return true;
  }
}

type Member = {
  readonly handler: Handler<IntegrationEvent>;
  readonly onParked: (event: IntegrationEvent, reason: string) => void;
};

/** One durable consumer's name: what waits for it, and who answers to the name. */
class Consumer {
  private readonly waiting: IntegrationEvent[] = [];
  private readonly members: Member[] = [];
  private roomNeeded: (() => void)[] = [];
  private working: Promise<void> | undefined;
  private turn = 0;

  constructor(
    private readonly maxDeliveries: number,
    private readonly options: Required<InProcessBusOptions>,
    private readonly signal: AbortSignal,
  ) {}

  join(member: Member): () => Promise<void> {
    this.members.push(member);
    this.work();
    return async () => {
      this.members.splice(this.members.indexOf(member), 1);
      await this.working;
    };
  }

  async add(event: IntegrationEvent): Promise<void> {
    while (this.waiting.length >= this.options.waitingMax && !this.signal.aborted) {
      await new Promise<void>((resolve) => this.roomNeeded.push(resolve));
    }
    this.waiting.push(event);
    this.work();
  }

  /** Lets waiting publishers go; for closing. */
  release(): Promise<void> {
    this.makeRoom();
    return this.working ?? Promise.resolve();
  }

  private makeRoom(): void {
    const waiters = this.roomNeeded;
    this.roomNeeded = [];
    waiters.forEach((resolve) => resolve());
  }

  private work(): void {
    this.working ??= this.drain().finally(() => {
      this.working = undefined;
      // Somebody may have joined or published while the last one was being finished.
      if (this.members.length > 0 && this.waiting.length > 0 && !this.signal.aborted) this.work();
    });
  }

  private async drain(): Promise<void> {
    while (!this.signal.aborted && this.members.length > 0) {
      const event = this.waiting.shift();
      if (event === undefined) return;
      this.makeRoom();
      await this.deliver(event);
    }
  }

  private async deliver(event: IntegrationEvent): Promise<void> {
    for (let delivery = 1; ; delivery += 1) {
      const member = this.members[this.turn++ % Math.max(1, this.members.length)];
      if (member === undefined || this.signal.aborted) {
        this.waiting.unshift(event);
        return;
      }
      try {
        await member.handler(event);
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (delivery >= this.maxDeliveries) {
          this.options.logger.error({ event: event.id, type: event.type, reason }, 'A message was parked.');
          member.onParked(event, reason);
          return;
        }
        const delay = backoffDelay(delivery - 1, REDELIVERY, this.options.random);
        await this.options.clock.sleep(delay, this.signal).catch(() => undefined);
      }
    }
  }
}

class InProcessBus implements Bus {
  private readonly options: Required<InProcessBusOptions>;
  private readonly consumers = new Map<Topic, Map<string, Consumer>>();
  private readonly remembered = new Map<Topic, Remembered>();
  private readonly listeners = new Set<(change: DocumentChanged) => void>();
  private readonly closing = new AbortController();

  constructor(options: InProcessBusOptions) {
    this.options = { rememberedMax: 10_000, waitingMax: 10_000, ...options };
  }

  async publish(topic: Topic, event: IntegrationEvent): Promise<void> {
    if (this.closing.signal.aborted) throw new Fault('BUS_UNAVAILABLE', 'The bus is closed.');
    const remembered = this.remembered.get(topic) ?? new Remembered(this.options.rememberedMax);
    this.remembered.set(topic, remembered);
    if (!remembered.add(event.id)) return;
    await Promise.all(
      [...(this.consumers.get(topic)?.values() ?? [])].map((consumer) => consumer.add(event)),
    );
  }

  consume(
    topic: Topic,
    { name, maxDeliveries }: { readonly name: string; readonly maxDeliveries: number },
    handler: Handler<IntegrationEvent>,
    onParked: (event: IntegrationEvent, reason: string) => void,
  ): Promise<Subscription> {
    const ofTopic = this.consumers.get(topic) ?? new Map<string, Consumer>();
    this.consumers.set(topic, ofTopic);
    const consumer = ofTopic.get(name) ?? new Consumer(maxDeliveries, this.options, this.closing.signal);
    ofTopic.set(name, consumer);
    return Promise.resolve({ stop: consumer.join({ handler, onParked }) });
  }

  announce(changes: readonly DocumentChanged[]): void {
    for (const change of changes) {
      for (const listener of this.listeners) this.tell(listener, change);
    }
  }

  onChange(handler: (change: DocumentChanged) => void): Promise<Subscription> {
    this.listeners.add(handler);
    return Promise.resolve({
      stop: () => {
        this.listeners.delete(handler);
        return Promise.resolve();
      },
    });
  }

  healthy(): boolean {
    return !this.closing.signal.aborted;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.listeners.clear();
    const all = [...this.consumers.values()].flatMap((ofTopic) => [...ofTopic.values()]);
    await Promise.all(all.map((consumer) => consumer.release()));
  }

  private tell(listener: (change: DocumentChanged) => void, change: DocumentChanged): void {
    try {
      listener(change);
    } catch (error) {
      this.options.logger.error({ error, change }, 'A listener to changes failed.');
    }
  }
}

/**
 * The bus of one process. Messages wait in memory, in order, one at a time a consumer: what a crash takes is published again
 * by whoever follows the event store, from its checkpoint.
 */
export const inProcessBus = (options: InProcessBusOptions): Bus => new InProcessBus(options);
