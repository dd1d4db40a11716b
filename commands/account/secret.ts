import { createHash } from 'node:crypto';
import type { Random } from '../../platform/clock';

const SECRET_BYTES = 32;

/** The pattern of the text of a secret. */
export const SECRET = '[\\w-]{43}';
/** The pattern of an account or session id. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Returns a new secret of 256 random bits, as text. */
export const newSecret = (random: Random): string =>
  Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url');

/** Returns the stored form of a text that has a secret: SHA-256, hex. 256 random bits need no salt. */
export const hashOfSecret = (text: string): string => createHash('sha256').update(text).digest('hex');
