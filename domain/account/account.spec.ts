import { given } from '../../tests/support/domain/given';
import { alongEveryWalk, recordsOnce } from '../../tests/support/domain/walk';
import { instantOf, later } from '../kernel';
import type { AccountId, Instant, Role, RoleId } from '../kernel';
import { account, definedRolesOfAccountMax, openSessionsMax, refreshGraceMs, sessionOf } from './index';
import type {
  AccountCommand,
  AccountEvent,
  AccountRegistered,
  AccountRolesGranted,
  SessionClosed,
  SessionOpened,
  SessionRefreshed,
} from './index';

const accountId = '5d0b6c3e-0000-5000-8000-000000000001' as AccountId;
const at = '2026-11-02T09:00:00.000Z' as Instant;
const expiresAt = '2026-12-02T09:00:00.000Z' as Instant;

const register: Extract<AccountCommand, { type: 'RegisterAccount' }> = {
  type: 'RegisterAccount',
  accountId,
  email: 'ada@shop.example',
  name: 'Ada',
  passwordHash: '$argon2id$one',
  roles: ['customer'],
  at,
};
const grant = (...roles: readonly Role[]): AccountCommand => ({ type: 'GrantRoles', accountId, roles, at });
const revoke = (...roles: readonly Role[]): AccountCommand => ({ type: 'RevokeRoles', accountId, roles, at });
const changePassword = (passwordHash: string): AccountCommand => ({
  type: 'ChangePassword',
  accountId,
  passwordHash,
  at,
});
const replacePassword = (replaces: string, passwordHash: string): AccountCommand => ({
  type: 'ChangePassword',
  accountId,
  passwordHash,
  replaces,
  at,
});
const changeProfile = (
  change: Partial<Extract<AccountCommand, { type: 'ChangeProfile' }>>,
): AccountCommand => ({ type: 'ChangeProfile', accountId, ...change, at });
const closeAll: AccountCommand = { type: 'CloseAllSessions', accountId, at };
const open = (sessionId: string, tokenHash = `${sessionId}-0`): AccountCommand => ({
  type: 'OpenSession',
  accountId,
  sessionId,
  tokenHash,
  expiresAt,
  at,
});
const refresh = (
  tokenHash: string,
  newTokenHash: string,
  sessionId = 's',
): Extract<AccountCommand, { type: 'RefreshSession' }> => ({
  type: 'RefreshSession',
  accountId,
  sessionId,
  tokenHash,
  newTokenHash,
  salt: 'salt',
  at,
});
const close = (sessionId: string): AccountCommand => ({ type: 'CloseSession', accountId, sessionId, at });

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
const granted = (...roles: readonly Role[]): AccountRolesGranted => ({
  type: 'AccountRolesGranted',
  data: { accountId, roles, grantedAt: at },
});
const revoked = (...roles: readonly Role[]): AccountEvent => ({
  type: 'AccountRolesRevoked',
  data: { accountId, roles, revokedAt: at },
});
const passwordChanged: AccountEvent = {
  type: 'AccountPasswordChanged',
  data: { accountId, passwordHash: '$argon2id$two', changedAt: at },
};
const opened = (sessionId: string): SessionOpened => ({
  type: 'SessionOpened',
  data: { accountId, sessionId, tokenHash: `${sessionId}-0`, expiresAt, openedAt: at },
});
const refreshed = (tokenHash: string, sessionId = 's'): SessionRefreshed => ({
  type: 'SessionRefreshed',
  data: { accountId, sessionId, tokenHash, salt: 'salt', refreshedAt: at },
});
const closed = (reason: SessionClosed['data']['reason'], sessionId = 's'): SessionClosed => ({
  type: 'SessionClosed',
  data: { accountId, sessionId, reason, closedAt: at },
});

const invalid = (reason: 'ENDED' | 'EXPIRED' | 'REUSED' | 'UNKNOWN') =>
  ({ code: 'SESSION_INVALID', reason }) as const;

