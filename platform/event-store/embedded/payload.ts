import { isUtf8 } from 'node:buffer';

/** JSON as text; or bytes, if another client of the store wrote another format. `payloadOf` and `contentOf` convert. */
export type Payload = string | Uint8Array;

/** The content that a client wrote. `isJson`: declared by the client and not verified. */
export type Content = { readonly payload: Payload; readonly isJson: boolean };

/**
 * A prefix of stored bytes whose format the column's type does not show; the next byte is the format. Chosen at random
 * once, so that no older file has bytes with this prefix.
 */
const MARK = Buffer.from('b9e1f40c7a5d4d0f93c2d86f1b7e2a45', 'hex');
const BYTES = 0;
const JSON_BYTES = 1;
const NUL = 0;

const isMarked = (bytes: Uint8Array): boolean =>
  bytes.length > MARK.length && MARK.equals(bytes.subarray(0, MARK.length));

const marked = (kind: number, bytes: Uint8Array): Uint8Array =>
  Buffer.concat([MARK, Uint8Array.of(kind), bytes]);

/** SQLite's text holds no NUL. */
export const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(NUL);

/** Returns the stored form of these bytes: text if they are JSON and text, so that other tools can read it. */
export const payloadOf = (bytes: Buffer, isJson: boolean): Payload => {
  if (isJson) return isText(bytes) ? bytes.toString('utf8') : marked(JSON_BYTES, bytes);
  return isMarked(bytes) ? marked(BYTES, bytes) : new Uint8Array(bytes);
};

/** Returns the written bytes, unchanged. */
export const contentOf = (payload: Payload): Content => {
  if (typeof payload === 'string') return { payload, isJson: true };
  if (!isMarked(payload)) return { payload, isJson: false };
  return { payload: payload.subarray(MARK.length + 1), isJson: payload[MARK.length] === JSON_BYTES };
};
