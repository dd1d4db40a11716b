import type { z } from 'zod';
import { useCases, type InputOf, type MutationName, type Outcome, type SuccessOf } from '../../../commands';
import { fieldsOf, type Field } from '../../../commands/use-case/fields';
import type { RejectionCode } from '../../../commands/rejections';
import type { Position } from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import { describe, fieldSdl, readArguments } from './input-types';
import { attemptOf, commandIdOf, isKeyed, KEY_LENGTH_MAX, type Sender } from './mutation-key';
import { guardedBy, type Concept, type FieldResolver } from './resolvers';
import { errorTypeOf, userErrorOf } from './user-errors';

/** The input of a command and its success, by which the fields of a mutation's success are found. */
type Done<Name extends MutationName> = InputOf<Name> &
  (SuccessOf<Name> extends Readonly<Record<string, never>> ? unknown : SuccessOf<Name>);

/** A field of the success that is read from the read models once they show the effect; null where that takes too long. */
type Shown<Input> = {
  readonly name: string;
  readonly type: string;
  readonly read: (done: Input, context: EdgeContext) => Promise<object | null>;
};

export const shown = <Input>(name: string, type: string, read: Shown<Input>['read']): Shown<Input> => ({
  name,
  type,
  read,
});

/** Arguments that stand for a field of the use case's input. */
type Replacement<Value> = {
  readonly fields: readonly Field[];
  readonly read: (args: never) => Value;
};

/** Takes a field of the use case's input from other arguments. */
export const instead = <Schema extends z.ZodObject, Value>(
  schema: Schema,
  read: (args: z.output<Schema>) => Value,
): Replacement<Value> => ({ fields: fieldsOf(schema), read });

/** The part of a mutation that the API adds to its use case. All else follows from the declaration of the use case. */
type Presentation<Name extends MutationName> = {
  readonly shows?: Shown<Done<Name>>;
  /** Fields of the input and the use case's success that the success repeats. */
  readonly repeats?: readonly (keyof Done<Name>)[];
  /** Fields of the success that the API makes of the use case's success. */
  readonly makes?: {
    readonly fields: z.ZodObject;
    readonly from: (value: SuccessOf<Name>, context: EdgeContext) => Promise<object>;
  };
  readonly replaces?: { readonly [Field in keyof InputOf<Name>]?: Replacement<InputOf<Name>[Field]> };
  /** Fields of the use case's input that are not for clients. */
  readonly omits?: readonly (keyof InputOf<Name>)[];
  /** Arguments that only the API needs. */
  readonly adds?: z.ZodObject;
  /** Needed where everyone may send it: who sends it, by the arguments. */
  readonly sender?: (args: never) => Sender;
  /** Whether wrong credentials of a signed-in caller are limited, as those of guests are. */
  readonly limited?: boolean;
};

export type Mutations = { readonly [Name in MutationName]?: Presentation<Name> };

/** A presentation of any use case. */
type Presented = {
  readonly shows?: Shown<never>;
  readonly repeats?: readonly string[];
  readonly makes?: {
    readonly fields: z.ZodObject;
    readonly from: (value: never, context: EdgeContext) => Promise<object>;
  };
  readonly replaces?: Readonly<Record<string, Replacement<unknown>>>;
  readonly omits?: readonly string[];
  readonly adds?: z.ZodObject;
  readonly sender?: (args: never) => Sender;
  readonly limited?: boolean;
};

type Arguments = Readonly<Record<string, unknown>> & { readonly idempotencyKey?: string | null };
type Result = { readonly command: object; readonly value: object; readonly position: Position | undefined };

const isCaller = ({ type }: Field): boolean => 'kind' in type && type.kind === 'callerId';

/** Returns the fields of the mutation's input: those of the use case that clients give, and those of the API. */
export const inputFieldsOf = (
  name: MutationName,
  { replaces = {}, omits = [], adds }: Presented,
): readonly Field[] => [
  ...fieldsOf(useCases[name].input)
    .filter((field) => !isCaller(field) && !omits.includes(field.name))
    .flatMap((field) => replaces[field.name]?.fields ?? [field]),
  ...(adds ? fieldsOf(adds) : []),
];

/** Returns a function that makes the input of the use case of the arguments and the caller. */
const commandOf = (name: MutationName, { replaces = {}, omits = [] }: Presented) => {
  const fields = fieldsOf(useCases[name].input);
  const caller = fields.find(isCaller)?.name;
  const direct = fields.filter(
    (field) => !isCaller(field) && !(field.name in replaces) && !omits.includes(field.name),
  );
  const replaced = Object.entries(replaces);
  return (args: Arguments, callerId: string | undefined): Record<string, unknown> => {
    const command = readArguments(direct, args);
    for (const [field, { read }] of replaced) command[field] = read(args as never);
    if (caller !== undefined) command[caller] = callerId;
    return command;
  };
};

const requireKnown = <Success>(
  outcome: Outcome<Success>,
): Exclude<Outcome<Success>, { readonly kind: 'unknown' }> => {
  if (outcome.kind !== 'unknown') return outcome;
  throw new Fault(
    'OUTCOME_UNKNOWN',
    'It is not known whether this has happened. Send it again with the same idempotencyKey: it happens at most once.',
  );
};

