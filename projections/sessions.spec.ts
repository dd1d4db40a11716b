import type { SessionClosed, SessionOpened, SessionRefreshed } from '../domain/account';
import type { AccountId, Instant, Realm } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { sessions, type Session } from './sessions';

const [id, accountId] = ['one', 'ada' as AccountId];
const openedAt = '2026-11-02T09:00:00.000Z' as Instant;
const refreshedAt = '2026-11-02T09:10:00.000Z' as Instant;
const expiresAt = '2026-12-02T09:00:00.000Z' as Instant;

const opened = (device?: string, realm?: Realm): SessionOpened => ({
  type: 'SessionOpened',
  data: { accountId, sessionId: id, tokenHash: 'h', device, realm, expiresAt, openedAt },
});
const refreshed: SessionRefreshed = {
  type: 'SessionRefreshed',
  data: { accountId, sessionId: id, tokenHash: 'g', salt: 's', refreshedAt },
};
const closed: SessionClosed = {
  type: 'SessionClosed',
  data: { accountId, sessionId: id, reason: 'logged-out', closedAt: refreshedAt },
};
const open: Session = {
  ...{ id, accountId, device: 'Firefox', realm: null },
  ...{ openedAt, lastUsedAt: openedAt, expiresAt },
};

itProjects(sessions, [
  { on: opened('Firefox'), because: 'is open, without its token', touches: [{ id, after: open }] },
  { on: opened(), because: 'has no name', touches: [{ id, after: { ...open, device: null } }] },
  {
    on: opened('Firefox', 'platform'),
    because: 'is of a realm',
    touches: [{ id, after: { ...open, realm: 'platform' as const } }],
  },
  {
    on: refreshed,
    because: 'is used',
    touches: [{ id, before: open, after: { ...open, lastUsedAt: refreshedAt } }],
  },
  { on: refreshed, because: 'was closed', touches: [{ id }] },
  { on: closed, because: 'is not open any more', touches: [{ id, before: open }] },
]);
