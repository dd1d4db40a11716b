import type { InputOf, MutationName, SessionGranted, SuccessOf } from '../../../commands';
import type { Instant, NotificationId, RoleId } from '../../../domain/kernel';
import { ids } from './edge';

const { ada, address: home } = ids;
const session: SessionGranted = {
  account: { id: ada, email: 'ada@example.com', name: 'Ada', roles: ['customer'] },
  sessionId: 'one',
  refreshToken: 'a.refresh.token',
  expiresAt: '2026-02-28T08:00:00.000Z' as Instant,
};

/** A row for each mutation: its input, the command, the outcome, and the result. */
export type Example<Name extends MutationName> = {
  readonly input: object;
  readonly sends: InputOf<Name>;
  readonly value: SuccessOf<Name>;
  readonly select: string;
  readonly shows: object;
};

const roleId = ids.review as string as RoleId;
const clerk = { name: 'Clerk', permissions: ['order:*'] };
const ofMerchant = {
  ...{ value: { accountId: ada }, select: 'merchant { id }', shows: { merchant: null } },
};
const ofAccount = { value: { accountId: ada }, select: 'account { id }', shows: { account: { id: ada } } };
const ofSession = {
  select: 'refreshToken account { id email name roles }',
  shows: { refreshToken: session.refreshToken, account: session.account },
};
const erased = {
  value: {
    certificateId: 'c',
    accountId: ada,
    erasedAt: '2026-02-28T08:00:00.000Z' as Instant,
    counts: [{ category: 'order', count: 1 }],
    streams: ['order-1'],
  },
  select: 'certificate { certificateId erasedAt counts { category count } streams }',
  shows: {
    certificate: {
      certificateId: 'c',
      erasedAt: '2026-02-28T08:00:00.000Z',
      counts: [{ category: 'order', count: 1 }],
      streams: ['order-1'],
    },
  },
};
const nothingShown = { value: {}, select: 'consistencyToken', shows: {} };
const harbour = { recipient: 'Ada', line1: '12 Harbour Street', city: 'London', country: 'GB' };
const ofAddress = { select: 'address { id isDefault }', shows: { address: { id: home, isDefault: true } } };

/** The examples of the mutations of accounts and address books. */
const preferences = {
  routes: [{ topic: 'deliveries', channels: ['sms', 'email'] }],
  pace: 'daily',
  quietHours: { from: '22:00', until: '07:00' },
  timeZone: 'Asia/Shanghai',
} as const;

