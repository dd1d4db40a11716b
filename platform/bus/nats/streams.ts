import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  NatsError,
  nanos,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
} from 'nats';
import type { Topic } from '../bus';

const DAY_MS = 86_400_000;
/** A consumer that is away for longer misses messages; they can be published again from the event store. */
const KEPT_FOR_MS = 7 * DAY_MS;
const KEPT_BYTES_MAX = 1024 ** 3;
const DEDUPE_WINDOW_MS = 10 * 60_000;
/** The number of a consumer's unanswered messages over all processes. */
const UNANSWERED_MAX = 1_000;

const NOT_FOUND: readonly unknown[] = [10_014, 10_059];
const IN_USE: readonly unknown[] = [10_058, 10_013, 10_148];
const STREAM_NAME = /[.]/g;
const CONSUMER_NAME = /^[A-Za-z0-9_-]{1,100}$/;

const hasCode = (error: unknown, codes: readonly unknown[]): boolean =>
  error instanceof NatsError && codes.includes(error.api_error?.err_code);

/** Returns the name of a topic's stream: `order.events` → `order_events`, because a stream's name has no dots. */
export const streamOf = (topic: Topic): string => topic.replace(STREAM_NAME, '_');

/** Creates the topic's stream if it is missing. An existing one keeps its operator's settings: replicas, limits. */
export const ensureStream = async (manager: JetStreamManager, topic: Topic): Promise<void> => {
  const name = streamOf(topic);
  try {
    await manager.streams.info(name);
    return;
  } catch (error) {
    if (!hasCode(error, NOT_FOUND)) throw error;
  }
  await manager.streams
    .add({
      name,
      subjects: [topic],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(KEPT_FOR_MS),
      max_bytes: KEPT_BYTES_MAX,
      duplicate_window: nanos(DEDUPE_WINDOW_MS),
    })
    .catch((error: unknown) => {
      // Another process has just created it.
      if (!hasCode(error, IN_USE)) throw error;
    });
};

/**
 * Creates the durable consumer if it is missing.
 *
 * @throws Error for an invalid name.
 */
export const ensureConsumer = async (
  manager: JetStreamManager,
  topic: Topic,
  { name, answerWithinMs }: { readonly name: string; readonly answerWithinMs: number },
): Promise<void> => {
  if (!CONSUMER_NAME.test(name)) throw new Error(`A consumer's name is letters, digits, - and _: ${name}`);
  const stream = streamOf(topic);
  try {
    await manager.consumers.info(stream, name);
    return;
  } catch (error) {
    if (!hasCode(error, NOT_FOUND)) throw error;
  }
  const config: Partial<ConsumerConfig> = {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.New,
    ack_wait: nanos(answerWithinMs),
    max_ack_pending: UNANSWERED_MAX,
    // We count deliveries ourselves, so that each message that is given up is parked.
    max_deliver: -1,
  };
  await manager.consumers.add(stream, config).catch((error: unknown) => {
    if (!hasCode(error, IN_USE)) throw error;
  });
};
