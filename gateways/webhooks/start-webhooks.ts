import { notifyWithinMs } from '../../commands/notification';
import type { Clock, Random } from '../../platform/clock';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { PostOverHttp } from '../../platform/http-client';
import type { Reactor } from '../../platform/reactions';
import type { ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import { IntegrationEventMapper } from '../integration-events';
import { openDeliveries } from './deliveries';
import { webhookLimits, type WebhookLimits } from './limits';
import { createMessages } from './messages';
import { queueDeliveries } from './queue-deliveries';
import { createSender, type Sender } from './sender';

export type WebhooksDeps = {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly aggregates: Aggregates;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Posts to public addresses alone. */
  readonly post: PostOverHttp;
  readonly limits?: Partial<WebhookLimits> | undefined;
};

/** Starts the sender. `reactor` stores what it sends: the caller runs it, under a checkpoint of its own. */
export const startWebhooks = async (
  deps: WebhooksDeps,
): Promise<{ readonly reactor: Reactor; readonly stop: Sender['stop'] }> => {
  const { store, readModels, clock } = deps;
  const deliveries = await openDeliveries(readModels, clock);
  const messages = createMessages(store, new IntegrationEventMapper({ store, clock, notifyWithinMs }));
  const limits = { ...webhookLimits, ...deps.limits };
  const sender = createSender({ ...deps, deliveries, messages, limits });
  sender.start();
  return { reactor: queueDeliveries({ ...deps, deliveries, messages, sender }), stop: sender.stop };
};
