import { Reader, type Field, type Root, Type } from 'protobufjs';

/** Thrown for bytes that are no such message, and for a message that does not fit its fields. */
export class MessageMalformed extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'MessageMalformed';
  }
}

/**
 * Encodes and decodes one kind of message.
 *
 * @typeParam Draft - the input of `encode`, which may omit more than a decoded message does.
 */
export type Codec<Message, Draft = Message> = {
  /** @throws MessageMalformed if a required field is missing or a number does not fit its field. */
  encode(message: Draft): Uint8Array;
  /**
   * Returns repeated fields always, empty if absent; ignores unknown fields; accepts packed and unpacked scalars.
   *
   * @throws MessageMalformed if the bytes are no such message or a required field is missing.
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

// protobufjs silently truncates a number that is too large to its lowest bits.
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

/** Returns the codec of the message `name` of a descriptor; `Message` must be the described shape. */
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
