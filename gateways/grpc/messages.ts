import { Root, Type } from 'protobufjs/light';
import { commandDescriptors } from '../../proto/commands';
import { Fault } from '../../platform/faults';
import type { Position } from '../../platform/event-store';
import type { InputOf, SuccessOf, UseCaseName } from '../../commands';
import { withEmptyFlags, withoutEmptyFlags } from './optional-lists';

const root = Root.fromJSON(commandDescriptors.commands);
const streamRoot = Root.fromJSON(commandDescriptors.commandStream);
const statusRoot = Root.fromJSON(commandDescriptors.errors);

// 64-bit fields contain sums, quantities and numbers below 2^53: the schemas of the use cases reject larger ones.
const plain = { longs: Number, defaults: true, arrays: true, objects: true } as const;

/** Returns the codec of one message type: plain objects to bytes and back. */
export const codecOf = <Message extends object>(type: Type) => ({
  encode: (message: Message): Uint8Array => type.encode(type.fromObject(message)).finish(),
  decode: (bytes: Uint8Array): Message => type.toObject(type.decode(bytes), plain) as Message,
});

const messageName = (name: UseCaseName): string => name.charAt(0).toUpperCase() + name.slice(1);

const useCaseType = (name: UseCaseName, kind: 'Request' | 'Response'): Type => {
  const type = root.lookup(`waybill.commands.v1.${messageName(name)}${kind}`);
  if (!(type instanceof Type)) throw new Fault('INPUT_INVALID', `There is no use case "${name}".`);
  return type;
};

export const encodeInput = <Name extends UseCaseName>(name: Name, input: InputOf<Name>): Uint8Array =>
  codecOf(useCaseType(name, 'Request')).encode(withEmptyFlags(name, input));

/** @throws Fault `INPUT_INVALID` if the bytes are not that use case's request. */
export const decodeInput = <Name extends UseCaseName>(name: Name, bytes: Uint8Array): InputOf<Name> => {
  const type = useCaseType(name, 'Request');
  try {
    return withoutEmptyFlags(name, codecOf(type).decode(bytes)) as InputOf<Name>;
  } catch (cause) {
    throw new Fault('INPUT_INVALID', `The input of "${name}" is not a ${type.name}.`, { cause });
  }
};

export const encodeSuccess = <Name extends UseCaseName>(
  name: Name,
  value: SuccessOf<Name>,
  position: Position | undefined,
): Uint8Array =>
  codecOf(useCaseType(name, 'Response')).encode(position === undefined ? value : { ...value, position });

export const decodeSuccess = <Name extends UseCaseName>(
  name: Name,
  bytes: Uint8Array,
): { readonly value: SuccessOf<Name>; readonly position?: Position } => {
  const { position, ...value } = codecOf<SuccessOf<Name> & { position?: Position }>(
    useCaseType(name, 'Response'),
  ).decode(bytes);
  return { value: value as SuccessOf<Name>, ...(position === undefined ? {} : { position }) };
};

export type Refusal = { readonly code: string; readonly message: string; readonly figures: string };

/** The assumed bytes of names, ids and other fields beside a command or an outcome, generously. */
const FRAME_BYTES = 512;

export type CommandFrame = {
  readonly number: number;
  readonly name: string;
  readonly input: Uint8Array;
  readonly commandId: string;
  readonly keyed: boolean;
  readonly correlationId: string;
  readonly principal: string;
  readonly traceparent: string;
  readonly timeoutMs: number;
};

/** One of the four fields is set. */
export type OutcomeFrame = {
  readonly number: number;
  readonly accepted?: Uint8Array;
  readonly rejected?: Refusal;
  readonly failed?: Refusal;
  readonly unknown?: boolean;
};

export const bytesOfCommand = ({ input, principal }: CommandFrame): number =>
  FRAME_BYTES + input.length + principal.length;

export const bytesOfOutcome = ({ accepted, rejected, failed }: OutcomeFrame): number =>
  FRAME_BYTES + (accepted?.length ?? 0) + (rejected?.figures.length ?? 0) + (failed?.message.length ?? 0);

export const commandBatch = codecOf<{ readonly commands: readonly CommandFrame[] }>(
  streamRoot.lookupType('waybill.commands.v1.OpenRequest'),
);
export const outcomeBatch = codecOf<{ readonly outcomes: readonly OutcomeFrame[] }>(
  streamRoot.lookupType('waybill.commands.v1.OpenResponse'),
);

export type ErrorInfo = {
  readonly reason: string;
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
};
export const errorInfo = codecOf<ErrorInfo>(statusRoot.lookupType('google.rpc.ErrorInfo'));
export const retryInfo = codecOf<{ readonly retryDelay: { seconds: number; nanos: number } }>(
  statusRoot.lookupType('google.rpc.RetryInfo'),
);
export const richStatus = codecOf<{
  readonly code: number;
  readonly message: string;
  readonly details: readonly { type_url: string; value: Uint8Array }[];
}>(statusRoot.lookupType('google.rpc.Status'));
