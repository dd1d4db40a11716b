import { createHmac } from 'node:crypto';
import type { InputOf, Outcome, SuccessOf, UseCaseName } from '../../../commands';
import type { Rejection } from '../../../commands/rejections';
import type { Position } from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import { commandId, uuidV7 } from '../../../platform/ids';
import { illFormedTextIn } from '../../../platform/well-formed-text';
import type { Attempt } from '../login-throttle';
import type { EdgeContext } from '../context';
import { signedIn, type SignedIn } from '../caller';
import type { Concept, FieldResolver } from './resolvers';
import { errorTypeOf, userErrorOf } from './user-errors';

/** Use cases that gateways, imports and workflows send, not people. */
type NotForPeople =
  | 'provisionAccount'
  | 'resetPassword'
  | 'importProduct'
  | 'importOrder'
  | 'recordPacked'
  | 'recordTruckDispatched'
  | 'recordTruckArrived'
  | 'recordLoaded'
  | 'recordDeliveryStarted'
  | 'recordDelivered'
  | 'assignTracking'
  | 'recordShipmentFailure';

export type MutationName = Exclude<UseCaseName, NotForPeople>;

/** What a mutation's success fields are found from: what was kept of it, and where the store stood afterwards. */
export type Done<Kept = object> = Kept & { readonly position: Position | undefined };

/** Who sends a mutation for guests, by its input. `deviceToken`: shown where the sender logged in on this device before. */
export type Sender = { readonly name: string; readonly deviceToken?: string | null | undefined };

/** How one mutation is offered: its part of the schema, what it sends, and what it may be refused for. */
type Definition<Name extends MutationName, Args, Kept extends object> = {
  readonly description: string;
  /** SDL of the input's fields; `idempotencyKey` is added. */
  readonly input: string;
  /** SDL of the success's fields; `consistencyToken` is added. */
  readonly success: string;
  /** Every refusal of its own; the result union is made of them and of `rejectionsOf` any mutation. */
  readonly rejections: readonly Rejection['code'][];
  /** Anybody may send it, there is no account yet; gives what of the input says who sends it. */
  readonly forGuests?: (input: Args) => Sender;
  readonly command: (input: Args, viewer: SignedIn) => InputOf<Name>;
  /** What the success fields need. */
  readonly keep: (value: SuccessOf<Name>, input: Args, context: EdgeContext) => Kept | Promise<Kept>;
  readonly fields?: Readonly<Record<string, FieldResolver>>;
};

/** The definition, with its types told apart no more: each fits its own name. */
export type Mutation = Definition<MutationName, never, object>;

export const mutation = <Name extends MutationName, Args, Kept extends object>(
  _name: Name,
  definition: Definition<Name, Args, Kept>,
): Mutation => definition as unknown as Mutation;

/** A success field that is read from the read models once they show what the mutation did; null where that takes too long. */
export const afterwards =
  <Kept extends object>(read: (kept: Kept, context: EdgeContext) => Promise<object | null>) =>
  async (done: Done<Kept>, _args: object, context: EdgeContext): Promise<object | null> =>
    (await context.shows(done.position)) ? read(done, context) : null;

const KEY_LENGTH_MAX = 200;

/**
 * Whose key it is. A guest is known by what is sent, whatever access token comes with it: that may end between two tries.
 * Command ids are stored and shown to staff, so nobody may find out by trying what this was made of.
 */
const ownerOf = (sender: string | undefined, { viewer, services: { tokens } }: EdgeContext): string =>
  sender === undefined
    ? signedIn(viewer).id
    : createHmac('sha256', tokens.secrets[0]).update(`guest\n${sender}`).digest('hex');

const isKeyed = (key: string | null | undefined): key is string => key !== undefined && key !== null;

/** The same key of the same person for the same mutation is the same command. */
const commandIdOf = (
  name: MutationName,
  key: string | null | undefined,
  sender: string | undefined,
  context: EdgeContext,
): string => {
  const { clock, random } = context.services;
  if (!isKeyed(key)) return uuidV7(clock, random);
  if (key.length > KEY_LENGTH_MAX || key.length === 0)
    throw new Fault('INPUT_INVALID', `idempotencyKey: give 1 to ${KEY_LENGTH_MAX} characters`);
  const illFormed = illFormedTextIn(key);
  if (illFormed) throw new Fault('INPUT_INVALID', `idempotencyKey: ${illFormed.problem}`);
  return commandId(`edge ${ownerOf(sender, context)}`, `${name}\n${key}`);
};

/** A device counts for the account that it logged in with, and for no other. */
const attemptOf = async (
  kind: MutationName,
  { name: sender, deviceToken }: Sender,
  { address, services: { deviceTokens } }: EdgeContext,
): Promise<Attempt> => {
  const device = deviceToken ? await deviceTokens.read(deviceToken) : undefined;
  return { kind, address, sender, ...(device?.email === sender ? { device: device.id } : {}) };
};

