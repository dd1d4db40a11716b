import { SignJWT } from 'jose';
import type { Millis } from '../../../domain/kernel';
import { ids } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';
import { createTokens, viewerOf } from './tokens';

const secret = 'a secret of thirty-two characters';
const other = 'another of thirty-two characters!';
const ada = { id: ids.ada, email: 'ada@example.com', name: 'Ada', roles: ['customer', 'seller'] } as const;

const setUp = (...secrets: [string, ...string[]]) => {
  const clock = createVirtualClock();
  return { clock, tokens: createTokens({ secrets }, clock) };
};

it('tells who showed a token, for fifteen minutes', async () => {
  const { clock, tokens } = setUp(secret);
  const { accessToken, expiresAt } = await tokens.issue(ada);
  expect(expiresAt).toBe('2026-01-31T08:15:00.000Z');
  expect(await tokens.read(accessToken)).toMatchObject({ kind: 'account', ...ada });
  await clock.advance(15 * 60 * 1_000 - 1);
  expect(await tokens.read(accessToken)).toMatchObject({ kind: 'account' });
  await clock.advance(1);
  expect(await tokens.read(accessToken)).toEqual({ kind: 'guest', because: 'expired' });
});

it('knows an expired token that it has not seen before', async () => {
  const { clock, tokens } = setUp(secret);
  const { accessToken } = await createTokens({ secrets: [secret], lifetimeMs: 1_000 as Millis }, clock).issue(
    ada,
  );
  await clock.advance(1_000);
  expect(await tokens.read(accessToken)).toEqual({ kind: 'guest', because: 'expired' });
});

it('opens what an earlier secret signed, and signs with the first', async () => {
  const { clock, tokens } = setUp(other, secret);
  const old = await createTokens({ secrets: [secret] }, clock).issue(ada);
  expect(await tokens.read(old.accessToken)).toMatchObject({ kind: 'account' });
  const { accessToken } = await tokens.issue(ada);
  const onlyOld = createTokens({ secrets: [secret] }, clock);
  expect(await onlyOld.read(accessToken)).toEqual({ kind: 'guest', because: 'invalid' });
});

const forge = (
  payload: Record<string, unknown>,
  { alg = 'HS256', key = secret, audience = 'waybill' } = {},
) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg })
    .setSubject(ids.ada)
    .setIssuer('waybill')
    .setAudience(audience)
    .setExpirationTime(4e9)
    .sign(new TextEncoder().encode(key));

const unsigned = [{ alg: 'none' }, { sub: ids.ada, roles: ['administrator'], exp: 4e9 }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

it.each([
  ['another secret', () => forge({ ...ada }, { key: other })],
  ['another algorithm', () => forge({ ...ada }, { alg: 'HS512', key: `${secret}${other}` })],
  ['another audience', () => forge({ ...ada }, { audience: 'someone' })],
  ['a role that is none', () => forge({ ...ada, roles: ['king'] })],
  ['no signature', async () => `${unsigned}.`],
  ['nothing of a token', async () => 'x'],
  ['far too much', async () => 'x'.repeat(5_000)],
])('takes a token with %s for none', async (_what, token) => {
  expect(await setUp(secret).tokens.read(await token())).toEqual({ kind: 'guest', because: 'invalid' });
});

it('reads the header', async () => {
  const { tokens } = setUp(secret);
  const { accessToken } = await tokens.issue(ada);
  expect(await viewerOf(undefined, tokens)).toEqual({ kind: 'guest', because: 'no-token' });
  expect(await viewerOf(`bearer ${accessToken}`, tokens)).toMatchObject({ kind: 'account' });
  expect(await viewerOf(`Basic ${accessToken}`, tokens)).toEqual({ kind: 'guest', because: 'invalid' });
});
