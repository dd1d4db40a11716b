import { type SomeRows } from './row';

const figures = { notificationId: { type: 'ID', text: 'The ID of the notification.' } };

export const notificationRejections = {
  NOTIFICATION_NOT_FOUND: {
    kind: 'not-found',
    why: 'There is no such notification.',
    remedy: 'Check the id.',
    whyZh: '没有这个通知。',
    remedyZh: '请检查编号。',
    figures,
    about: ['notificationId'],
  },
  NOTIFICATION_SETTLED: {
    kind: 'wrong-state',
    why: 'The notification was sent, or the account declined it.',
    remedy: 'Do not retry it.',
    whyZh: '通知已发送，或账户不接收它。',
    remedyZh: '请不要重试。',
    figures,
    about: ['notificationId'],
  },
} satisfies SomeRows;
