import { isNetwork, isWithin, LOOPBACK } from './index';

describe('a network', () => {
  it.each(['10.0.0.7', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0'])('is %s', (text) =>
    expect(isNetwork(text)).toBe(true),
  );

  it.each([
    '',
    'localhost',
    '10.0.0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.7 ',
  ])('is not "%s"', (text) => expect(isNetwork(text)).toBe(false));
});

describe('an address', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('%s is one of this machine', (address) =>
    expect(isWithin(address, LOOPBACK)).toBe(true),
  );

  it.each(['10.0.0.7', '128.0.0.1', '::2', '::ffff:10.0.0.7', 'localhost', '', 'fe80::1%eth0'])(
    '"%s" is not',
    (address) => expect(isWithin(address, LOOPBACK)).toBe(false),
  );

  it('is among the networks that are named, and in no others', () => {
    const networks = ['10.0.0.0/24', '192.0.2.7', 'fd00::/8'];
    for (const inside of ['10.0.0.255', '192.0.2.7', 'fd12::1', '::ffff:10.0.0.1'])
      expect(isWithin(inside, networks)).toBe(true);
    for (const outside of ['10.0.1.0', '192.0.2.8', 'fe00::1', '127.0.0.1'])
      expect(isWithin(outside, networks)).toBe(false);
    expect(isWithin('10.0.0.1', [])).toBe(false);
  });
});
