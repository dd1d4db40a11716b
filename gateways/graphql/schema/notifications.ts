import { render } from '../../../commands/notification';
import type { NotificationTopic } from '../../../domain/kernel';
import { accounts } from '../../../projections/accounts';
import {
  NotificationAttempt,
  NotificationDocument,
  notifications as sent,
} from '../../../projections/notifications';
import { may, signedIn } from '../caller';
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
  "The e-mails to the signed-in account, the newest first; for staff those to all accounts."
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
  sent: 'The channel has taken it.',
  parked: 'It was tried too often, or refused for good; staff can have it retried.',
  skipped: 'The account declined its topic, or it was not needed any more.',
});

const topic = enumType<NotificationTopic>('NotificationTopic', 'A topic of notifications.', {
  payments: 'A payment was received.',
  deliveries: 'An order is on its way, or was delivered.',
});

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
  retryNotification: { repeats: ['notificationId'] },
} satisfies Mutations;

export const notifications: Concept = combined(
  queries,
  status,
  topic,
  attemptType,
  notificationType,
  connectionType('Notification', 'notifications'),
  mutationsConcept(notificationMutations),
);
