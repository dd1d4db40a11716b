import { given } from '../../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../../tests/support/domain/walk';
import type { AccountId, Instant, NotificationId, OrderId, SerialNumber } from '../kernel';
import {
  attemptsMax,
  notification,
  type Notice,
  type NotificationCommand,
  type NotificationEvent,
} from './index';

const notificationId = 'n' as NotificationId;
const accountId = 'ada' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const retryAt = '2026-11-02T09:01:00.000Z' as Instant;
const notice: Notice = {
  template: 'order-shipped',
  orderId: 'o' as OrderId,
  orderNumber: 7 as SerialNumber,
};

const queue: NotificationCommand = { type: 'QueueNotification', notificationId, accountId, notice, at };
const sent: NotificationCommand = { type: 'RecordSent', notificationId, channel: 'smtp', messageId: 'm', at };
const fail = (retry?: Instant): NotificationCommand => ({
  type: 'RecordFailure',
  notificationId,
  channel: 'smtp',
  reason: '451 later',
  retryAt: retry,
  channels: ['smtp'],
  at,
});
const skip: NotificationCommand = { type: 'SkipNotification', notificationId, reason: 'unwanted', at };
const requeue: NotificationCommand = { type: 'RequeueNotification', notificationId, at };

const words = { subject: 'Your kettle', text: 'It can be collected.' };

it('has the words of staff in an event of their own, which can be erased', () => {
  const message = { template: 'message', channel: 'sms' } as const;
  const queueMessage: NotificationCommand = {
    ...{ type: 'QueueNotification', notificationId, accountId, at },
    notice: { ...message, words },
  };
  const of = { notificationId, accountId };
  given(notification, [])
    .when(queueMessage)
    .then([
      { type: 'NotificationQueued', data: { ...of, notice: message, queuedAt: at } },
      { type: 'NotificationWorded', data: { ...of, ...words, wordedAt: at } },
    ]);
  const { personalData } = notification;
  expect(Object.keys(personalData?.NotificationWorded?.erased ?? {})).toEqual(['subject', 'text']);
});

const queued: NotificationEvent = {
  type: 'NotificationQueued',
  data: { notificationId, accountId, notice, queuedAt: at },
};
const wasSent = (attempt: number): NotificationEvent => ({
  type: 'NotificationSent',
  data: { notificationId, accountId, channel: 'smtp', messageId: 'm', attempt, sentAt: at },
});
const failed = (attempt: number): NotificationEvent => ({
  type: 'NotificationAttemptFailed',
  data: {
    notificationId,
    accountId,
    channel: 'smtp',
    attempt,
    reason: '451 later',
    retryFrom: retryAt,
    failedAt: at,
  },
});
const parked = (attempt: number): NotificationEvent => ({
  type: 'NotificationParked',
  data: { notificationId, accountId, channel: 'smtp', attempt, reason: '451 later', parkedAt: at },
});
const skipped: NotificationEvent = {
  type: 'NotificationSkipped',
  data: { notificationId, accountId, reason: 'unwanted', skippedAt: at },
};
const requeued: NotificationEvent = {
  type: 'NotificationRequeued',
  data: { notificationId, accountId, requeuedAt: at },
};

describe('a notification', () => {
  it('is queued once', () => given(notification, []).when(queue).then([queued]));

  it('is sent, at the first attempt or at a later one', () => {
    given(notification, [queued])
      .when(sent)
      .then([wasSent(1)]);
    given(notification, [queued, failed(1), failed(2)])
      .when(sent)
      .then([wasSent(3)]);
  });

  it('is tried again after a failure that may pass', () =>
    given(notification, [queued, failed(1)])
      .when(fail(retryAt))
      .then([failed(2)], { again: 'new events' }));

  it('is parked after a failure that lasts, and after the last attempt', () => {
    given(notification, [queued])
      .when(fail())
      .then([parked(1)]);
    given(notification, [queued, failed(attemptsMax - 1)])
      .when(fail(retryAt))
      .then([parked(attemptsMax)]);
  });

  it('is sent from the first attempt on after staff had it retried', () =>
    given(notification, [queued, failed(7), parked(8), requeued])
      .when(fail(retryAt))
      .then([failed(1)], { again: 'new events' }));

  it('is recorded as sent also where it was parked meanwhile', () =>
    given(notification, [queued, parked(1)])
      .when(sent)
      .then([wasSent(1)]));

  it('is skipped where it is declined', () => given(notification, [queued]).when(skip).then([skipped]));

  it('is requeued where it is parked', () =>
    given(notification, [queued, parked(1)])
      .when(requeue)
      .then([requeued]));

  it.each([wasSent(1), skipped])('is not requeued after $type', (end) =>
    given(notification, [queued, end])
      .when(requeue)
      .thenRejected({ code: 'NOTIFICATION_SETTLED', notificationId }),
  );
});

