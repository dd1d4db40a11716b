import { join } from 'node:path';
import {
  fileOutbox,
  queueAlerts,
  queueLowStock,
  queueNotices,
  releaseHeld,
  sendNotifications,
  smsChannel,
  smsFileOutbox,
  smtpChannel,
  weComChannel,
  type Channels,
  type StaffDesk,
} from '../../gateways/notifications';
import type { Config } from '../../platform/config';
import type { EventStore } from '../../platform/event-store';
import type { Aggregates } from '../../platform/execution';
import { publicUrls, type PostOverHttp } from '../../platform/http-client';
import type { ReadModels } from '../../platform/read-models';
import type { LookUps } from '../../projections/look-ups';
import type { Runtime } from '../program/runtime';
import { startReactors, type Reactions } from './reactions';

/** The settings of the channels, and the places that they need. */
export type NotificationSettings = {
  readonly config: Pick<
    Config,
    | 'smtpUrl'
    | 'mailFrom'
    | 'smsUrl'
    | 'smsToken'
    | 'smsFrom'
    | 'alertsWeCom'
    | 'alertsTelephone'
    | 'alertsEmail'
    | 'alertsLanguage'
    | 'adminEmail'
    | 'timeZone'
    | 'pagesUrl'
    | 'webhooksLoopback'
  >;
  /** The data directory, for the outbox of files. */
  readonly directory: string;
  /** Returns the address at which this process serves HTTP; undefined before it does. */
  readonly ownUrl: () => string | undefined;
};

const OUTBOX = 'outbox';

type Posting = { readonly post: PostOverHttp; readonly clock: Runtime['clock'] };

const smsOf = (
  { config: { smtpUrl, smsUrl: url, smsToken: token, smsFrom: from }, directory }: NotificationSettings,
  posting: Posting,
): Channels['sms'] => {
  if (url !== undefined && token !== undefined) return smsChannel({ url, token, from, ...posting });
  // An installation that sends e-mails is no trial, so its files would have no reader.
  return smtpUrl === undefined ? smsFileOutbox({ directory: join(directory, OUTBOX) }) : undefined;
};

const channelsOf = (settings: NotificationSettings, posting: Posting): Channels => {
  const { config, directory } = settings;
  const { smtpUrl, mailFrom: from } = config;
  const email =
    smtpUrl === undefined
      ? fileOutbox({ directory: join(directory, OUTBOX), from })
      : smtpChannel({ url: smtpUrl, from });
  return { email, sms: smsOf(settings, posting) };
};

const deskOf = (
  {
    alertsWeCom: url,
    alertsTelephone,
    alertsEmail,
    adminEmail,
    alertsLanguage,
  }: NotificationSettings['config'],
  { email, sms }: Channels,
  posting: Posting,
): StaffDesk => ({
  language: alertsLanguage,
  ways: [
    ...(url === undefined ? [] : [{ channel: weComChannel({ url, ...posting }), address: '' }]),
    ...(sms === undefined || alertsTelephone === undefined
      ? []
      : [{ channel: sms, address: alertsTelephone }]),
    { channel: email, address: alertsEmail ?? adminEmail },
  ],
});

/** Queues and sends notifications, under a checkpoint of their own: no order waits for a mail server. */
export const startNotifications = async (
  {
    store,
    aggregates,
    runtime,
    dueNotifications,
    ...settings
  }: NotificationSettings &
    Pick<LookUps, 'dueNotifications'> & {
      readonly store: EventStore;
      readonly aggregates: Aggregates;
      readonly runtime: Runtime;
    },
  readModels: ReadModels,
): Promise<Pick<Reactions, 'stop'>> => {
  const { config, ownUrl } = settings;
  const { clock } = runtime;
  const { post } = publicUrls({ clock, allowsLoopback: config.webhooksLoopback });
  const channels = channelsOf(settings, { post, clock });
  const desk = deskOf(config, channels, { post, clock });
  const deps = { ...runtime, aggregates };
  const shopUrl = (): string | undefined => config.pagesUrl ?? ownUrl();
  const sending = { ...deps, channels, desk, timeZone: config.timeZone, shopUrl };
  const reactors = [queueNotices(deps), queueAlerts(deps), queueLowStock(deps), sendNotifications(sending)];
  const reactions = await startReactors({ name: 'notifications', reactors, store, readModels, runtime });
  const held = releaseHeld({ ...deps, dueNotifications });
  return {
    stop: async () => {
      await held.stop();
      await reactions.stop();
      const open = new Set([channels.email, channels.sms, ...desk.ways.map(({ channel }) => channel)]);
      for (const channel of open) await channel?.close();
    },
  };
};
