import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMsOf, type Instant } from '../../domain/kernel';

/** The three headers of Standard Webhooks, in Node's lower case. */
export type SignedHeaders = {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
};

/** The reason why a message is not authentic. `missing`: it has no signature. */
export type SignatureRefusal = 'missing' | 'malformed' | 'stale' | 'forged';

export type Verification =
  { readonly ok: true; readonly messageId: string } | { readonly ok: false; readonly why: SignatureRefusal };

/** The permitted difference between a message's time and our clock. */
export const TOLERANCE_SECONDS = 5 * 60;

/** Tests whether a message's time is near enough to ours. */
export const isTimely = (epochMs: number, now: Instant): boolean =>
  Math.abs(epochMsOf(now) - epochMs) <= TOLERANCE_SECONDS * 1_000;

const MESSAGE_ID_MAX = 256;
const SIGNATURES_MAX = 10;
const PREFIX = 'whsec_';

/** Returns the key of a secret: `whsec_<base64>` is decoded, as the standard says; any other text is the key itself. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);

/** Formats a secret as every library of Standard Webhooks accepts it. @param chance - 24 to 64 random bytes. */
export const webhookSecretOf = (chance: Uint8Array): string =>
  `${PREFIX}${Buffer.from(chance).toString('base64')}`;

const KEY_BYTES_MIN = 16;

/** Tests whether a secret is usable: one that begins with `whsec_` must be base64 of enough bytes. */
export const isUsableSecret = (secret: string): boolean => {
  if (!secret.startsWith(PREFIX)) return true;
  const text = secret.slice(PREFIX.length);
  return (
    /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 && keyOf(secret).length >= KEY_BYTES_MIN
  );
};

const macOf = (secret: string, signed: Buffer): Buffer =>
  createHmac('sha256', keyOf(secret)).update(signed).digest();

const signedText = (messageId: string, timestamp: string, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${messageId}.${timestamp}.`), body]);

/**
 * Signs a body as Standard Webhooks specify.
 *
 * @param messageId - the message's id, the same in every attempt. Without `.`.
 * @param secrets - one signature each, so that a receiver may have only one of them during a rotation.
 */
export const signWebhook = (
  messageId: string,
  body: Uint8Array,
  secrets: readonly string[],
  now: Instant,
): SignedHeaders => {
  const timestamp = String(Math.floor(epochMsOf(now) / 1000));
  const text = signedText(messageId, timestamp, body);
  const signatures = secrets.map((secret) => `v1,${macOf(secret, text).toString('base64')}`);
  return {
    'webhook-id': messageId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
};

const equalInConstantTime = (given: Buffer, expected: Buffer): boolean =>
  given.length === expected.length && timingSafeEqual(given, expected);

const versionOneOf = (header: string): Buffer[] =>
  header
    .split(' ', SIGNATURES_MAX)
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'));

/** Headers in Node's form: lower-case names. One that came several times counts as missing. */
type Received = Readonly<Record<string, string | readonly string[] | undefined>>;

const headerIn = (headers: Received, name: keyof SignedHeaders): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * Verifies a message with Standard Webhooks headers. The inbox recognises replays within the tolerance by the id.
 *
 * @param body - the raw bytes, before any parsing.
 * @param secrets - each of them is tried.
 */
export const verifyWebhook = (
  headers: Received,
  body: Uint8Array,
  secrets: readonly string[],
  now: Instant,
): Verification => {
  const messageId = headerIn(headers, 'webhook-id');
  const timestamp = headerIn(headers, 'webhook-timestamp');
  const signature = headerIn(headers, 'webhook-signature');
  if (!messageId || !timestamp || !signature) return { ok: false, why: 'missing' };
  if (messageId.length > MESSAGE_ID_MAX || !/^\d{1,12}$/.test(timestamp))
    return { ok: false, why: 'malformed' };
  const text = signedText(messageId, timestamp, body);
  const given = versionOneOf(signature);
  const expected = secrets.map((secret) => macOf(secret, text));
  if (!expected.some((mac) => given.some((candidate) => equalInConstantTime(candidate, mac))))
    return { ok: false, why: 'forged' };
  // Only after the signature, so that a stranger learns nothing about our clock.
  if (!isTimely(Number(timestamp) * 1_000, now)) return { ok: false, why: 'stale' };
  return { ok: true, messageId };
};

/**
 * Returns the `X-Amazon-Signature` of the enveloped dialect: base64 of HMAC-SHA256 of the raw body. It covers no time
 * except the body's.
 */
export const signBody = (body: Uint8Array, secret: string): string =>
  bodyMacOf(secret, body).toString('base64');

// The programs of that dialect use a secret as its bytes, with any prefix.
const bodyMacOf = (secret: string, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(body).digest();

/** @returns true if any of the secrets gives this signature. */
export const verifyBody = (signature: string, body: Uint8Array, secrets: readonly string[]): boolean => {
  const given = Buffer.from(signature, 'base64');
  return secrets.some((secret) => equalInConstantTime(given, bodyMacOf(secret, body)));
};
