import { BlockList, isIP } from 'node:net';

/** The networks of this machine itself. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1'];

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Returns the IPv4 address that is written as IPv6; any other text as it is. */
export const unmapped = (address: string): string => MAPPED.exec(address)?.[1] ?? address;

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Tests whether a text is an IP address, or a network such as `10.0.0.0/8`. */
export const isNetwork = (text: string): boolean => {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/**
 * Tests whether an address is in one of the networks. An IPv4 address that is written as IPv6 counts as IPv4.
 *
 * @param networks - each an `isNetwork`.
 */
export const isWithin = (address: string, networks: readonly string[]): boolean => {
  const [zoneless = ''] = address.split('%');
  const plain = unmapped(zoneless);
  if (isIP(plain) === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    if (bits === undefined) list.addAddress(base, familyOf(base));
    else list.addSubnet(base, Number(bits), familyOf(base));
  }
  return list.check(plain, familyOf(plain));
};
