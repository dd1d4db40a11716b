import { isIP } from 'node:net';
import { isWithin, unmapped } from './network-list';

/** Networks whose addresses are not reachable from everywhere, or not unicast (IANA's registry of special-purpose addresses). */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const GLOBAL_IPV6 = ['2000::/3'];
/** Parts of the global space that carry an IPv4 address (6to4, Teredo) or are for documentation. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Tests whether an IP address is a public unicast address: none of this machine, of a private network or of special use. */
export const isPublicAddress = (address: string): boolean => {
  const plain = unmapped(address);
  if (isIP(plain) === 4) return !isWithin(plain, SPECIAL_IPV4);
  return isWithin(plain, GLOBAL_IPV6) && !isWithin(plain, SPECIAL_IPV6);
};
