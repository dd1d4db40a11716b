import { createOrigins } from './origins';

const host = 'shop.example:4000';

it.each<[string, Parameters<ReturnType<typeof createOrigins>['allows']>[0], boolean]>([
  ['no origin, as of a client that is no browser', { host }, true],
  ['a page of this server', { host, origin: 'http://shop.example:4000' }, true],
  ['a page of this server behind TLS', { host: 'shop.example', origin: 'https://shop.example' }, true],
  [
    'a page of this server, its host in capitals',
    { host: 'SHOP.example', origin: 'https://shop.example' },
    true,
  ],
  ['an allowed page', { host, origin: 'https://admin.example' }, true],
  ['another page', { host, origin: 'https://evil.example' }, false],
  ['another port', { host, origin: 'http://shop.example:4001' }, false],
  ['a subdomain', { host: 'shop.example', origin: 'https://a.shop.example' }, false],
  ['an allowed origin with more behind it', { host, origin: 'https://admin.example.evil.example' }, false],
  ['a page of a file', { host, origin: 'null' }, false],
  ['what is no origin', { host, origin: 'http://shop.example:4000/' }, false],
  ['an origin and no host', { origin: 'http://shop.example:4000' }, false],
  [
    'what a client says of a proxy',
    { host, 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
    false,
  ],
])('%s', (_, headers, allowed) => {
  expect(createOrigins(['https://admin.example'], false).allows(headers)).toBe(allowed);
});

it('goes by the host that the proxy was asked, where it is trusted', () => {
  const origins = createOrigins([], true);
  const forwarded = { host: 'edge:4000', 'x-forwarded-host': 'shop.example' };
  expect(origins.allows({ ...forwarded, origin: 'https://shop.example' })).toBe(true);
  expect(origins.allows({ ...forwarded, origin: 'http://edge:4000' })).toBe(false);
  expect(origins.allows({ host: 'edge:4000', origin: 'http://edge:4000' })).toBe(true);
});

it('allows every page with a star', () => {
  expect(createOrigins(['*'], false).allows({ host, origin: 'null' })).toBe(true);
});

it.each([
  [['https://admin.example'], 'https://admin.example', true],
  [['https://admin.example'], 'https://shop.example', false],
  [['https://admin.example'], undefined, false],
  [['*'], 'https://anything.example', true],
  [['*'], undefined, false],
])('of the list %j, %s is listed: %s', (allowed, origin, isListed) => {
  expect(createOrigins(allowed, false).isListed(origin)).toBe(isListed);
});
