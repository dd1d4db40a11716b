import { given } from '../../tests/support/domain/given';
import { later, type AccountId, type Instant, type Millis, type NotificationId } from '../kernel';
import { account, linkLifetimeMs } from './index';
import type { AccountCommand, AccountEvent, AccountLinkIssued } from './index';

const accountId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const minute = (count: number): Instant => later(at, (count * 60_000) as Millis);
const [first, second] = ['request-1', 'request-2'] as [NotificationId, NotificationId];

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
const session: AccountEvent = {
  type: 'SessionOpened',
  data: { accountId, sessionId: 's', tokenHash: 'h', expiresAt: minute(600), openedAt: at },
};
const verified: AccountEvent = { type: 'AccountEmailVerified', data: { accountId, verifiedAt: at } };

const issued = (
  tokenHash: string,
  change: Partial<AccountLinkIssued['data']> = {},
): Extract<AccountEvent, { type: 'AccountLinkIssued' }> => {
  const purpose = change.purpose ?? 'reset-password';
  return {
    type: 'AccountLinkIssued',
    data: {
      ...{ accountId, purpose, requestId: first, requested: at, tokenHash, issuedAt: at },
      expiresAt: later(at, linkLifetimeMs[purpose]),
      ...change,
    },
  };
};
const issue = ({ data }: AccountLinkIssued): AccountCommand => {
  const { purpose, requestId, requested, tokenHash, issuedAt } = data;
  return { type: 'IssueLink', accountId, purpose, requestId, requested, tokenHash, at: issuedAt };
};
const reset = (tokenHash: string, when: Instant = at): AccountCommand => ({
  ...{ type: 'ResetPasswordByLink', accountId, tokenHash, passwordHash: '$argon2id$two', at: when },
});
const verify = (tokenHash: string, when: Instant = at): AccountCommand => ({
  ...{ type: 'VerifyEmail', accountId, tokenHash, at: when },
});
const changed: AccountEvent = {
  type: 'AccountPasswordChanged',
  data: { accountId, passwordHash: '$argon2id$two', changedAt: at },
};
const closed: AccountEvent = {
  type: 'SessionClosed',
  data: { accountId, sessionId: 's', reason: 'password-changed', closedAt: at },
};

describe('IssueLink', () => {
  it('makes a link valid, and each attempt to send the same e-mail makes one more token valid', () => {
    given(account, [registered])
      .when(issue(issued('a')))
      .then([issued('a')], { again: 'new events' });
    for (const token of ['a', 'b'])
      given(account, [registered, issued('a'), issued('b')])
        .when(reset(token))
        .then([changed, verified]);
  });

  it('replaces the link of an earlier request, and not that of a later one', () => {
    const newer = issued('b', { requestId: second, requested: minute(1) });
    given(account, [registered, issued('a')])
      .when(issue(newer))
      .then([newer], { again: 'new events' });
    given(account, [registered, issued('a'), newer])
      .when(reset('a'))
      .thenRejected({ code: 'LINK_INVALID' });
    given(account, [registered, newer])
      .when(issue(issued('a')))
      .then([]);
  });

  it('does nothing for a link that was used, and for an address that is verified', () => {
    given(account, [registered, issued('a'), changed])
      .when(issue(issued('b')))
      .then([]);
    given(account, [registered, verified])
      .when(issue(issued('b', { purpose: 'verify-email' })))
      .then([]);
  });
});

describe('ResetPasswordByLink', () => {
  it('replaces the password, closes every session and shows that the address is read', () => {
    given(account, [registered, session, issued('a')])
      .when(reset('a'))
      .then([changed, verified, closed]);
    given(account, [registered, verified, issued('a')])
      .when(reset('a'))
      .then([changed]);
  });

  it('is rejected with an unknown token, one of another purpose, and one that was used', () => {
    const invalid = { code: 'LINK_INVALID' } as const;
    given(account, [registered]).when(reset('a')).thenRejected(invalid);
    given(account, [registered, issued('a')])
      .when(reset('b'))
      .thenRejected(invalid);
    given(account, [registered, issued('a', { purpose: 'verify-email' })])
      .when(reset('a'))
      .thenRejected(invalid);
    const once: AccountEvent = { ...changed, data: { ...changed.data, passwordHash: '$argon2id$1st' } };
    given(account, [registered, issued('a'), once])
      .when(reset('a'))
      .thenRejected(invalid);
  });

  it('is rejected from the moment of its expiry on', () => {
    const history = [registered, issued('a', { expiresAt: minute(1) })];
    given(account, history)
      .when(reset('a', minute(1)))
      .thenRejected({ code: 'LINK_EXPIRED' });
    given(account, [...history, issued('b', { expiresAt: minute(2) })])
      .when(reset('a', minute(1)))
      .thenRejected({ code: 'LINK_EXPIRED' });
  });
});

describe('VerifyEmail', () => {
  const link = issued('a', { purpose: 'verify-email' });

  it('verifies the address; a second use of the same link changes nothing', () => {
    given(account, [registered, link]).when(verify('a')).then([verified]);
    given(account, [registered, link, verified])
      .when(verify('a', minute(100_000)))
      .then([]);
  });

  it('is rejected with an unknown token, one of another purpose, and an expired one', () => {
    for (const history of [[], [link], [issued('b')]])
      given(account, [registered, ...history])
        .when(verify('b'))
        .thenRejected({ code: 'LINK_INVALID' });
    given(account, [registered, link])
      .when(verify('a', link.data.expiresAt))
      .thenRejected({ code: 'LINK_EXPIRED' });
  });

  it('leaves the links of a new password as they are', () => {
    given(account, [registered, link, issued('b'), verified])
      .when(reset('b'))
      .then([changed]);
  });
});
