import { join } from 'node:path';
import {
  fileOutbox,
  queueNotices,
  sendNotifications,
  smtpChannel,
  type Channel,
} from '../../gateways/notifications';
import type { Config } from '../../platform/config';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import type { ReadModels } from '../../platform/read-models';
import type { Runtime } from '../runtime';
import { startReactors, type Reactions } from './reactions';

/** The settings of the channel, and the places that it needs. */
export type NotificationSettings = {
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'pagesUrl'>;
  /** The data directory, for the outbox of files. */
  readonly directory: string;
  /** Returns the address at which this process serves HTTP; undefined before it does. */
  readonly ownUrl: () => string | undefined;
};

const OUTBOX = 'outbox';

const channelOf = ({ config: { smtpUrl, mailFrom: from }, directory }: NotificationSettings): Channel =>
  smtpUrl === undefined
    ? fileOutbox({ directory: join(directory, OUTBOX), from })
    : smtpChannel({ url: smtpUrl, from });

/** Queues and sends notifications, under a checkpoint of their own: no order waits for a mail server. */
export const startNotifications = async (
  {
    store,
    aggregates,
    runtime,
    ...settings
  }: NotificationSettings & {
    readonly store: EventStore;
    readonly aggregates: Aggregates;
    readonly runtime: Runtime;
  },
  readModels: ReadModels,
): Promise<Pick<Reactions, 'stop'>> => {
  const { config, ownUrl } = settings;
  const channel = channelOf(settings);
  const deps = { ...runtime, aggregates };
  const shopUrl = (): string | undefined => config.pagesUrl ?? ownUrl();
  const reactors = [queueNotices(deps), sendNotifications({ ...deps, channel, shopUrl })];
  const reactions = await startReactors({ name: 'notifications', reactors, store, readModels, runtime });
  return {
    stop: async () => {
      await reactions.stop();
      await channel.close();
    },
  };
};
