import { Reader, type Field, type Root, Type } from 'protobufjs';

/** Bytes that are not the message they should be, or a message that does not fit its fields. */
export class MessageMalformed extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MessageMalformed';
  }
}

/**
 * Turns one kind of message into bytes and back.
 *
 * @typeParam Draft - what may be encoded, where it may leave out more than a decoded message does.
 */
export type Codec<Message, Draft = Message> = {
  /** @throws MessageMalformed when a required field is missing or a number does not fit its field. */
  encode(message: Draft): Uint8Array;
  /**
   * Repeated fields are always there, if empty; unknown fields are ignored; packed and unpacked scalars are both taken.
   *
   * @throws MessageMalformed when the bytes are no such message or a required field is missing.
   */
  decode(bytes: Uint8Array): Message;
};

const fitsInteger = (type: string, value: unknown): boolean => {
  switch (type) {
    case 'int32':
      return typeof value === 'number' && value === (value | 0);
    case 'uint32':
      return typeof value === 'number' && value === value >>> 0;
    case 'int64':
      return typeof value === 'bigint' && value === BigInt.asIntN(64, value);
    default:
      return true;
  }
};

const checkField = (field: Field, value: unknown): void => {
  if (field.resolvedType instanceof Type) {
    if (typeof value !== 'object' || value === null)
      throw new MessageMalformed(`${field.fullName} is no message`);
    checkFits(field.resolvedType, value);
  } else if (!fitsInteger(field.type, value)) {
    throw new MessageMalformed(`${field.fullName} is no ${field.type}: ${String(value)}`);
  }
};

// protobufjs would cut a number that is too large to its lowest bits, and write the wrong thing without a word.
const checkFits = (type: Type, message: object): void => {
  const values = new Map<string, unknown>(Object.entries(message));
  for (const field of type.fieldsArray) {
    const value = values.get(field.name);
    if (value === undefined) {
      if (field.required) throw new MessageMalformed(`${field.fullName} is missing`);
    } else if (Array.isArray(value)) {
      for (const element of value) checkField(field, element);
    } else checkField(field, value);
  }
};

/** The codec of the message that a descriptor calls `name`; `Message` must be the shape that it describes. */
export const codecOf = <Message extends object, Draft extends object = Message>(
  root: Root,
  name: string,
): Codec<Message, Draft> => {
  const type = root.resolveAll().lookupType(name);
  return {
    encode: (message) => {
      checkFits(type, message);
      return type.encode(type.fromObject(message)).finish();
    },
    decode: (bytes) => {
      try {
        const reader = Reader.create(bytes);
        reader.discardUnknown = true;
        return type.toObject(type.decode(reader), { longs: BigInt, arrays: true }) as Message;
      } catch (cause) {
        throw new MessageMalformed(`These bytes are no ${name}`, { cause });
      }
    },
  };
};
