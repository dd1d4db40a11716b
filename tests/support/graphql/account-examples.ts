import type { InputOf, MutationName, SessionGranted, SuccessOf } from '../../../commands';
import type { Instant, NotificationId } from '../../../domain/kernel';
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

const ofAccount = { value: { accountId: ada }, select: 'account { id }', shows: { account: { id: ada } } };
const ofSession = {
  select: 'refreshToken account { id email name roles }',
  shows: { refreshToken: session.refreshToken, account: session.account },
};
const nothingShown = { value: {}, select: 'consistencyToken', shows: {} };
const harbour = { recipient: 'Ada', line1: '12 Harbour Street', city: 'London', country: 'GB' };
const ofAddress = { select: 'address { id isDefault }', shows: { address: { id: home, isDefault: true } } };

/** The examples of the mutations of accounts and address books. */
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
    input: { unwanted: ['payments'] },
    sends: { accountId: ada, unwanted: ['payments'] },
    ...{ value: {}, select: 'account { id unwanted }', shows: { account: { id: ada, unwanted: [] } } },
  },
  retryNotification: {
    input: { notificationId: home },
    sends: { notificationId: home as string as NotificationId },
    value: {},
    select: 'notificationId',
    shows: { notificationId: home },
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
