import { isUtf8 } from 'node:buffer';
import { uuidBytes, uuidText } from '../../platform/event-store';
import type { RawEvent } from '../../platform/event-store';
import { invalid, metadataMissing } from './errors';
import type { Bytes, Int64, ProposedMessage, StreamIdentifier, Uuid, UuidOption } from './messages';

const JSON_TYPE = 'application/json';
const BINARY_TYPE = 'application/octet-stream';
const NAME_BYTES_MAX = 1024;
const NUL = 0;

/** Beyond 2^53 it is not exact: such a number only ever says "the end". */
export const numberOf = (value: Int64): number =>
  typeof value === 'number' ? value : (value.high >>> 0) * 2 ** 32 + (value.low >>> 0);

const presentBytes = (bytes: Bytes): Buffer => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes));

export const streamNameOf = (identifier: StreamIdentifier | null | undefined): string => {
  const bytes = presentBytes(identifier?.streamName ?? []);
  if (bytes.length === 0) throw invalid('A stream has a name.');
  if (bytes.length > NAME_BYTES_MAX) throw invalid(`A stream's name has at most ${NAME_BYTES_MAX} bytes.`);
  if (!isUtf8(bytes)) throw invalid("A stream's name is UTF-8.");
  return bytes.toString('utf8');
};

export const identifierOf = (stream: string): StreamIdentifier => ({ streamName: Buffer.from(stream) });

export const idOf = (uuid: Uuid | null | undefined): Uint8Array => {
  if (uuid?.value === 'string') {
    try {
      return uuidBytes(uuid.string ?? '');
    } catch {
      throw invalid(`"${uuid.string ?? ''}" is no UUID.`);
    }
  }
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

/** How the caller wants ids: as text, or as two halves. */
export type IdForm = 'structured' | 'string';

export const idFormOf = (option: UuidOption | null | undefined): IdForm => option?.content ?? 'structured';

export const uuidOf = (id: Uint8Array, form: IdForm): Uuid => {
  if (form === 'string') return { string: uuidText(id) };
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  const half = (at: number) => ({ high: view.getInt32(at), low: view.getInt32(at + 4) });
  return { structured: { mostSignificantBits: half(0), leastSignificantBits: half(8) } };
};

const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(NUL);

/**
 * Fields are read from the message itself, because defaults are not its own properties. JSON is kept as text and anything else as bytes, so that the store
 * itself remembers the content type.
 */
export const rawEventOf = (message: ProposedMessage): RawEvent => {
  const { id, metadata } = message;
  const data = presentBytes(message.data);
  const customMetadata = presentBytes(message.customMetadata);
  const type = metadata['type'];
  const contentType = metadata['content-type'];
  if (!type) throw metadataMissing('type');
  if (contentType === undefined) throw metadataMissing('content-type');
  const isJson = contentType === JSON_TYPE;
  if (isJson && !isText(data)) throw invalid(`Data of ${JSON_TYPE} is UTF-8 text.`);
  return {
    id: idOf(id),
    type,
    data: isJson ? data.toString('utf8') : new Uint8Array(data),
    metadata: isText(customMetadata) ? customMetadata.toString('utf8') : new Uint8Array(customMetadata),
  };
};

export const sizeOf = ({ data, customMetadata }: ProposedMessage): number =>
  data.length + customMetadata.length;

export const contentTypeOf = ({ data }: Pick<RawEvent, 'data'>): string =>
  typeof data === 'string' ? JSON_TYPE : BINARY_TYPE;

/** The store has one number for a place; the protocol has two. */
export const positionOf = (position: number): { commitPosition: number; preparePosition: number } => ({
  commitPosition: position,
  preparePosition: position,
});
