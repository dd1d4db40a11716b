import type { Registry } from 'prom-client';
import { counter, type Logger } from '../telemetry';
import type { Bus, Subscription } from './bus';

/**
 * Counts and logs the messages that consumers of other systems stop retrying. Such a message stays in its stream, where an
 * operator can find it.
 *
 * @param isLeader - whether this process reports them; every process receives the same advisories.
 */
export const reportAbandonedMessages = (
  bus: Pick<Bus, 'onAbandoned'>,
  isLeader: () => boolean,
  { metrics, logger }: { readonly metrics: Registry; readonly logger: Logger },
): Promise<Subscription> => {
  const count = counter(metrics, {
    name: 'waybill_bus_messages_given_up_total',
    help: "Messages that other systems' durable consumers have given up, as far as NATS' advisories were received.",
    labelNames: ['topic'],
  });
  return bus.onAbandoned((message) => {
    if (!isLeader()) return;
    count({ topic: message.topic }, 1);
    logger.warn({ ...message }, 'Another system has given up a message');
  });
};
