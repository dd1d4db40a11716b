import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Fault } from '../faults';
import { FINGERPRINT_BYTES, type UsableKey } from './cached-keys';

/** The form of a sealed value in an event's data: base64 of the version, the key's fingerprint, the nonce, the text and the tag. */
export type Sealed = { readonly $sealed: string };

const VERSION = 1;
const ALGORITHM = 'aes-256-gcm';
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + FINGERPRINT_BYTES;
const TEXT_AT = NONCE_AT + NONCE_BYTES;

/** The place of a value, which is authenticated with it: a sealed value that is moved elsewhere does not open. */
export type SealPlace = { readonly stream: string; readonly type: string; readonly path: string };

const placeBytes = ({ stream, type, path }: SealPlace): Buffer => Buffer.from(`${stream}/${type}/${path}`);

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' &&
  value !== null &&
  '$sealed' in value &&
  typeof value.$sealed === 'string' &&
  Object.keys(value).length === 1;

/** Encrypts a JSON value. @param nonce - 12 bytes, never used twice with the key. */
export const sealValue = (
  value: unknown,
  place: SealPlace,
  { secret, fingerprint }: UsableKey,
  nonce: Uint8Array,
): Sealed => {
  const cipher = createCipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(placeBytes(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  const bytes = Buffer.concat([Uint8Array.of(VERSION), fingerprint, nonce, text, cipher.getAuthTag()]);
  return { $sealed: bytes.toString('base64') };
};

const damaged = ({ stream, type, path }: SealPlace, what: string, cause?: unknown): Fault =>
  new Fault('STORE_CORRUPT', `${path} of ${type} in ${stream} ${what}`, { cause });

/**
 * Decrypts a sealed value.
 *
 * @throws Fault `STORE_CORRUPT` for a value that is damaged, was moved, or was sealed with another key.
 */
export const openValue = (sealed: Sealed, place: SealPlace, { secret, fingerprint }: UsableKey): unknown => {
  const bytes = Buffer.from(sealed.$sealed, 'base64');
  if (bytes[0] !== VERSION || bytes.length < TEXT_AT + TAG_BYTES)
    throw damaged(place, 'is no sealed value that this version knows.');
  if (!fingerprint.equals(bytes.subarray(1, NONCE_AT)))
    throw damaged(place, 'was sealed with another key. Are these the keys of this store?');
  try {
    const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(NONCE_AT, TEXT_AT), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(placeBytes(place));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const text = decipher.update(bytes.subarray(TEXT_AT, bytes.length - TAG_BYTES), undefined, 'utf8');
    return JSON.parse(text + decipher.final('utf8')) as unknown;
  } catch (error) {
    throw damaged(place, 'cannot be opened: it is damaged, or is at another place.', error);
  }
};
