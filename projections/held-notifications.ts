import { z } from 'zod';
import type { AccountId, NotificationId } from '../domain/kernel';
import type {
  Notice,
  NotificationGathered,
  NotificationHeld,
  NotificationReleased,
} from '../domain/notification';
import { readModel, type DocumentOf } from '../platform/projections';
import { anyObject, instant, uuid } from './fields';

export const HeldNotification = z
  .strictObject({
    id: uuid<NotificationId>().describe('The notification.'),
    accountId: uuid<AccountId>().describe('The account that it is for.'),
    notice: anyObject<Notice>().describe('What it says, without the words.'),
    because: z.enum(['quiet-hours', 'daily']).describe('What it waits for.'),
    until: instant.describe('The time before which it is not sent.'),
  })
  .describe('A notification that waits. It is removed as soon as it is sent, or a daily message has it.');
export type HeldNotification = DocumentOf<typeof HeldNotification>;

type Shown = NotificationHeld | NotificationReleased | NotificationGathered;

export const heldNotifications = readModel<HeldNotification, Shown>('held_notifications', {
  question: 'Which notifications wait for the end of quiet hours or for a daily message, and until when?',
  version: 1,
  document: HeldNotification,
  indexes: { by_until: ['until'] },
  key: ({ data }) => data.notificationId,
  on: {
    NotificationHeld: (_, { data: { notificationId: id, accountId, notice, because, until } }) => ({
      id,
      accountId,
      notice,
      because,
      until,
    }),
    NotificationReleased: () => undefined,
    NotificationGathered: () => undefined,
  },
});
