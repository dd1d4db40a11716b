import { BufferWriter } from 'protobufjs';
import type { Writer } from 'protobufjs';
import { contentOf, TOMBSTONE_REVISION, uuidText } from '../../platform/event-store';
import type { Payload, RawRecord } from '../../platform/event-store';
import type { Resolved } from './links';
import { contentTypeOf } from './wire';
import type { IdForm } from './wire';

/** Returns the tag of a field of bytes, text or a message: its number and its kind in one byte. */
const delimited = (field: number): number => (field << 3) | 2;
const number = (field: number): number => field << 3;

/** Writes text as UTF-8 into a field of bytes, which is the same on the wire. */
const writePayload = (writer: Writer, field: number, payload: Payload): void => {
  writer.uint32(delimited(field));
  if (typeof payload === 'string') writer.string(payload);
  else writer.bytes(payload);
};

const writeEntry = (writer: Writer, key: string, value: string): void => {
  writer.uint32(delimited(6)).fork();
  writer.uint32(delimited(1)).string(key).uint32(delimited(2)).string(value);
  writer.ldelim();
};

const writeId = (writer: Writer, id: Uint8Array, form: IdForm): void => {
  writer.uint32(delimited(1)).fork();
  if (form === 'string') writer.uint32(delimited(2)).string(uuidText(id));
  else {
    const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
    writer.uint32(delimited(1)).fork();
    for (const half of [0, 1]) {
      const bits = { high: view.getInt32(half * 8), low: view.getInt32(half * 8 + 4), unsigned: false };
      writer.uint32(number(half + 1)).int64(bits);
    }
    writer.ldelim();
  }
  writer.ldelim();
};

/** The revision of the event that ends a stream: the greatest signed 64-bit integer. */
const LAST_REVISION = { low: -1, high: 0x7fffffff, unsigned: true };

const writeRecord = (writer: Writer, field: number, record: RawRecord, form: IdForm): void => {
  const { payload, isJson } = contentOf(record.data);
  writer.uint32(delimited(field)).fork();
  writeId(writer, record.id, form);
  writer.uint32(delimited(2)).fork().uint32(delimited(3)).string(record.stream).ldelim();
  writer.uint32(number(3)).uint64(record.revision === TOMBSTONE_REVISION ? LAST_REVISION : record.revision);
  writer.uint32(number(4)).uint64(record.position);
  writer.uint32(number(5)).uint64(record.position);
  writeEntry(writer, 'type', record.type);
  writeEntry(writer, 'content-type', contentTypeOf(isJson));
  // Units of 100 ns.
  writeEntry(writer, 'created', `${record.recordedAtMs}0000`);
  writePayload(writer, 7, record.metadata);
  writePayload(writer, 8, payload);
  writer.ldelim();
};

const NO_POSITION = 4;
const RETRY_COUNT = 5;

/** A reused writer, whose buffer has the size of the largest message so far. */
const writer = new BufferWriter();

/**
 * Encodes an event as `ReadResp` of streams and of persistent subscriptions, which have the same fields. It writes
 * directly from the record: a read sends many thousand a second, and intermediate objects would take most of the time.
 *
 * @param retries - of a persistent subscription: the number of earlier deliveries.
 */
export const eventMessage = ({ event, link }: Resolved, form: IdForm, retries?: number): Buffer => {
  writer.reset().uint32(delimited(1)).fork();
  if (event !== undefined) writeRecord(writer, 1, event, form);
  if (link !== undefined) writeRecord(writer, 2, link, form);
  const original = link ?? event;
  if (original === undefined) writer.uint32(delimited(NO_POSITION)).fork().ldelim();
  else writer.uint32(number(3)).uint64(original.position);
  if (retries !== undefined) writer.uint32(number(RETRY_COUNT)).int32(retries);
  writer.ldelim();
  return writer.finish() as Buffer;
};
