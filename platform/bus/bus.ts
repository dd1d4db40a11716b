/**
 * A message for other systems, as a CloudEvent 1.0 (JSON): `id` is the event's id, `subject` the thing it is about.
 */
export type IntegrationEvent = {
  readonly id: string;
  /** e.g. `order.paid`. */
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly data: object;
  readonly traceparent?: string;
};

/** Where integration events go. */
export const topics = ['user.events', 'product.events', 'order.events', 'notification.tasks'] as const;
export type Topic = (typeof topics)[number];

/** A consumer that is not ours was given a message as often as it wanted to be, and is given it no more. */
export type GivenUp = {
  readonly topic: Topic;
  readonly consumer: string;
  /** The message's place in the topic's stream. */
  readonly sequence: number;
  readonly deliveries: number;
};

/** A read model's document changed; sent to every edge process so that it can tell its subscribers. */
export type DocumentChanged = { readonly collection: string; readonly id: string; readonly position: string };

export type Handler<Message> = (message: Message) => Promise<void>;

/** Carries only what the event store can rebuild. Every engine passes tests/contract/bus.contract.ts. */
export interface Bus {
  /**
   * Resolves when the message is kept for every consumer there is. The same id again on the topic, within the engine's
   * window (two minutes at least), is the same message.
   *
   * @throws Fault `BUS_UNAVAILABLE`; `OVERLOADED` when a consumer is too far behind. Both: publish it again later.
   *   `EVENT_TOO_LARGE`: the engine will never take it.
   */
  publish(topic: Topic, event: IntegrationEvent): Promise<void>;
  /**
   * A durable consumer: each message at least once over all processes that name the same consumer, in no certain order,
   * beginning with what is published after the consumer was first named. A handler that throws, or takes too long, gets it
   * again later, at most `maxDeliveries` times; then it is parked (`onParked`).
   *
   * @throws Fault `BUS_UNAVAILABLE` when the consumer can't be made known to the engine in time.
   */
  consume(
    topic: Topic,
    consumer: { readonly name: string; readonly maxDeliveries: number },
    handler: Handler<IntegrationEvent>,
    onParked: (event: IntegrationEvent, reason: string) => void,
  ): Promise<Subscription>;
  /** Fire and forget, to all processes. */
  announce(changes: readonly DocumentChanged[]): void;
  /** @param missed - called when changes may have been lost on the way: whoever needs to know has to look. */
  onChange(handler: (change: DocumentChanged) => void, missed?: () => void): Promise<Subscription>;
  /** Tells of messages that other systems' consumers have given up, as far as somebody listens just then. */
  onGivenUp(handler: (givenUp: GivenUp) => void): Promise<Subscription>;
  /** Whether the engine can be reached now. */
  healthy(): boolean;
  close(): Promise<void>;
}

export type Subscription = { stop(): Promise<void> };