const resolverOf = (name: MutationName, presented: Presented): FieldResolver => {
  const fields = [...inputFieldsOf(name, presented).map((field) => field.name), 'idempotencyKey'];
  const toCommand = commandOf(name, presented);
  const declared: ReadonlySet<string> = new Set(rejectionsOf(name));
  const { sender: toSender, makes, limited = false } = presented;

  return async (_root: unknown, { input: args }: { readonly input: Arguments }, context: EdgeContext) => {
    const { viewer, services } = context;
    const { idempotencyKey } = args;
    const sender = toSender?.(args as never);
    const attempting = limited ? { name: signedIn(viewer).id } : sender;
    const command = toCommand(args, sender === undefined ? signedIn(viewer).id : undefined);
    const id = commandIdOf(name, idempotencyKey, sender?.name, context);
    const send = (): Promise<Outcome<object>> =>
      services.commands.send(name, command, context.commandContext(id, isKeyed(idempotencyKey)));
    const outcome = requireKnown(
      await (attempting === undefined
        ? send()
        : services.attempts.make(await attemptOf(name, attempting, context), send)),
    );
    if (outcome.kind === 'rejected') {
      const { code } = outcome.rejection;
      // Command services of another version may know more rejections.
      if (!declared.has(code))
        throw new Error(`${name} was rejected with ${code}, which it does not declare`);
      return userErrorOf(outcome.rejection, fields, context.language);
    }
    const { value, position } = outcome;
    const made = await makes?.from(value as never, context);
    const result: Result = { command, value, position };
    return { __typename: successTypeOf(name), ...made, result, consistencyToken: position ?? null };
  };
};

/** Resolves the fields of the success that are not made with the answer. */
const successResolversOf = ({ shows, repeats = [] }: Presented): Record<string, FieldResolver> => {
  const doneOf = ({ command, value }: Result) =>
    ({ ...command, ...value }) as Readonly<Record<string, unknown>>;
  const resolvers = repeats.map((field): [string, FieldResolver] => [
    field,
    ({ result }: { readonly result: Result }) => doneOf(result)[field],
  ]);
  if (shows)
    resolvers.push([
      shows.name,
      async ({ result }: { readonly result: Result }, _args: object, context: EdgeContext) =>
        (await context.shows(result.position)) ? shows.read(doneOf(result) as never, context) : null,
    ]);
  return Object.fromEntries(resolvers);
};

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const successTypeOf = (name: MutationName): string => `${pascal(name)}Success`;

/** Every rejection of a mutation: those of its use case, and those of all. */
export const rejectionsOf = (name: MutationName): readonly RejectionCode[] => [
  ...useCases[name].rejections,
  'IDEMPOTENCY_KEY_REUSED',
];

const shownSdl = ({ name, type }: Shown<never>): string =>
  `\n  ${describe(`The ${name} after the mutation. Null while the read models do not show it yet: read it later.`)}\n  ${name}: ${type}`;

const successSdl = (name: MutationName, { shows, repeats = [], makes }: Presented): string => {
  const { input, success } = useCases[name];
  const known = [...fieldsOf(success), ...fieldsOf(input)];
  const repeated = repeats.flatMap((field) => known.find((candidate) => candidate.name === field) ?? []);
  const fields = [...repeated, ...(makes ? fieldsOf(makes.fields) : [])];
  return (shows ? shownSdl(shows) : '') + fields.map((field) => fieldSdl(field, 'output')).join('');
};

/** Returns the SDL of one mutation: its field, its input, its success and its result. */
const typeDefsOf = (name: MutationName, presented: Presented): string => `
extend type Mutation {
  ${describe(useCases[name].summary)}
  ${name}(
    "The input of the mutation."
    input: ${pascal(name)}Input!
  ): ${pascal(name)}Result
}

"The input of \`${name}\`."
input ${pascal(name)}Input {${inputFieldsOf(name, presented)
  .map((field) => fieldSdl(field, 'input'))
  .join('')}
  "A key that the client chooses, of at most ${KEY_LENGTH_MAX} characters. The same key with the same input has one effect, and gets the first answer again. With other input it is rejected."
  idempotencyKey: ID
}

"The success of \`${name}\`. Its effect is stored."
type ${successTypeOf(name)} {${successSdl(name, presented)}
  "For the header \`x-read-after\` of later reads. Null where nothing was changed."
  consistencyToken: ConsistencyToken
}

"The success of \`${name}\`, or the reason for its rejection."
union ${pascal(name)}Result = ${[successTypeOf(name), ...rejectionsOf(name).map((code) => errorTypeOf[code])].join(' | ')}
`;

export const entriesOf = (mutations: Mutations): [MutationName, Presented][] =>
  Object.entries(mutations) as unknown as [MutationName, Presented][];

/** Returns the part of the schema that a group of mutations makes. */
export const mutationsConcept = (mutations: Mutations): Concept => {
  const entries = entriesOf(mutations);
  return {
    typeDefs: entries.map(([name, presented]) => typeDefsOf(name, presented)).join('\n'),
    resolvers: {
      Mutation: Object.fromEntries(
        entries.map(([name, presented]) => [
          name,
          guardedBy(useCases[name].allow, resolverOf(name, presented)),
        ]),
      ),
      ...Object.fromEntries(
        entries.map(([name, presented]) => [successTypeOf(name), successResolversOf(presented)]),
      ),
    },
  };
};
