import { isUtf8 } from 'node:buffer';
import { isText, payloadOf, uuidText } from '../../platform/event-store';
import type { RawEvent } from '../../platform/event-store';
import { invalid, metadataMissing } from './errors';
import type {
  Bytes,
  Int64,
  ProposedMessage,
  StreamIdentifier,
  Timestamp,
  Uuid,
  UuidOption,
} from './messages';

const JSON_TYPE = 'application/json';
const BINARY_TYPE = 'application/octet-stream';
const NAME_BYTES_MAX = 1024;
const NUL = '\0';
/** The prefix of the stream with another one's metadata; alone it names no stream. */
const METASTREAM_PREFIX = '$$';

/** Converts to a number; inexact beyond 2^53. */
export const numberOf = (value: Int64): number =>
  typeof value === 'number' ? value : (value.high >>> 0) * 2 ** 32 + (value.low >>> 0);

/** True for 2^64 - 1, which clients send for "no stream", or for the end. */
export const isGreatest = (value: Int64): boolean =>
  typeof value !== 'number' && value.high >>> 0 === 0xffffffff && value.low >>> 0 === 0xffffffff;

/** Returns milliseconds since 1970; 0 for earlier times. */
export const epochMsOfTimestamp = ({ seconds, nanos }: Timestamp): number => {
  const isBefore = typeof seconds === 'number' ? seconds < 0 : seconds.high < 0;
  return isBefore ? 0 : numberOf(seconds) * 1_000 + Math.floor(nanos / 1_000_000);
};

const presentBytes = (bytes: Bytes): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes));

export const streamNameOf = (identifier: StreamIdentifier | null | undefined): string => {
  const bytes = presentBytes(identifier?.streamName ?? []);
  if (bytes.length === 0) throw invalid('A stream has a name.');
  if (bytes.length > NAME_BYTES_MAX) throw invalid(`A stream's name has at most ${NAME_BYTES_MAX} bytes.`);
  if (!isUtf8(bytes)) throw invalid("A stream's name is UTF-8.");
  const name = bytes.toString('utf8');
  if (name.includes(NUL)) throw invalid("A stream's name holds no NUL.");
  if (name === METASTREAM_PREFIX) throw invalid('The stream whose metadata this is has no name.');
  return name;
};

/** @throws ProtocolError for a group name that cannot be part of a stream's name. */
export const groupNameOf = (name: string): string => {
  if (name === '') throw invalid('A group has a name.');
  if (Buffer.byteLength(name) > NAME_BYTES_MAX)
    throw invalid(`A group's name has at most ${NAME_BYTES_MAX} bytes.`);
  if (name.includes(NUL)) throw invalid("A group's name holds no NUL.");
  return name;
};

export const identifierOf = (stream: string): StreamIdentifier => ({ streamName: Buffer.from(stream) });

const dashed = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A UUID as .NET parses it: 32 digits, or with dashes, and then in braces or parentheses too. */
const uuidForm = new RegExp(`^(?:[0-9a-f]{32}|${dashed}|\\{${dashed}\\}|\\(${dashed}\\))$`, 'i');
const TEXT_SHOWN_MAX = 100;

const idOfText = (text: string): Uint8Array => {
  const trimmed = text.trim();
  if (!uuidForm.test(trimmed)) throw invalid(`"${text.slice(0, TEXT_SHOWN_MAX)}" is no UUID.`);
  return new Uint8Array(Buffer.from(trimmed.replace(/[^0-9a-f]/gi, ''), 'hex'));
};

export const idOf = (uuid: Uuid | null | undefined): Uint8Array => {
  if (uuid?.value === 'string') return idOfText(uuid.string ?? '');
  if (!uuid?.structured) throw invalid('An id is missing.');
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, half] of [
    uuid.structured.mostSignificantBits,
    uuid.structured.leastSignificantBits,
  ].entries()) {
    const { high, low } = typeof half === 'number' ? { high: 0, low: half } : half;
    view.setInt32(index * 8, high);
    view.setInt32(index * 8 + 4, low);
  }
  return bytes;
};

/** The caller's form of ids: as text, or as two halves. */
export type IdForm = 'structured' | 'string';

export const idFormOf = (option: UuidOption | null | undefined): IdForm => option?.content ?? 'structured';

export const uuidOf = (id: Uint8Array, form: IdForm): Uuid => {
  if (form === 'string') return { string: uuidText(id) };
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  const half = (at: number) => ({ high: view.getInt32(at), low: view.getInt32(at + 4) });
  return { structured: { mostSignificantBits: half(0), leastSignificantBits: half(8) } };
};

/** Reads the fields of the message itself, because defaults are not its own properties. JSON is not verified. */
export const rawEventOf = (message: ProposedMessage): RawEvent => {
  const { id, metadata } = message;
  const data = presentBytes(message.data);
  const customMetadata = presentBytes(message.customMetadata);
  const type = metadata['type'];
  const contentType = metadata['content-type'];
  if (!type) throw metadataMissing('type');
  if (contentType === undefined) throw metadataMissing('content-type');
  if (type.includes(NUL)) throw invalid("An event's type holds no NUL.");
  return {
    id: idOf(id),
    type,
    data: payloadOf(data, contentType === JSON_TYPE),
    metadata: isText(customMetadata) ? customMetadata.toString('utf8') : new Uint8Array(customMetadata),
  };
};

export const contentTypeOf = (isJson: boolean): string => (isJson ? JSON_TYPE : BINARY_TYPE);

/** Returns the protocol's two numbers of a position; the store has one. */
export const positionOf = (position: number): { commitPosition: number; preparePosition: number } => ({
  commitPosition: position,
  preparePosition: position,
});
