import { erased as erasedIn } from '../../tests/support/domain/erased';
import { given } from '../../tests/support/domain/given';
import type { AccountId, Instant } from '../kernel';
import { account, type AccountCommand, type AccountEvent } from './index';

const accountId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-29T09:00:00.000Z' as Instant;
const expiresAt = '2026-12-29T09:00:00.000Z' as Instant;

const registered: AccountEvent = {
  type: 'AccountRegistered',
  data: {
    accountId,
    email: 'ada@shop.example',
    name: 'Ada',
    passwordHash: '$argon2id$one',
    roles: ['customer'],
    registeredAt: at,
  },
};
const opened = (sessionId: string): AccountEvent => ({
  type: 'SessionOpened',
  data: { accountId, sessionId, tokenHash: `${sessionId}-0`, expiresAt, openedAt: at },
});
const closed = (sessionId: string): AccountEvent => ({
  type: 'SessionClosed',
  data: { accountId, sessionId, reason: 'account-erased', closedAt: at },
});
const erase = (certificateId = 'one'): AccountCommand => ({
  type: 'EraseAccount',
  accountId,
  certificateId,
  by: 'OWNER',
  at,
});
const erased: AccountEvent = {
  type: 'AccountErased',
  data: { accountId, certificateId: 'one', by: 'OWNER', erasedAt: at },
};
const record = (...streams: readonly string[]): AccountCommand => ({
  type: 'RecordErasedStreams',
  accountId,
  streams,
  at,
});
const unknown = { code: 'ACCOUNT_NOT_FOUND' } as const;

describe('EraseAccount', () => {
  it('closes every session and ends the account', () =>
    given(account, [registered, opened('s'), opened('t')])
      .when(erase())
      .then([closed('s'), closed('t'), erased]));

  it('does not find an account that there never was, or that another command has erased', () => {
    given(account, []).when(erase()).thenRejected(unknown);
    given(account, [registered, erased]).when(erase('two')).thenRejected(unknown);
  });

  it('leaves an account that no command finds, and whose id is not used again', () => {
    const change: AccountCommand = { type: 'ChangeProfile', accountId, name: 'Eve', at };
    given(account, [registered, erased]).when(change).thenRejected(unknown);
    const { data } = registered as Extract<AccountEvent, { type: 'AccountRegistered' }>;
    const register: AccountCommand = { type: 'RegisterAccount', ...data, at };
    given(account, [registered, erased]).when(register).thenRejected({ code: 'EMAIL_TAKEN' });
  });
});

describe('RecordErasedStreams', () => {
  it('records each stream once', () => {
    given(account, [registered, erased])
      .when(record('order-1', 'order-2', 'order-1'))
      .then([erasedIn(accountId, 'order-1', 'order-2')]);
    given(account, [registered, erased, erasedIn(accountId, 'order-1')])
      .when(record('order-1', 'review-1'))
      .then([erasedIn(accountId, 'review-1')]);
  });

  it('is only for an account that was erased', () => {
    given(account, [registered]).when(record('order-1')).thenRejected(unknown);
    given(account, []).when(record('order-1')).thenRejected(unknown);
  });
});
