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
/** A consumer that sleeps for longer has missed something; the event store can tell it again. */
const KEPT_FOR_MS = 7 * DAY_MS;
const KEPT_BYTES_MAX = 1024 ** 3;
const DEDUPE_WINDOW_MS = 10 * 60_000;
/** Messages that a consumer holds without an answer, over all processes. */
const UNANSWERED_MAX = 1_000;

const NOT_FOUND: readonly unknown[] = [10_014, 10_059];
const IN_USE: readonly unknown[] = [10_058, 10_013, 10_148];
const STREAM_NAME = /[.]/g;
const CONSUMER_NAME = /^[A-Za-z0-9_-]{1,100}$/;

const hasCode = (error: unknown, codes: readonly unknown[]): boolean =>
  error instanceof NatsError && codes.includes(error.api_error?.err_code);

/** `order.events` → `order_events`: a stream's name holds no dots. */
export const streamOf = (topic: Topic): string => topic.replace(STREAM_NAME, '_');

/** Makes the topic's stream where it is absent. One that is there is its operator's to tune: replicas, limits. */
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
      // Somebody else has just made it.
      if (!hasCode(error, IN_USE)) throw error;
    });
};

/**
 * Makes the durable consumer where it is absent.
 *
 * @throws Error for a name that can't be one.
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
    // We count deliveries ourselves, so that each message that is given up is parked, by whoever meets it.
    max_deliver: -1,
  };
  await manager.consumers.add(stream, config).catch((error: unknown) => {
    if (!hasCode(error, IN_USE)) throw error;
  });
};
