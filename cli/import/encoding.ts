import { isUtf8 } from 'node:buffer';
import { UsageError } from '../program/command';
import { Fault } from '../../platform/faults';

const CHUNK_BYTES = 64 * 1_024;

/** The characters of Windows-1252 from 0x80 to 0x9f, from the Encoding Standard. All others equal Latin-1. */
const FROM_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The encoding of a file. */
export type EncodedText = {
  readonly bytes: Buffer;
  /** A name of the Encoding Standard in lower case, such as `utf-8`. */
  readonly encoding: string;
  /** The first line that is no UTF-8, where the encoding was guessed because of it. */
  readonly guessedFromLine?: number;
};

/** @throws UsageError for an encoding that is not supported. */
export const encodingNamed = (label: string): string => {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new UsageError(`--encoding takes a name such as utf-8 or windows-1252; "${label}" is none.`);
  }
};

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

const firstLineNotUtf8 = (bytes: Buffer): number => {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, to))) return line;
    from = to + 1;
  }
  return line;
};

/** A character of several bytes in UTF-8; else, as the group, a byte that is no part of one. */
const BEYOND_ASCII =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|(?<other>[\x80-\xff])/g;
const NOT_IN_WINDOWS_1252 = /[\x81\x8d\x8f\x90\x9d]/;

/** Returns whether bytes that are not UTF-8 are probably Windows-1252, not damaged UTF-8 or a third encoding. */
const looksLikeWindows1252 = (bytes: Buffer): boolean => {
  let [utf8, other] = [0, 0];
  for (const slice of slicesOf(bytes)) {
    const text = slice.toString('latin1');
    for (const { groups } of text.matchAll(BEYOND_ASCII)) {
      if (groups?.['other'] === undefined) utf8 += 1;
      else if (NOT_IN_WINDOWS_1252.test(groups['other'])) return false;
      else other += 1;
    }
  }
  return other > utf8;
};

/**
 * Detects the encoding of a file: that of its byte-order mark, UTF-8 where all bytes are valid UTF-8, else Windows-1252.
 *
 * @param said - the name of the encoding, if given; it is then used without detection.
 * @throws Fault `INPUT_INVALID` for bytes that are neither.
 */
export const encodingOf = (bytes: Buffer, file: string, said?: string): EncodedText => {
  if (said !== undefined) return { bytes, encoding: said };
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return { bytes, encoding: marked[0] };
  if (isUtf8(bytes)) return { bytes, encoding: 'utf-8' };
  const line = firstLineNotUtf8(bytes);
  if (looksLikeWindows1252(bytes)) return { bytes, encoding: 'windows-1252', guessedFromLine: line };
  throw new Fault(
    'INPUT_INVALID',
    `${file} is not UTF-8 (line ${line}), nor Windows-1252. Say which encoding it is with --encoding.`,
  );
};

// Some versions of Node read these bytes as Latin-1, so it is not left to TextDecoder.
const windows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (byte) => FROM_0X80.charAt(byte.charCodeAt(0) - 0x80));

/**
 * Decodes a file piece by piece, from its start.
 *
 * @throws Fault `INPUT_INVALID` where a byte is none of the encoding.
 */
export function* decode({ bytes, encoding }: EncodedText, file: string): Generator<string> {
  if (encoding === 'windows-1252') {
    for (const slice of slicesOf(bytes)) yield windows1252(slice);
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (const slice of slicesOf(bytes)) yield decoder.decode(slice, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    throw new Fault('INPUT_INVALID', `${file} holds bytes that are no ${encoding}. See --encoding.`, {
      cause,
    });
  }
}