export const accountExamples = {
  signUp: {
    input: { email: 'ada@example.com', password: 'correct horse', name: 'Ada' },
    sends: { email: 'ada@example.com', password: 'correct horse', name: 'Ada' },
    value: session,
    ...ofSession,
  },
  logIn: {
    input: { email: 'ada@example.com', password: 'correct horse' },
    sends: { email: 'ada@example.com', password: 'correct horse' },
    value: session,
    ...ofSession,
  },
  refreshSession: {
    input: { refreshToken: 'old' },
    sends: { refreshToken: 'old' },
    value: session,
    ...ofSession,
  },
  logOut: {
    input: { refreshToken: 'old' },
    sends: { refreshToken: 'old' },
    value: {},
    select: 'consistencyToken',
    shows: {},
  },
  requestPasswordReset: {
    input: { email: 'ada@example.com' },
    sends: { email: 'ada@example.com' },
    ...nothingShown,
  },
  resetPasswordByLink: {
    input: { token: 'a.token', password: 'battery staple' },
    sends: { token: 'a.token', password: 'battery staple' },
    ...nothingShown,
  },
  requestEmailVerification: { input: {}, sends: { accountId: ada }, ...nothingShown },
  verifyEmail: { input: { token: 'a.token' }, sends: { token: 'a.token' }, ...nothingShown },
  changeProfile: {
    input: { name: 'Ada L.', telephone: '', language: 'zh' },
    sends: { accountId: ada, name: 'Ada L.', telephone: '', language: 'zh' },
    value: {},
    ...{ select: 'account { id }', shows: { account: { id: ada } } },
  },
  changeNotificationPreferences: {
    input: { unwanted: ['payments'], ...preferences },
    sends: { accountId: ada, unwanted: ['payments'], ...preferences },
    value: {},
    select: 'account { id unwanted notificationPreferences { pace timeZone } }',
    shows: { account: { id: ada, unwanted: [], notificationPreferences: null } },
  },
  sendMessage: {
    input: { accountId: ada, subject: 'Your kettle', text: 'It can be collected.', channel: 'sms' },
    sends: { accountId: ada, subject: 'Your kettle', text: 'It can be collected.', channel: 'sms' },
    value: { notificationId: home as string as NotificationId },
    select: 'notificationId',
    shows: { notificationId: home },
  },
  retryNotification: {
    input: { notificationId: home },
    sends: { notificationId: home as string as NotificationId },
    value: {},
    select: 'notificationId',
    shows: { notificationId: home },
  },
  eraseAccount: {
    input: { password: 'correct horse' },
    sends: { accountId: ada, password: 'correct horse' },
    ...erased,
  },
  eraseAccountOnRequest: {
    input: { email: 'ada@example.com' },
    sends: { email: 'ada@example.com' },
    ...erased,
  },
  changePassword: {
    input: { currentPassword: 'correct horse', newPassword: 'battery staple', device: 'Firefox' },
    sends: {
      accountId: ada,
      currentPassword: 'correct horse',
      newPassword: 'battery staple',
      device: 'Firefox',
    },
    value: session,
    ...ofSession,
  },
  closeSession: {
    input: { sessionId: home },
    sends: { accountId: ada, sessionId: home },
    value: {},
    select: 'consistencyToken',
    shows: {},
  },
  logOutEverywhere: {
    input: {},
    sends: { accountId: ada },
    value: {},
    select: 'consistencyToken',
    shows: {},
  },
  addAddress: {
    input: { ...harbour, line2: 'Flat 3' },
    sends: { accountId: ada, ...harbour, line2: 'Flat 3' },
    value: { addressId: home },
    ...ofAddress,
  },
  changeAddress: {
    input: { addressId: home, ...harbour },
    sends: { accountId: ada, addressId: home, ...harbour },
    value: {},
    ...ofAddress,
  },
  removeAddress: {
    input: { addressId: home },
    sends: { accountId: ada, addressId: home },
    value: {},
    select: 'consistencyToken',
    shows: {},
  },
  chooseDefaultAddress: {
    input: { addressId: home },
    sends: { accountId: ada, addressId: home },
    value: {},
    ...ofAddress,
  },
  applyAsMerchant: {
    input: { shopName: 'Mugs', reason: 'Mugs of clay.' },
    sends: { accountId: ada, shopName: 'Mugs', reason: 'Mugs of clay.' },
    ...ofMerchant,
  },
  approveMerchant: { input: { accountId: ada }, sends: { accountId: ada }, ...ofMerchant },
  refuseMerchant: {
    input: { accountId: ada, reason: 'No goods.' },
    sends: { accountId: ada, reason: 'No goods.' },
    ...ofMerchant,
  },
  disableMerchant: {
    input: { accountId: ada, reason: 'Fakes.' },
    sends: { accountId: ada, reason: 'Fakes.' },
    ...ofMerchant,
  },
  enableMerchant: { input: { accountId: ada }, sends: { accountId: ada }, ...ofMerchant },
  defineRole: {
    input: clerk,
    sends: clerk,
    value: { roleId },
    select: 'definedRole { id }',
    shows: { definedRole: null },
  },
  changeRole: {
    input: { roleId, ...clerk },
    sends: { roleId, ...clerk },
    value: { roleId },
    select: 'definedRole { id }',
    shows: { definedRole: null },
  },
  retireRole: {
    input: { roleId },
    sends: { roleId },
    value: { roleId },
    select: 'consistencyToken',
    shows: {},
  },
  grantDefinedRole: {
    input: { accountId: ada, email: null, roleId },
    sends: { accountId: ada, roleId },
    ...ofAccount,
  },
  revokeDefinedRole: {
    input: { email: 'ada@example.com', roleId },
    sends: { email: 'ada@example.com', roleId },
    ...ofAccount,
  },
  grantRole: {
    input: { accountId: ada, email: null, role: 'seller' },
    sends: { accountId: ada, role: 'seller' },
    ...ofAccount,
  },
  revokeRole: {
    input: { email: 'ada@example.com', role: 'seller' },
    sends: { email: 'ada@example.com', role: 'seller' },
    ...ofAccount,
  },
} satisfies { readonly [Name in MutationName]?: Example<Name> };
