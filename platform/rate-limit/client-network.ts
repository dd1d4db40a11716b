import { isIP, isIPv6 } from 'node:net';

const PREFIX_GROUPS = 4;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const UNKNOWN_LENGTH_MAX = 64;

/** Returns the first half of an IPv6 address, in one spelling. */
const prefixOf = (address: string): string => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const length = before.length + after.length + (address.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups
    .slice(0, PREFIX_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};

/**
 * Returns the network by which limits count a client. An IPv4 address counts by itself. An IPv6 address counts by its
 * /64, because one subscriber has all addresses of one; an IPv4 address that is written as IPv6 counts as IPv4.
 *
 * @returns other text unchanged, cut to 64 characters.
 */
export const networkOf = (address: string): string => {
  const [plain = address] = address.split('%');
  const mapped = MAPPED.exec(plain)?.[1];
  if (mapped !== undefined && isIP(mapped) === 4) return mapped;
  if (isIPv6(plain)) return `${prefixOf(plain)}::/64`;
  return address.slice(0, UNKNOWN_LENGTH_MAX);
};