/** Every refusal that a mutation can give: its own, and those of any. */
export const rejectionsOf = ({ rejections }: Pick<Mutation, 'rejections'>): readonly Rejection['code'][] => [
  ...rejections,
  'IDEMPOTENCY_KEY_REUSED',
];

const isUndeclared = (definition: Mutation, { code }: Rejection): boolean =>
  !rejectionsOf(definition).includes(code);

const inputFieldNames = (sdl: string): readonly string[] =>
  [...sdl.matchAll(/^\s*(\w+):/gm)].map(([, field]) => field ?? '');

type Args = { readonly input: { readonly idempotencyKey?: string | null } };

const known = <Success>(outcome: Outcome<Success>): Exclude<Outcome<Success>, { kind: 'unknown' }> => {
  if (outcome.kind !== 'unknown') return outcome;
  throw new Fault(
    'OUTCOME_UNKNOWN',
    'Nobody knows whether this has happened. Send it again with the same idempotencyKey: it happens at most once.',
  );
};

const resolverOf = (name: MutationName, definition: Mutation): FieldResolver => {
  const fields = [...inputFieldNames(definition.input), 'idempotencyKey'];
  const toCommand = definition.command as (input: object, viewer: unknown) => InputOf<MutationName>;
  const toSender = definition.forGuests as ((input: object) => Sender) | undefined;
  const toKept = definition.keep as (
    value: object,
    input: object,
    context: EdgeContext,
  ) => object | Promise<object>;

  return async (_root: unknown, { input }: Args, context: EdgeContext): Promise<object> => {
    const { idempotencyKey, ...asked } = input;
    const { viewer, services } = context;
    const sender = toSender?.(asked);
    const command = toCommand(asked, sender === undefined ? signedIn(viewer) : viewer);
    const id = commandIdOf(name, idempotencyKey, sender?.name, context);
    const send = () =>
      services.commands.send(name, command, context.commandContext(id, isKeyed(idempotencyKey)));
    const outcome = known(
      await (sender === undefined
        ? send()
        : services.attempts.make(await attemptOf(name, sender, context), send)),
    );
    if (outcome.kind === 'rejected') {
      if (isUndeclared(definition, outcome.rejection))
        throw new Error(`${name} was refused with ${outcome.rejection.code}, which it does not declare`);
      return userErrorOf(outcome.rejection, fields);
    }
    const { position } = outcome;
    return {
      ...(await toKept(outcome.value, asked, context)),
      __typename: successTypeOf(name),
      position,
      consistencyToken: position ?? null,
    };
  };
};

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const successTypeOf = (name: MutationName): string => `${pascal(name)}Success`;

/** The SDL of one mutation: its field, its input, its success and its result. */
const typeDefsOf = (name: MutationName, definition: Mutation): string => {
  const { description, input, success } = definition;
  return `
extend type Mutation {
  "${description}"
  ${name}(
    "What is asked."
    input: ${pascal(name)}Input!
  ): ${pascal(name)}Result
}

"What \`${name}\` needs."
input ${pascal(name)}Input {${input}
  "Chosen by the caller, at most ${KEY_LENGTH_MAX} characters: sent again with the same key and the same input, it happens once, and is answered as the first time. With other input it is refused."
  idempotencyKey: ID
}

"\`${name}\` has happened, for good."
type ${successTypeOf(name)} {${success}
  "For the header \`x-read-after\` of later reads; null where nothing had to change."
  consistencyToken: ConsistencyToken
}

"What comes of \`${name}\`."
union ${pascal(name)}Result = ${[successTypeOf(name), ...rejectionsOf(definition).map((code) => errorTypeOf[code])].join(' | ')}
`;
};

const entriesOf = (mutations: Partial<Record<MutationName, Mutation>>): [MutationName, Mutation][] =>
  Object.entries(mutations) as [MutationName, Mutation][];

/** The part of the schema that a group of mutations makes. */
export const mutationsConcept = (mutations: Partial<Record<MutationName, Mutation>>): Concept => {
  const entries = entriesOf(mutations);
  return {
    typeDefs: entries.map(([name, definition]) => typeDefsOf(name, definition)).join('\n'),
    resolvers: {
      Mutation: Object.fromEntries(entries.map(([name, definition]) => [name, resolverOf(name, definition)])),
      ...Object.fromEntries(entries.map(([name, { fields = {} }]) => [successTypeOf(name), fields])),
    },
  };
};

type Given<Fields> = {
  readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>;
};

/** Leaves out what was not given: GraphQL's null and absence are one to a use case. */
export const given = <Fields extends Readonly<Record<string, unknown>>>(fields: Fields): Given<Fields> => {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined) kept[name] = value;
  }
  return kept as Given<Fields>;
};
