import { z } from 'zod';
import { notification } from '../../domain/notification';
import { notificationIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import { useCase } from '../use-case';

export const notificationUseCases = {
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
