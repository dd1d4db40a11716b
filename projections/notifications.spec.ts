import type { AccountId, Instant, NotificationId, OrderId, SerialNumber } from '../domain/kernel';
import type { Notice, NotificationEvent } from '../domain/notification';
import { itProjects } from '../tests/support/projections/it-projects';
import { notifications, type NotificationDocument } from './notifications';

const notificationId = 'n' as NotificationId;
const accountId = 'ada' as AccountId;
const [at, later] = ['2026-11-02T09:00:00.000Z' as Instant, '2026-11-02T09:01:00.000Z' as Instant];
const notice: Notice = {
  template: 'order-shipped',
  orderId: 'o' as OrderId,
  orderNumber: 7 as SerialNumber,
};
const of = { notificationId, accountId };
const queued: NotificationEvent = { type: 'NotificationQueued', data: { ...of, notice, queuedAt: at } };
const message: Notice = { template: 'message', channel: 'email' };
const words = { subject: 'Your kettle', text: 'It can be collected.' };
const worded: NotificationEvent = { type: 'NotificationWorded', data: { ...of, ...words, wordedAt: at } };
const sent: NotificationEvent = {
  type: 'NotificationSent',
  data: { ...of, channel: 'smtp', messageId: '<n@shop>', attempt: 2, sentAt: later },
};
const failed: NotificationEvent = {
  type: 'NotificationAttemptFailed',
  data: { ...of, channel: 'smtp', attempt: 1, reason: '451 later', retryFrom: later, failedAt: at },
};
const parked: NotificationEvent = {
  type: 'NotificationParked',
  data: { ...of, channel: 'smtp', attempt: 8, reason: '550 unknown', parkedAt: later },
};
const requeued: NotificationEvent = { type: 'NotificationRequeued', data: { ...of, requeuedAt: later } };
const skipped: NotificationEvent = {
  type: 'NotificationSkipped',
  data: { ...of, reason: 'unwanted', skippedAt: later },
};

const open: NotificationDocument = {
  id: notificationId,
  accountId,
  notice,
  status: 'queued',
  attempts: [],
  retryAt: null,
  messageId: null,
  queuedAt: at,
  settledAt: null,
};
const failure = { at, channel: 'smtp', reason: '451 later' };
const tried: NotificationDocument = { ...open, attempts: [failure], retryAt: later };
const stopped: NotificationDocument = {
  ...tried,
  status: 'parked',
  attempts: [failure, { at: later, channel: 'smtp', reason: '550 unknown' }],
  retryAt: null,
  settledAt: later,
};
const again: NotificationDocument = { ...stopped, status: 'queued', settledAt: null };
const declined: NotificationDocument = { ...open, status: 'skipped', settledAt: later };
const done: NotificationDocument = {
  ...tried,
  status: 'sent',
  attempts: [failure, { at: later, channel: 'smtp', reason: null }],
  retryAt: null,
  messageId: '<n@shop>',
  settledAt: later,
};
const id = notificationId;
const held: NotificationEvent = {
  type: 'NotificationHeld',
  data: { ...of, notice, because: 'daily', until: later, heldAt: at },
};
const released: NotificationEvent = { type: 'NotificationReleased', data: { ...of, releasedAt: later } };
const gathered: NotificationEvent = {
  type: 'NotificationGathered',
  data: { ...of, into: 'd' as NotificationId, gatheredAt: later },
};
const waits: NotificationDocument = { ...open, status: 'held', retryAt: later };

itProjects(notifications, [
  { on: queued, because: 'is stored', touches: [{ id, after: open }] },
  {
    on: worded,
    because: 'gets the words of staff',
    touches: [
      {
        id,
        before: { ...open, notice: message },
        after: { ...open, notice: { ...message, words } },
      },
    ],
  },
  { on: held, because: 'waits', touches: [{ id, before: open, after: waits }] },
  { on: held, because: 'is unknown', touches: [{ id }] },
  { on: released, because: 'waits no more', touches: [{ id, before: waits, after: open }] },
  { on: released, because: 'is unknown', touches: [{ id }] },
  {
    on: gathered,
    because: 'is in a daily message',
    touches: [{ id, before: waits, after: { ...open, status: 'gathered', settledAt: later } }],
  },
  { on: gathered, because: 'is unknown', touches: [{ id }] },
  { on: failed, because: 'is tried again later', touches: [{ id, before: open, after: tried }] },
  { on: failed, because: 'is unknown', touches: [{ id }] },
  {
    on: failed,
    because: 'keeps its latest attempts',
    touches: [
      {
        id,
        before: { ...open, attempts: Array.from({ length: 20 }, () => ({ ...failure, reason: 'old' })) },
        after: {
          ...tried,
          attempts: [...Array.from({ length: 19 }, () => ({ ...failure, reason: 'old' })), failure],
        },
      },
    ],
  },
  {
    on: sent,
    because: 'is sent',
    touches: [{ id, before: tried, after: done }],
  },
  { on: sent, because: 'is unknown', touches: [{ id }] },
  { on: parked, because: 'is given up for now', touches: [{ id, before: tried, after: stopped }] },
  { on: parked, because: 'is unknown', touches: [{ id }] },
  {
    on: requeued,
    because: 'is sent again',
    touches: [{ id, before: stopped, after: again }],
  },
  { on: requeued, because: 'is unknown', touches: [{ id }] },
  {
    on: skipped,
    because: 'is declined',
    touches: [{ id, before: open, after: declined }],
  },
  { on: skipped, because: 'is unknown', touches: [{ id }] },
]);