describe('RegisterAccount', () => {
  it('registers it', () => given(account, []).when(register).then([registered]));

  it('names each role once', () =>
    given(account, [])
      .when({ ...register, roles: ['customer', 'staff', 'customer'] })
      .then([{ ...registered, data: { ...registered.data, roles: ['customer', 'staff'] } }]));

  it('refuses an address that has an account', () =>
    given(account, [registered])
      .when({ ...register, passwordHash: '$argon2id$two' })
      .thenRejected({ code: 'EMAIL_TAKEN' }));

  it.each([
    '',
    'ada',
    '@shop.example',
    'ada@',
    'a da@shop.example',
    'a@b@c',
    'a\u200bda@shop.example',
    'ada@shop\u00ad.example',
    `${'a'.repeat(250)}@b.example`,
  ])('refuses the address "%s"', (email) =>
    given(account, [])
      .when({ ...register, email })
      .thenRejected({ code: 'EMAIL_INVALID' }),
  );

  it('refuses a blank name', () =>
    given(account, [])
      .when({ ...register, name: ' ' })
      .thenRejected({ code: 'NAME_EMPTY' }));
});

describe('GrantRoles', () => {
  it('grants those that are missing', () =>
    given(account, [registered])
      .when(grant('customer', 'seller', 'seller'))
      .then([granted('seller')]));

  it('grants nothing that was granted before', () =>
    given(account, [registered, granted('seller')])
      .when(grant('seller'))
      .then([]));
});

describe('RevokeRoles', () => {
  it('revokes those that are held', () =>
    given(account, [registered, granted('seller', 'staff')])
      .when(revoke('seller', 'analyst', 'seller'))
      .then([revoked('seller')]));

  it('leaves the others, and lets a role be granted again', () =>
    given(account, [registered, granted('seller', 'staff'), revoked('seller')])
      .when(grant('staff', 'seller'))
      .then([granted('seller')]));

  it('revokes nothing that is not held', () => given(account, [registered]).when(revoke('staff')).then([]));
});

describe('roles that administrators defined', () => {
  const [clerk, packer] = ['clerk', 'packer'] as unknown as readonly [RoleId, RoleId];
  const withRoles = (...definedRoles: readonly RoleId[]) => ({ roles: [], definedRoles });
  const grantedDefined = (...ids: readonly RoleId[]): AccountEvent => ({
    type: 'AccountRolesGranted',
    data: { accountId, ...withRoles(...ids), grantedAt: at },
  });

  it('are granted once', () =>
    given(account, [registered, grantedDefined(clerk)])
      .when({ type: 'GrantRoles', accountId, ...withRoles(clerk, packer, packer), at })
      .then([grantedDefined(packer)]));

  it('are revoked where they are held', () =>
    given(account, [registered, grantedDefined(clerk)])
      .when({ type: 'RevokeRoles', accountId, ...withRoles(clerk, packer), at })
      .then([{ type: 'AccountRolesRevoked', data: { accountId, ...withRoles(clerk), revokedAt: at } }]));

  it('are few', () => {
    const ids = Array.from({ length: definedRolesOfAccountMax }, (_, index) => `${index}` as RoleId);
    const more: AccountCommand = { type: 'GrantRoles', accountId, ...withRoles(clerk), at };
    given(account, [registered, grantedDefined(...ids.slice(1))])
      .when(more)
      .then([grantedDefined(clerk)]);
    given(account, [registered, grantedDefined(...ids)])
      .when(more)
      .thenRejected({ code: 'TOO_MANY_ROLES', max: definedRolesOfAccountMax });
    given(account, [registered, grantedDefined(...ids)])
      .when(grant('seller'))
      .then([granted('seller')]);
  });
});

describe('ChangePassword', () => {
  it('changes it and ends every session', () =>
    given(account, [registered, opened('s'), opened('t')])
      .when(changePassword('$argon2id$two'))
      .then([passwordChanged, closed('password-changed', 's'), closed('password-changed', 't')]));
});

