import { z } from 'zod';
import type { AccountId, NotificationId } from '../domain/kernel';
import type { Notice, NotificationEvent } from '../domain/notification';
import { readModel, type DocumentOf } from '../platform/projections';
import { anyObject, instant, uuid } from './fields';

export const NotificationAttempt = z
  .strictObject({
    at: instant.describe('The time when the outcome was known.'),
    channel: z
      .string()
      .describe('The channel: `smtp`, `sms` or `wecom`; `file` and `sms-file` for the outbox of files.'),
    reason: z.string().nullable().describe('The reason of the failure; null where it was sent.'),
  })
  .describe('An attempt to send a notification.');
export type NotificationAttempt = z.output<typeof NotificationAttempt>;

export const NotificationDocument = z
  .strictObject({
    id: uuid<NotificationId>().describe('The unique identifier, derived from what caused it.'),
    accountId: uuid<AccountId>().describe('The account that it is for.'),
    notice: anyObject<Notice>().describe(
      'What it says: the template and its figures, and the words of a message that staff wrote.',
    ),
    status: z
      .enum(['queued', 'held', 'sent', 'parked', 'skipped', 'gathered'])
      .describe(
        '`queued`: it is being sent; `held`: it waits for the end of quiet hours or the daily message; `gathered`: a daily message has it; `parked`: it is not sent again until staff retry it; `skipped`: the account declined it, or it was not needed any more.',
      ),
    attempts: z.array(NotificationAttempt).describe('The attempts, oldest first: the latest 20.'),
    retryAt: instant
      .nullable()
      .describe('The time of the next attempt, or until which it is held; null where none is planned.'),
    messageId: z
      .string()
      .nullable()
      .describe('The name by which the channel knows it; null until it is sent.'),
    queuedAt: instant.describe('The time when it was stored.'),
    settledAt: instant
      .nullable()
      .describe('The time when it was sent, skipped, gathered or parked; null before.'),
  })
  .describe('A notification to an account, with the attempts to send it.');
export type NotificationDocument = DocumentOf<typeof NotificationDocument>;

const ATTEMPTS_KEPT = 20;

const withAttempt = (
  found: NotificationDocument,
  at: NotificationAttempt['at'],
  channel: string,
  reason: string | null,
): NotificationDocument => ({
  ...found,
  attempts: [...found.attempts.slice(1 - ATTEMPTS_KEPT), { at, channel, reason }],
});

export const notifications = readModel<NotificationDocument, NotificationEvent>('notifications', {
  question: 'Which notifications did each account get, and which were not sent?',
  version: 2,
  document: NotificationDocument,
  indexes: {
    by_time: ['queuedAt'],
    by_status: ['status', 'queuedAt'],
    by_account: ['accountId', 'queuedAt'],
    by_account_and_status: ['accountId', 'status', 'queuedAt'],
  },
  key: ({ data }) => data.notificationId,
  on: {
    NotificationQueued: (_, { data: { notificationId: id, accountId, notice, queuedAt } }) => ({
      id,
      accountId,
      notice,
      status: 'queued',
      attempts: [],
      retryAt: null,
      messageId: null,
      queuedAt,
      settledAt: null,
    }),
    NotificationWorded: (found, { data: { subject, text } }) =>
      found && { ...found, notice: { ...found.notice, words: { subject, text } } as Notice },
    NotificationSent: (found, { data: { channel, messageId, sentAt } }) =>
      found && {
        ...withAttempt(found, sentAt, channel, null),
        status: 'sent',
        retryAt: null,
        messageId,
        settledAt: sentAt,
      },
    NotificationAttemptFailed: (found, { data: { channel, reason, retryFrom: retryAt, failedAt } }) =>
      found && { ...withAttempt(found, failedAt, channel, reason), retryAt },
    NotificationParked: (found, { data: { channel, reason, parkedAt } }) =>
      found && {
        ...withAttempt(found, parkedAt, channel, reason),
        status: 'parked',
        retryAt: null,
        settledAt: parkedAt,
      },
    NotificationRequeued: (found) => found && { ...found, status: 'queued', settledAt: null },
    NotificationHeld: (found, { data: { until } }) => found && { ...found, status: 'held', retryAt: until },
    NotificationReleased: (found) => found && { ...found, status: 'queued', retryAt: null },
    NotificationGathered: (found, { data: { gatheredAt } }) =>
      found && { ...found, status: 'gathered', retryAt: null, settledAt: gatheredAt },
    NotificationSkipped: (found, { data: { skippedAt } }) =>
      found && { ...found, status: 'skipped', settledAt: skippedAt },
  },
});
