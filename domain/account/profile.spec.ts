import { given } from '../../tests/support/domain/given';
import type { AccountId, Instant, NotificationTopic } from '../kernel';
import { account } from './index';
import type { AccountCommand, AccountEvent, AccountProfileChanged, AccountRegistered } from './index';

const accountId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;

const changeProfile = (
  change: Partial<Extract<AccountCommand, { type: 'ChangeProfile' }>>,
): AccountCommand => ({ type: 'ChangeProfile', accountId, ...change, at });

const registered: AccountRegistered = {
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

const profile = (data: Omit<AccountProfileChanged['data'], 'accountId' | 'changedAt'>): AccountEvent => ({
  type: 'AccountProfileChanged',
  data: { accountId, ...data, changedAt: at },
});

describe('ChangeProfile', () => {
  const first = profile({ name: 'Ada L.', telephone: '+4402079460958', language: 'zh' });

  it('changes what is given and keeps the rest', () => {
    given(account, [registered])
      .when(changeProfile({ name: 'Ada L.', telephone: '+44 (0)20-7946.0958', language: 'zh' }))
      .then([first]);
    given(account, [registered, first])
      .when(changeProfile({ language: 'en' }))
      .then([profile({ name: 'Ada L.', telephone: '+4402079460958', language: 'en' })]);
  });

  it('removes the telephone number by an empty one', () => {
    given(account, [registered, first])
      .when(changeProfile({ telephone: '' }))
      .then([profile({ name: 'Ada L.', language: 'zh' })]);
    given(account, [registered])
      .when(changeProfile({ telephone: '' }))
      .then([]);
  });

  it('has nothing to record where nothing differs', () =>
    given(account, [registered, first])
      .when(changeProfile({ name: 'Ada L.', telephone: '+44 02079460958' }))
      .then([]));

  it('refuses a blank name', () =>
    given(account, [registered])
      .when(changeProfile({ name: ' ' }))
      .thenRejected({ code: 'NAME_EMPTY' }));

  it.each(['1234', '1234567890123456', '+', '12+345', '0800 CALL', '+44;20'])(
    'refuses the telephone number "%s"',
    (telephone) =>
      given(account, [registered])
        .when(changeProfile({ telephone }))
        .thenRejected({ code: 'TELEPHONE_INVALID', min: 5, max: 15 }),
  );
});

describe('ChangeNotificationPreferences', () => {
  const prefer = (...unwanted: readonly NotificationTopic[]): AccountCommand => ({
    type: 'ChangeNotificationPreferences',
    accountId,
    unwanted,
    at,
  });
  const preferred = (...unwanted: readonly NotificationTopic[]): AccountEvent => ({
    type: 'NotificationPreferencesChanged',
    data: { accountId, unwanted, changedAt: at },
  });

  it('declines the topics that are named, and no others', () => {
    given(account, [registered])
      .when(prefer('deliveries', 'payments', 'deliveries'))
      .then([preferred('payments', 'deliveries')]);
    given(account, [registered, preferred('payments')])
      .when(prefer('deliveries'))
      .then([preferred('deliveries')]);
    given(account, [registered, preferred('payments')])
      .when(prefer())
      .then([preferred()]);
  });

  it('keeps what is not given, and leaves out what an account begins with', () => {
    const first = {
      ...{ routes: [{ topic: 'deliveries', channels: ['sms', 'email'] }], pace: 'daily' },
      ...{ quietHours: { from: '22:00', until: '07:00' }, timeZone: 'Asia/Shanghai' },
    } as const;
    const stored = (more: object): AccountEvent => ({
      type: 'NotificationPreferencesChanged',
      data: { accountId, unwanted: [], changedAt: at, ...more },
    });
    const wants = (more: object): AccountCommand => ({
      ...{ type: 'ChangeNotificationPreferences', accountId, unwanted: [], at },
      ...more,
    });
    const withTelephone = [registered, profile({ name: 'Ada', telephone: '+4402079460958' })];
    given(account, withTelephone)
      .when(wants({ ...first, routes: [...first.routes, { topic: 'payments', channels: ['email'] }] }))
      .then([stored(first)]);
    given(account, [...withTelephone, stored(first)])
      .when(wants({ quietHours: { from: '00:00', until: '00:00' }, pace: 'at_once' }))
      .then([stored({ routes: first.routes, timeZone: first.timeZone })]);
    given(account, [...withTelephone, stored(first)])
      .when(wants({}))
      .then([]);
    given(account, [registered]).when(wants(first)).thenRejected({ code: 'TELEPHONE_MISSING' });
  });

  it('has nothing to record where nothing differs', () =>
    given(account, [registered, preferred('payments')])
      .when(prefer('payments'))
      .then([]));
});
