import { given } from '../../tests/support/domain/given';
import type { AccountId, Instant } from '../kernel';
import { account, type AccountCommand, type AccountEvent } from './';

const accountId = '6be58917-2365-58bd-a976-0167b808b179' as AccountId;
const at = '2026-11-30T09:00:00.000Z' as Instant;
const expiresAt = '2026-12-30T09:00:00.000Z' as Instant;

const registered: AccountEvent = {
  type: 'AccountRegistered',
  data: {
    ...{ accountId, email: 'ada@shop.example', name: 'Ada', passwordHash: '$argon2id$one' },
    ...{ roles: ['customer'], registeredAt: at },
  },
};
const open = (sessionId: string, device?: string): AccountCommand => ({
  type: 'OpenSession',
  ...{ accountId, sessionId, tokenHash: `${sessionId}-0`, device, expiresAt, at },
});
const opened = (sessionId: string, device?: string, isNewDevice?: true): AccountEvent => ({
  type: 'SessionOpened',
  data: { accountId, sessionId, tokenHash: `${sessionId}-0`, device, isNewDevice, expiresAt, openedAt: at },
});
const closed = (sessionId: string): AccountEvent => ({
  type: 'SessionClosed',
  data: { accountId, sessionId, reason: 'logged-out', closedAt: at },
});

describe('the device of a log-in', () => {
  it('is not new at the first log-in, which is the one of the sign-up', () =>
    given(account, [registered])
      .when(open('s', 'Firefox on Linux'))
      .then([opened('s', 'Firefox on Linux')]));

  it('is new where the account was never logged in from one of this name, also from one without a name', () => {
    const history = [registered, opened('s', 'Firefox on Linux')];
    given(account, history)
      .when(open('t', 'Safari on iPhone'))
      .then([opened('t', 'Safari on iPhone', true)]);
    given(account, history)
      .when(open('t'))
      .then([opened('t', undefined, true)]);
  });

  it('is known after the session was closed', () =>
    given(account, [registered, opened('s', 'Firefox on Linux'), closed('s'), opened('t')])
      .when(open('u', 'Firefox on Linux'))
      .then([opened('u', 'Firefox on Linux')]));

  it('is known in all realms, and each log-in keeps its own', () => {
    const inRealm = (sessionId: string, realm: 'customer' | 'platform'): AccountEvent => {
      const event = opened(sessionId, 'Firefox on Linux');
      return { ...event, data: { ...event.data, realm } } as AccountEvent;
    };
    given(account, [registered, inRealm('s', 'customer')])
      .when({ ...open('t', 'Firefox on Linux'), realm: 'platform' } as AccountCommand)
      .then([inRealm('t', 'platform')]);
  });

  it('is forgotten after twenty others', () => {
    const others = Array.from({ length: 20 }, (_, index) => opened(`o${index}`, `Device ${index}`));
    const sessionsEnded = others.map((_, index) => closed(`o${index}`));
    given(account, [registered, opened('s', 'Old phone'), closed('s'), ...others, ...sessionsEnded])
      .when(open('t', 'Old phone'))
      .then([opened('t', 'Old phone', true)]);
  });
});
