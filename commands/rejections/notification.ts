import { type SomeRows } from './row';

const figures = { notificationId: { type: 'ID', text: 'The ID of the notification.' } };

export const notificationRejections = {
  NOTIFICATION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such notification.',
    remedy: 'Check the id.',
    figures,
    about: ['notificationId'],
  },
  NOTIFICATION_SETTLED: {
    kind: 'wrong-state',
    why: 'The notification was sent, or the account declined it.',
    remedy: 'Do not retry it.',
    figures,
    about: ['notificationId'],
  },
} satisfies SomeRows;
