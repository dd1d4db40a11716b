import { startWebhooks } from '../../gateways/webhooks';
import type { Config } from '../../platform/config';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import { publicUrls } from '../../platform/http-client';
import type { ReadModels } from '../../platform/read-models';
import type { Runtime } from '../program/runtime';
import { startReactors, type Reactions } from './reactions';

type WebhookRoleOptions = {
  readonly config: Pick<Config, 'webhooksLoopback'>;
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly runtime: Runtime;
};

/** Stores and sends deliveries to the endpoints of others, under a checkpoint of their own. */
export const startWebhookReactors = async (
  { config, store, aggregates, runtime }: WebhookRoleOptions,
  readModels: ReadModels,
): Promise<Pick<Reactions, 'stop'>> => {
  const { post } = publicUrls({ clock: runtime.clock, allowsLoopback: config.webhooksLoopback });
  const webhooks = await startWebhooks({ ...runtime, store, readModels, aggregates, post });
  const reactors = [webhooks.reactor];
  const reactions = await startReactors({ name: 'webhooks', reactors, store, readModels, runtime });
  return {
    stop: async () => {
      await reactions.stop();
      await webhooks.stop();
    },
  };
};
