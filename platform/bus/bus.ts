/**
 * A message for other systems, as a CloudEvent 1.0 (JSON): `id` is the event's id, `subject` the id of its aggregate.
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
  readonly traceparent?: string | undefined;
};

/** The topics of integration events. */
export const topics = ['user.events', 'product.events', 'order.events', 'notification.tasks'] as const;
export type Topic = (typeof topics)[number];

/** A message that another system's consumer has received as often as its limit permits, and gets no more. */
export type AbandonedMessage = {
  readonly topic: Topic;
  readonly consumer: string;
  /** The message's place in the topic's stream. */
  readonly sequence: number;
  readonly deliveries: number;
};

/** A changed document of a read model; sent to every edge process, so that it can notify its subscribers. */
export type DocumentChanged = { readonly collection: string; readonly id: string; readonly position: string };

export type Handler<Message> = (message: Message) => Promise<void>;

/**
 * The transport of integration events and live updates. It carries only what the event store can rebuild. Every engine
 * passes tests/contract/bus.contract.ts.
 */
export interface Bus {
  /**
   * Resolves when the message is stored for every consumer. The same id again on the topic, within the engine's window
   * (at least two minutes), is the same message.
   *
   * @throws Fault `BUS_UNAVAILABLE`; `OVERLOADED` if a consumer is too far behind. Publish it again later in both
   * cases. `EVENT_TOO_LARGE`: the engine will never accept it.
   */
  publish(topic: Topic, event: IntegrationEvent): Promise<void>;
  /**
   * Starts a durable consumer: it gets each message at least once over all processes that name the same consumer, in no
   * guaranteed order, from the first use of the name on. A handler that throws, or takes too long, gets the message
   * again later, at most `maxDeliveries` times; then it is parked (`onParked`).
   *
   * @throws Fault `BUS_UNAVAILABLE` if the engine does not create the consumer in time.
   */
  consume(
    topic: Topic,
    consumer: { readonly name: string; readonly maxDeliveries: number },
    handler: Handler<IntegrationEvent>,
    onParked: (event: IntegrationEvent, reason: string) => void,
  ): Promise<Subscription>;
  /** Sends changes to all processes, without acknowledgement. */
  announce(changes: readonly DocumentChanged[]): void;
  /** @param missed - called when changes may have been lost on the way; the listener must then read again. */
  onChange(handler: (change: DocumentChanged) => void, missed?: () => void): Promise<Subscription>;
  /** Reports messages that other systems' consumers have given up, if this process listens at that moment. */
  onAbandoned(handler: (message: AbandonedMessage) => void): Promise<Subscription>;
  /** True if the engine can be reached now. */
  healthy(): boolean;
  close(): Promise<void>;
}

export type Subscription = { stop(): Promise<void> };
