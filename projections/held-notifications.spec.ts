import type { AccountId, Instant, NotificationId, OrderId, SerialNumber } from '../domain/kernel';
import type { Notice } from '../domain/notification';
import { itProjects } from '../tests/support/projections/it-projects';
import { heldNotifications, type HeldNotification } from './held-notifications';

const id = 'n' as NotificationId;
const accountId = 'ada' as AccountId;
const at = '2026-11-02T23:00:00.000Z' as Instant;
const until = '2026-11-03T07:00:00.000Z' as Instant;
const of = { notificationId: id, accountId };
const notice: Notice = {
  template: 'order-shipped',
  orderId: 'o' as OrderId,
  orderNumber: 7 as SerialNumber,
};
const waiting: HeldNotification = { id, accountId, notice, because: 'quiet-hours', until };

itProjects(heldNotifications, [
  {
    on: { type: 'NotificationHeld', data: { ...of, notice, because: 'quiet-hours', until, heldAt: at } },
    because: 'waits for the end of quiet hours',
    touches: [{ id, after: waiting }],
  },
  {
    on: { type: 'NotificationReleased', data: { ...of, releasedAt: until } },
    because: 'waits no more',
    touches: [{ id, before: waiting }],
  },
  {
    on: { type: 'NotificationGathered', data: { ...of, into: 'd' as NotificationId, gatheredAt: until } },
    because: 'is in a daily message',
    touches: [{ id, before: waiting }],
  },
]);