describe('OpenSession', () => {
  it('opens it', () =>
    given(account, [registered])
      .when(open('s'))
      .then([opened('s')]));

  it('opens none for a password that was changed meanwhile', () =>
    given(account, [registered, passwordChanged])
      .when({ ...open('s'), passwordHash: '$argon2id$one' } as AccountCommand)
      .thenRejected({ code: 'CREDENTIALS_WRONG' }));

  it('lets the oldest give way to one too many', () => {
    const many = Array.from({ length: openSessionsMax }, (_, index) => opened(`s${index}`));
    given(account, [registered, ...many])
      .when(open('new'))
      .then([closed('superseded', 's0'), opened('new')]);
  });
});

describe('RefreshSession', () => {
  it('replaces the token', () =>
    given(account, [registered, opened('s')])
      .when(refresh('s-0', 's-1'))
      .then([refreshed('s-1')]));

  describe.each(['s-0', 's-1'])('of a session of which the token %s was replaced', (token) => {
    const history = [registered, opened('s'), refreshed('s-1'), refreshed('s-2')];
    const graceEnds = later(at, refreshGraceMs);

    it('changes nothing when it is shown again right after', () =>
      given(account, history)
        .when({ ...refresh(token, 's-3'), at: instantOf(Date.parse(graceEnds) - 1) })
        .then([]));

    it('closes the session when it is shown again later', () =>
      given(account, history)
        .when({ ...refresh(token, 's-3'), at: graceEnds })
        .then([{ ...closed('reused'), data: { ...closed('reused').data, closedAt: graceEnds } }], {
          again: invalid('REUSED'),
        }));
  });

  it('closes the session at once when the replaced token is from before tokens followed from each other', () => {
    const data = { accountId, sessionId: 's', tokenHash: 's-1', refreshedAt: at };
    given(account, [registered, opened('s'), { type: 'SessionRefreshed', data }])
      .when(refresh('s-0', 's-2'))
      .then([closed('reused')], { again: invalid('REUSED') });
  });

  it('leaves the other sessions open when one is closed', () => {
    const history = [registered, opened('s'), opened('t'), refreshed('s-1'), closed('reused')];
    given(account, history)
      .when(refresh('t-0', 't-1', 't'))
      .then([refreshed('t-1', 't')]);
  });

  it('refuses a guess and leaves the session open', () =>
    given(account, [registered, opened('s')])
      .when(refresh('guess', 's-1'))
      .thenRejected(invalid('UNKNOWN')));

  it('refuses an unknown session', () =>
    given(account, [registered]).when(refresh('s-0', 's-1')).thenRejected(invalid('ENDED')));

  it('refuses a closed session', () =>
    given(account, [registered, opened('s'), closed('logged-out')])
      .when(refresh('s-0', 's-1'))
      .thenRejected(invalid('ENDED')));

  it('says to everyone that a session was closed because a replaced token was shown, of the latest such sessions', () => {
    const reused = Array.from({ length: 21 }, (_, index) => [
      opened(`s${index}`),
      closed('reused', `s${index}`),
    ]);
    const history = [registered, ...reused.flat()];
    for (const sessionId of ['s1', 's20'])
      given(account, history)
        .when(refresh('s-1', 's-2', sessionId))
        .thenRejected(invalid('REUSED'));
    given(account, history)
      .when(refresh('s-1', 's-2', 's0'))
      .thenRejected(invalid('ENDED'));
  });

  it('refuses a session from the instant at which it runs out', () => {
    const history = [registered, opened('s')];
    const justBefore = instantOf(Date.parse(expiresAt) - 1);
    given(account, history)
      .when({ ...refresh('s-0', 's-1'), at: expiresAt })
      .thenRejected(invalid('EXPIRED'));
    given(account, history)
      .when({ ...refresh('s-0', 's-1'), at: justBefore })
      .then([{ ...refreshed('s-1'), data: { ...refreshed('s-1').data, refreshedAt: justBefore } }]);
  });

  it('remembers a bounded number of replaced tokens', () => {
    const many = Array.from({ length: 40 }, (_, index) => refreshed(`s-${index + 1}`));
    const state = [registered, opened('s'), ...many].reduce(account.evolve, account.initial);
    if (state.status === 'NONE') throw new Error('not registered');
    expect(sessionOf(state, 's')?.replacedTokenHashes).toStrictEqual(
      Array.from({ length: 32 }, (_, index) => `s-${index + 8}`),
    );
    given(account, [registered, opened('s'), ...many])
      .when(refresh('s-1', 's-41'))
      .thenRejected(invalid('UNKNOWN'));
  });
});