describe('a notification with two channels', () => {
  const by = (channel: string, retry?: Instant): NotificationCommand => ({
    ...{ type: 'RecordFailure', notificationId, channel, channels: ['smtp', 'sms'] },
    ...{ reason: 'no', retryAt: retry, at },
  });
  const failedBy = (channel: string, attempt: number, more: object = {}): NotificationEvent => ({
    type: 'NotificationAttemptFailed',
    data: {
      ...{ notificationId, accountId, channel, attempt, reason: 'no', retryFrom: retryAt, failedAt: at },
      ...more,
    },
  });
  const refusedBy = failedBy('smtp', 1, { isRefused: true, retryFrom: at });

  it('is tried by the next one at once after a refusal, and later by the same one otherwise', () => {
    given(notification, [queued]).when(by('smtp')).then([refusedBy], { again: 'new events' });
    given(notification, [queued])
      .when(by('smtp', retryAt))
      .then([failedBy('smtp', 1)], { again: 'new events' });
  });

  it('is tried by the next one at once after three failures', () =>
    given(notification, [queued, failedBy('smtp', 1), failedBy('smtp', 2)])
      .when(by('smtp', retryAt))
      .then([failedBy('smtp', 3, { retryFrom: at })], { again: 'new events' }));

  it('is parked where both have refused it', () =>
    given(notification, [queued, refusedBy])
      .when(by('sms'))
      .then([
        {
          type: 'NotificationParked',
          data: { notificationId, accountId, channel: 'sms', attempt: 2, reason: 'no', parkedAt: at },
        },
      ]));
});

describe('a notification that is held', () => {
  const until = retryAt;
  const holdIt: NotificationCommand = {
    ...{ type: 'HoldNotification', notificationId, because: 'daily', until, at },
  };
  const held: NotificationEvent = {
    type: 'NotificationHeld',
    data: { notificationId, accountId, notice, because: 'daily', until, heldAt: at },
  };
  const releaseAt = (moment: Instant): NotificationCommand => ({
    ...{ type: 'ReleaseNotification', notificationId, at: moment },
  });
  const into = 'digest' as NotificationId;

  it('is held once, and released when its time has come', () => {
    given(notification, [queued]).when(holdIt).then([held]);
    given(notification, [queued, held]).when(releaseAt(at)).then([]);
    given(notification, [queued, held])
      .when(releaseAt(until))
      .then([{ type: 'NotificationReleased', data: { notificationId, accountId, releasedAt: until } }]);
  });

  it('is gathered instead, and then not sent by itself', () => {
    const gathered: NotificationEvent = {
      type: 'NotificationGathered',
      data: { notificationId, accountId, into, gatheredAt: at },
    };
    given(notification, [queued, held])
      .when({ type: 'GatherNotification', notificationId, into, at })
      .then([gathered]);
    given(notification, [queued, held, gathered]).when(releaseAt(until)).then([]);
    given(notification, [queued, held, gathered])
      .when(requeue)
      .thenRejected({ code: 'NOTIFICATION_SETTLED', notificationId });
  });
});

it.each([sent, fail(), skip, requeue])('does not find an unknown notification: $type', (command) =>
  given(notification, []).when(command).thenRejected({ code: 'NOTIFICATION_NOT_FOUND', notificationId }),
);

it('is sent once, skipped or sent, and has a bounded number of attempts', () => {
  alongEveryWalk(
    notification,
    () => [queue, sent, fail(retryAt), fail(retryAt), fail(retryAt), fail(), skip, requeue],
    (step) => {
      if (step.command.type !== 'RecordFailure') recordsOnce(notification, step);
      if (step.after.status === 'none') return;
      expect(step.after.failures).toBeLessThan(attemptsMax);
      if (step.before.status === 'sent') expect(step.after.status).toBe('sent');
    },
  );
});
