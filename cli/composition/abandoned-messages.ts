import type { Registry } from 'prom-client';
import type { Bus, Subscription } from '../../platform/bus';
import { counter, type Logger } from '../../platform/telemetry';

/**
 * Counts and logs the messages that other systems' consumers give up: they are in the stream still, for whoever is to look
 * at them.
 *
 * @param isOurs - whether it is this process' turn to say so; several hear of each.
 */
export const reportAbandonedMessages = (
  bus: Pick<Bus, 'onGivenUp'>,
  isOurs: () => boolean,
  { metrics, logger }: { readonly metrics: Registry; readonly logger: Logger },
): Promise<Subscription> => {
  const count = counter(metrics, {
    name: 'waybill_bus_messages_given_up_total',
    help: "Messages that other systems' durable consumers have given up, as far as NATS' advisories were heard.",
    labelNames: ['topic'],
  });
  return bus.onGivenUp((givenUp) => {
    if (!isOurs()) return;
    count({ topic: givenUp.topic }, 1);
    logger.warn({ ...givenUp }, 'Another system has given up a message');
  });
};
