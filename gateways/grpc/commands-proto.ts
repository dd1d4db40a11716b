import { useCaseGroups } from '../../commands';
import { whoMay } from '../../commands/use-case/authorization';
import {
  fieldsOf,
  isObjectType,
  type Field,
  type Kind,
  type ObjectType,
} from '../../commands/use-case/fields';
import type { AnyUseCase } from '../../commands/use-case/use-case';
import { emptyFlagOf } from './optional-lists';

/**
 * The numbers and types that old clients rely on. They only grow: a number that was given out is never given to another field.
 *
 * - `methods`: the methods of each service, in their order. `retired`: those that were removed, as `Service.Method`.
 * - `messages`: the type and number of every field that ever was, as `optional string = 3`.
 */
export type FieldNumbers = {
  readonly methods: Readonly<Record<string, readonly string[]>>;
  readonly retired: readonly string[];
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The protobuf types of the kinds of declared fields. */
const scalars: Readonly<Record<Kind, string>> = {
  afterSalesKind: 'string',
  afterSalesReason: 'string',
  amount: 'int64',
  callerId: 'string',
  // The World's grid is 32 bits wide. A place beyond it is rejected by the domain, not cut off.
  coordinate: 'int64',
  currency: 'string',
  disputeParty: 'string',
  flag: 'bool',
  holdReason: 'string',
  id: 'string',
  instant: 'string',
  language: 'string',
  notificationChannel: 'string',
  notificationPace: 'string',
  notificationTopic: 'string',
  reportReason: 'string',
  quantity: 'int64',
  rating: 'int32',
  realm: 'string',
  role: 'string',
  taxCategory: 'string',
  text: 'string',
  truckId: 'int32',
  warehouseId: 'int32',
};

/** In every response, beside the fields of the success. */
const POSITION = {
  name: 'position',
  type: 'optional string',
  comment: 'The position of the last event that the command wrote; absent where it changed nothing.',
} as const;
const POSITION_NUMBER = 15;

type ProtoField = { readonly name: string; readonly type: string; readonly comment: string | undefined };
type Message = { readonly name: string; readonly about: string; readonly fields: readonly ProtoField[] };
type Method = { readonly name: string; readonly comment: string };
type Service = { readonly name: string; readonly about: string; readonly methods: readonly Method[] };

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const typeOf = ({ type, list, optional }: Field): string => {
  const name = isObjectType(type) ? type.object : scalars[type.kind];
  if (list) return `repeated ${name}`;
  return optional ? `optional ${name}` : name;
};

const protoFieldsOf = (fields: readonly Field[]): readonly ProtoField[] =>
  fields.map((field) => ({ name: snake(field.name), type: typeOf(field), comment: field.description }));

/** The flags of the optional lists of an input. */
const emptyFlagsOf = (fields: readonly Field[]): readonly ProtoField[] =>
  fields
    .filter(({ list, optional }) => list && optional)
    .map(({ name }) => ({
      name: snake(emptyFlagOf(name)),
      type: 'bool',
      comment: `True where \`${snake(name)}\` is given and empty. Without it, an empty list is one that is not given.`,
    }));

/** @throws Error for an optional list, which has no flag outside of inputs. */
const protoFieldsOfObject = ({ object, fields }: ObjectType): readonly ProtoField[] => {
  const [flag] = emptyFlagsOf(fields);
  if (flag !== undefined)
    throw new Error(`${object} has an optional list: give it to the input, or make it required`);
  return protoFieldsOf(fields);
};

const objectsIn = (fields: readonly Field[]): readonly ObjectType[] =>
  fields.flatMap(({ type }) => (isObjectType(type) ? [...objectsIn(type.fields), type] : []));

type Entry = { readonly name: string; readonly useCase: Omit<AnyUseCase, 'handle'> };

const entriesOf = (useCases: object): readonly Entry[] =>
  Object.entries(useCases as Readonly<Record<string, AnyUseCase>>).map(([name, useCase]) => ({
    name: pascal(name),
    useCase,
  }));

const messagesOf = ({ name, useCase }: Entry): readonly Message[] => [
  {
    name: `${name}Request`,
    about: `The input of ${name}.`,
    fields: [...protoFieldsOf(fieldsOf(useCase.input)), ...emptyFlagsOf(fieldsOf(useCase.input))],
  },
  {
    name: `${name}Response`,
    about: `The success of ${name}.`,
    fields: [...protoFieldsOf(fieldsOf(useCase.success)), POSITION],
  },
];

const groups = Object.entries(useCaseGroups).map(([name, { about, useCases }]) => ({
  name: `${name}Commands`,
  about,
  entries: entriesOf(useCases),
}));

const entries = groups.flatMap((group) => group.entries);

const objects: readonly Message[] = [
  ...new Map(
    entries
      .flatMap(({ useCase }) => objectsIn([...fieldsOf(useCase.input), ...fieldsOf(useCase.success)]))
      .map((type) => [
        type.object,
        { name: type.object, about: type.about, fields: protoFieldsOfObject(type) },
      ]),
  ).values(),
];

/** The messages that the declarations make, without numbers. */
export const declaredMessages: readonly Message[] = [...objects, ...entries.flatMap(messagesOf)];

export const declaredServices: readonly Service[] = groups.map(({ name, about, entries: ofGroup }) => ({
  name,
  about,
  methods: ofGroup.map(({ name: method, useCase: { summary, allow } }) => ({
    name: method,
    comment: `${summary} For ${whoMay(allow)}.`,
  })),
}));

const numberIn = (entry: string): number => Number(entry.slice(entry.lastIndexOf('=') + 1));

const nextNumber = (numbers: readonly number[]): number => {
  const next = Math.max(0, ...numbers.filter((number) => number !== POSITION_NUMBER)) + 1;
  return next === POSITION_NUMBER ? next + 1 : next;
};

/** Tests whether a message that every client gave may be left out from now on. On the wire both are the same. */
const becomesOptional = (known: string, type: string): boolean => {
  const [message = ''] = known.split(' ');
  return /^[A-Z]/.test(message) && type === `optional ${message}`;
};

/**
 * Adds new fields of a message, each with the next number.
 *
 * @throws Error for a field that had another type before.
 */
const growMessage = (
  { name, fields }: Message,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const after: Record<string, string> = { ...before };
  for (const field of fields) {
    const known = after[field.name];
    if (known === undefined) {
      const number =
        field.name === POSITION.name ? POSITION_NUMBER : nextNumber(Object.values(after).map(numberIn));
      after[field.name] = `${field.type} = ${number}`;
    } else if (becomesOptional(known, field.type)) {
      after[field.name] = `${field.type} = ${numberIn(known)}`;
    } else if (known !== `${field.type} = ${numberIn(known)}`) {
      throw new Error(
        `${name}.${field.name} would become "${field.type}": clients know it as "${known}". Give the new field another name.`,
      );
    }
  }
  return after;
};

/** @throws Error for a method that was removed and is not retired. */
const growMethods = (
  { name, methods }: Service,
  before: readonly string[] = [],
  retired: readonly string[],
): readonly string[] => {
  const names = methods.map((method) => method.name);
  const lost = before.filter((method) => !names.includes(method) && !retired.includes(`${name}.${method}`));
  if (lost.length > 0)
    throw new Error(
      `${name} has no ${lost.join(', ')} any more, which clients call. Retire a method on purpose, in \`retired\`.`,
    );
  return [...before, ...names.filter((method) => !before.includes(method))];
};

type Declared = { readonly services: readonly Service[]; readonly messages: readonly Message[] };

/**
 * Returns the field numbers with those of new fields and methods added.
 *
 * @throws Error for a change that breaks clients.
 */
export const grownNumbers = (before: FieldNumbers, { services, messages }: Declared): FieldNumbers => {
  const methods = services.map((service) => [
    service.name,
    growMethods(service, before.methods[service.name], before.retired),
  ]);
  const fields = messages.map((message) => [
    message.name,
    growMessage(message, before.messages[message.name]),
  ]);
  return {
    methods: { ...before.methods, ...(Object.fromEntries(methods) as FieldNumbers['methods']) },
    retired: before.retired,
    messages: { ...before.messages, ...(Object.fromEntries(fields) as FieldNumbers['messages']) },
  };
};

const HEADER = `// Generated from the declarations of the use cases in commands/ by \`npm run gen\`. Field numbers are in ../../../field-numbers.json.
//
// Metadata of every call: \`authorization: Bearer <token of the command services>\` and \`waybill-principal\` (JSON
// {kind, id, roles, permissions, realm}: the caller, and UNAUTHENTICATED without). A caller with the token is trusted, also to be the
// \`system\`, which may do everything: it is for the platform's own processes and its operators. Optional:
// \`waybill-command-id\` (UUID, the idempotency key: a command id has at most one effect), \`waybill-correlation-id\` (at most
// 200 characters) and \`traceparent\`. A deadline beyond two minutes counts as two minutes. A rejection is a status with google.rpc.ErrorInfo in
// \`grpc-status-details-bin\`: domain \`waybill\`, reason = its code, metadata = its figures as JSON.
syntax = "proto3";

package waybill.commands.v1;
`;

const serviceText = ({ name, about, methods }: Service, order: readonly string[]): string => {
  const inOrder = methods.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  const lines = inOrder.flatMap((method) => [
    `  // ${method.comment}`,
    `  rpc ${method.name}(${method.name}Request) returns (${method.name}Response);`,
  ]);
  return `\n// ${about}\nservice ${name} {\n${lines.join('\n')}\n}\n`;
};

const messageText = ({ name, about, fields }: Message, numbers: Readonly<Record<string, string>>): string => {
  const numbered = Object.entries(numbers)
    .map(([field, entry]) => ({
      field,
      number: numberIn(entry),
      known: fields.find((one) => one.name === field),
    }))
    .toSorted((one, other) => one.number - other.number);
  const lines = numbered.flatMap(({ field, number, known }) =>
    known === undefined
      ? [`  reserved ${number};`, `  reserved "${field}";`]
      : [...(known.comment ? [`  // ${known.comment}`] : []), `  ${known.type} ${field} = ${number};`],
  );
  return `\n// ${about}\nmessage ${name} {\n${lines.join('\n')}\n}\n`;
};

/** Returns the .proto file of the command services. A field that was removed stays reserved. */
export const commandsProto = ({ services, messages }: Declared, numbers: FieldNumbers): string =>
  [
    HEADER,
    ...services.map((service) => serviceText(service, numbers.methods[service.name] ?? [])),
    ...messages.map((message) => messageText(message, numbers.messages[message.name] ?? {})),
  ].join('');
