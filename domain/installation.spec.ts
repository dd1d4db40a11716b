import { given } from '../tests/support/domain/given';
import { installation, type InstallationCommand, type InstallationEvent } from './installation';
import type { Instant } from './kernel';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const make = (name: string, secret: string): InstallationCommand => ({
  type: 'MakeInstallationKey',
  name,
  secret,
  at,
});
const made = (name: string, secret: string): InstallationEvent => ({
  type: 'InstallationKeyMade',
  data: { name, secret, madeAt: at },
});

describe('MakeInstallationKey', () => {
  it('makes a key', () =>
    given(installation, [])
      .when(make('a', 'one'))
      .then([made('a', 'one')]));

  it('keeps the key that there is', () =>
    given(installation, [made('a', 'one')])
      .when(make('a', 'two'))
      .then([]));

  it('makes one of another name', () =>
    given(installation, [made('a', 'one')])
      .when(make('b', 'two'))
      .then([made('b', 'two')]));
});
