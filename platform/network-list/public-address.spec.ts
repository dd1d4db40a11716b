import { isPublicAddress } from './index';

it.each(['93.184.215.14', '1.1.1.1', '2606:4700::1111', '::ffff:1.1.1.1', '172.32.0.1', '100.128.0.1'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  ['this machine', '127.0.0.1'],
  ['this machine', '::1'],
  ['this machine, as IPv6', '::ffff:127.0.0.1'],
  ['this machine, as IPv6 in hexadecimal', '::ffff:7f00:1'],
  ['any address', '0.0.0.0'],
  ['any address', '::'],
  ['a private network', '10.1.2.3'],
  ['a private network', '172.31.255.255'],
  ['a private network', '192.168.0.1'],
  ['a private network', 'fd12::1'],
  ['a carrier’s own network', '100.64.0.1'],
  ['the metadata of a cloud', '169.254.169.254'],
  ['a network’s own link', 'fe80::1%eth0'],
  ['a translated private address', '64:ff9b::a01:203'],
  ['a tunnelled private address', '2002:a01:203::1'],
  ['a test network', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['multicast', 'ff02::1'],
  ['broadcast', '255.255.255.255'],
  ['documentation', '2001:db8::1'],
  ['no address', 'localhost'],
  ['no address', ''],
])('%s is not public: %s', (_name, address) => expect(isPublicAddress(address)).toBe(false));