describe('ChangePassword after the present one was verified', () => {
  it('replaces the password that was verified', () =>
    given(account, [registered, opened('s')])
      .when(replacePassword('$argon2id$one', '$argon2id$two'))
      .then([passwordChanged, closed('password-changed', 's')]));

  it('is refused where another change came first', () =>
    given(account, [registered, passwordChanged])
      .when(replacePassword('$argon2id$one', '$argon2id$three'))
      .thenRejected({ code: 'CREDENTIALS_WRONG' }));
});

describe('CloseSession', () => {
  it('closes it', () =>
    given(account, [registered, opened('s')])
      .when(close('s'))
      .then([closed('logged-out')]));

  it('has nothing to record of one that is not open', () =>
    given(account, [registered]).when(close('s')).then([]));
});

describe('CloseAllSessions', () => {
  it('closes each', () =>
    given(account, [registered, opened('s'), opened('t')])
      .when(closeAll)
      .then([closed('logged-out', 's'), closed('logged-out', 't')]));

  it('has nothing to record where none is open', () => given(account, [registered]).when(closeAll).then([]));
});

it.each([
  grant('staff'),
  revoke('staff'),
  changePassword('x'),
  changeProfile({ name: 'x' }),
  open('s'),
  refresh('s-0', 's-1'),
  close('s'),
  closeAll,
])('does not find an unknown account: $type', (command) =>
  given(account, []).when(command).thenRejected({ code: 'ACCOUNT_NOT_FOUND' }),
);

it('bounds the sessions, keeps each role and token once, and records any command, sent twice, once', () => {
  alongEveryWalk(
    account,
    (state) => {
      if (state.status === 'NONE') return [register];
      const count = state.sessions.length;
      return [
        { ...register, passwordHash: '$argon2id$two' },
        grant('seller'),
        grant('staff', 'customer'),
        revoke('seller'),
        changePassword(`$argon2id$${count}`),
        changeProfile({ telephone: `0800 ${10 + count}`, language: 'zh' }),
        // Mostly this, or no walk would reach the bound.
        ...Array.from({ length: 40 }, (_, index) =>
          open(`${state.sessions.at(-1)?.sessionId ?? 's'}${index}`),
        ),
        ...state.sessions.slice(0, 3).flatMap(({ sessionId, tokenHash, replacedTokenHashes }) => [
          refresh(tokenHash, `${tokenHash}+`, sessionId),
          refresh(replacedTokenHashes[0] ?? 'guess', `${tokenHash}+`, sessionId),
          {
            ...refresh(replacedTokenHashes[0] ?? 'guess', `${tokenHash}+`, sessionId),
            at: later(at, refreshGraceMs),
          },
        ]),
        close(state.sessions[Math.floor(count / 2)]?.sessionId ?? 's'),
      ];
    },
    (step) => {
      recordsOnce(account, step);
      if (step.after.status === 'NONE') return;
      const { sessions, roles } = step.after;
      expect(sessions.length).toBeLessThanOrEqual(openSessionsMax);
      expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(sessions.length);
      expect(new Set(roles).size).toBe(roles.length);
    },
  );
});
