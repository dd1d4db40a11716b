import { render } from '../../../commands/notification';
import type { NotificationChannel, NotificationPace, NotificationTopic } from '../../../domain/kernel';
import {
  accounts,
  NotificationPreferencesShown,
  NotificationRouteShown,
  QuietHoursShown,
} from '../../../projections/accounts';
import {
  NotificationAttempt,
  NotificationDocument,
  notifications as sent,
} from '../../../projections/notifications';
import { may, signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { mutationsConcept, type Mutations } from './mutation';
import { combined, enumType, objectType } from './object-type';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { allowed, type Concept } from './resolvers';

type Status = NotificationDocument['status'];
type Arguments = PageArguments & { readonly status?: Status | null };

/** Returns the notifications of the account; all of them for staff. */
const list = ({ status, ...page }: Arguments, { viewer, services }: EdgeContext) => {
  const { id } = signedIn(viewer);
  const accountId = may(viewer, 'notification:read') ? undefined : id;
  return connectionOf(services.readers.notifications.list({ accountId, status: status ?? undefined }), page);
};

/** Returns the words in which the notification is sent now. The addresses of its links have no host. */
const words = async ({ accountId, notice }: NotificationDocument, { loaders, viewer }: EdgeContext) => {
  const reader = await loaders.accounts.load(accountId, viewer);
  return render(notice, { name: reader?.name ?? '', language: reader?.language ?? undefined, shopUrl: '' });
};

const queries: Concept = {
  typeDefs: `
extend type Query {
  "The notifications to the signed-in account, the newest first; for staff those to all accounts."
  notifications(${pageArguments}
    "Only those in this state."
    status: NotificationStatus
  ): NotificationConnection
}
`,
  resolvers: { Query: { notifications: allowed({ by: 'owner', or: 'notification:read' }, list) } },
};

const status = enumType<Status>('NotificationStatus', 'The state of a notification.', {
  queued: 'It is sent until the channel takes it.',
  held: 'It waits for the end of quiet hours, or for the daily message.',
  sent: 'The channel has taken it.',
  parked: 'It was tried too often, or refused for good; staff can have it retried.',
  skipped: 'The account declined its topic, or it was not needed any more.',
  gathered: 'A daily message has it.',
});

const topic = enumType<NotificationTopic>('NotificationTopic', 'A topic of notifications.', {
  payments: 'A payment was received.',
  deliveries: 'An order is on its way, delayed or was delivered.',
  requests: 'A request for a refund, a return or an exchange was decided.',
  stock: 'A warehouse has fewer pieces of an own product than its threshold; for sellers.',
});

const channel = enumType<NotificationChannel>(
  'NotificationChannel',
  'A way by which notifications are sent.',
  {
    email: 'To the e-mail address of the account.',
    sms: 'To its telephone number. Where it has none, or the shop sends no short messages, an e-mail is sent.',
  },
);

const pace = enumType<NotificationPace>('NotificationPace', 'The pace of notifications.', {
  at_once: 'Each at once.',
  daily: 'All of a day together, in the morning.',
});

const preferencesTypes = [
  objectType('NotificationRoute', NotificationRouteShown, {
    types: { topic: 'NotificationTopic', channels: 'NotificationChannel' },
  }),
  objectType('QuietHours', QuietHoursShown),
  objectType('NotificationPreferences', NotificationPreferencesShown, {
    types: { routes: 'NotificationRoute', pace: 'NotificationPace', quietHours: 'QuietHours' },
  }),
];

const attemptType = objectType('NotificationAttempt', NotificationAttempt);

const notificationType = objectType('Notification', NotificationDocument, {
  readModels: [sent, accounts],
  omit: ['notice', 'accountId', 'messageId'],
  types: { status: 'NotificationStatus', attempts: 'NotificationAttempt' },
  fields: {
    template: {
      type: 'String!',
      description: 'The name of the text.',
      resolve: ({ notice }: NotificationDocument) => notice.template,
    },
    subject: {
      type: 'String!',
      description: 'The subject, in the language of the account.',
      resolve: async (document: NotificationDocument, _args: object, context: EdgeContext) =>
        (await words(document, context)).subject,
    },
    text: {
      type: 'String!',
      description: 'The text, in the language of the account.',
      resolve: async (document: NotificationDocument, _args: object, context: EdgeContext) =>
        (await words(document, context)).text,
    },
    account: {
      type: 'Account',
      description: 'The account that it is for; null while the read models do not show it yet.',
      resolve: ({ accountId }: NotificationDocument, _args: object, { loaders, viewer }: EdgeContext) =>
        loaders.accounts.load(accountId, viewer),
    },
  },
});

export const notificationMutations = {
  sendMessage: { repeats: ['notificationId'] },
  retryNotification: { repeats: ['notificationId'] },
} satisfies Mutations;

export const notifications: Concept = combined(
  queries,
  status,
  topic,
  channel,
  pace,
  ...preferencesTypes,
  attemptType,
  notificationType,
  connectionType('Notification', 'notifications'),
  mutationsConcept(notificationMutations),
);
