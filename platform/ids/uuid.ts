import { hash } from 'node:crypto';
import { epochMsOf } from '../../domain/kernel';
import type { Clock, Random } from '../clock';

const format = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const stamp = (bytes: Uint8Array, version: number): Uint8Array => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
};

const SPACE_BYTES = 16;

const VARIANTS = '89ab';

/** Returns an RFC 9562 UUID version 5: the same name in the same namespace always gives the same id. */
export const uuidV5 = (namespace: string, name: string): string => {
  const input = Buffer.allocUnsafe(SPACE_BYTES + Buffer.byteLength(name));
  input.write(namespace.replaceAll('-', ''), 'hex');
  input.write(name, SPACE_BYTES);
  // Formatted as text, which saves a conversion of the bytes: two of these are made for each event.
  const hex = hash('sha1', input, 'hex');
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Returns an RFC 9562 UUID version 7: new each time, rising with the clock's milliseconds. */
export const uuidV7 = (clock: Clock, random: Random): string => {
  const bytes = new Uint8Array(16);
  bytes.set(random.bytes(10), 6);
  new DataView(bytes.buffer).setUint16(0, Math.floor(epochMsOf(clock.now()) / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, epochMsOf(clock.now()) >>> 0);
  return format(stamp(bytes, 7));
};

/** Returns an RFC 9562 UUID version 8 of the first 16 of these bytes. */
export const uuidV8 = (bytes: Uint8Array): string => format(stamp(bytes.slice(0, 16), 8));
