import { z } from 'zod';
import { account } from '../../domain/account';
import type { NotificationId } from '../../domain/kernel';
import { notification } from '../../domain/notification';
import {
  accountIdSchema,
  notificationChannelSchema,
  notificationIdSchema,
  textSchema,
} from '../use-case/input';
import { nothing, outcomeOf, rejected } from '../use-case/outcome';
import { useCase } from '../use-case/use-case';

export const notificationUseCases = {
  sendMessage: useCase({
    summary:
      'Sends a message of staff to an account. It comes at once, also in quiet hours, and cannot be declined.',
    allow: 'notification:send',
    input: z.object({
      accountId: accountIdSchema.describe('The account that gets it.'),
      subject: textSchema(200).min(1).describe('The subject, which a short message leaves out.'),
      text: textSchema(5_000).min(1).describe('The text. A blank line begins a new paragraph.'),
      channel: notificationChannelSchema
        .describe(
          'Default `email`. An account without a telephone number gets an e-mail in place of a short message, and so does every account where the shop sends no short messages.',
        )
        .exactOptional(),
    }),
    success: z.object({ notificationId: notificationIdSchema }),
    rejections: ['ACCOUNT_NOT_FOUND'],
    handle: async ({ accountId, channel = 'email', subject, text }, context, { aggregates, clock }) => {
      const known = await aggregates.of(account).load(accountId);
      if (known.status === 'NONE') return rejected({ code: 'ACCOUNT_NOT_FOUND' });
      const notificationId = context.commandId as NotificationId;
      const notice = { template: 'message', channel, words: { subject, text } } as const;
      const at = clock.now();
      const command = { type: 'QueueNotification', notificationId, accountId, notice, at } as const;
      return outcomeOf(await aggregates.of(notification).execute(notificationId, command, context), {
        notificationId,
      });
    },
  }),

  retryNotification: useCase({
    summary: 'Sends a parked notification again. One that is still being sent is no error.',
    allow: 'notification:retry',
    input: z.object({ notificationId: notificationIdSchema }),
    success: z.object({}),
    rejections: ['NOTIFICATION_NOT_FOUND', 'NOTIFICATION_SETTLED'],
    handle: async ({ notificationId }, context, { aggregates, clock }) => {
      const command = { type: 'RequeueNotification', notificationId, at: clock.now() } as const;
      return outcomeOf(await aggregates.of(notification).execute(notificationId, command, context), nothing);
    },
  }),
};
