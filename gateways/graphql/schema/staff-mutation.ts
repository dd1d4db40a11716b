import type { Rejection, RejectionCode } from '../../../commands/rejections';
import type { Permission } from '../../../commands/use-case/permissions';
import type { EdgeContext } from '../context';
import { allowed, type Concept, type GuardedResolver } from './resolvers';
import { errorTypeOf, userErrorOf } from './user-errors';

/** A mutation of staff that stores no event, so that no use case declares it. */
export type StaffMutation = {
  readonly permission: Permission;
  readonly description: string;
  /** The fields of the input, as SDL. */
  readonly input: string;
  /** The names of the input's fields. */
  readonly fields: readonly string[];
  readonly rejections: readonly RejectionCode[];
  /** The fields of the success, as SDL. */
  readonly success: string;
  /** The reason why there is no consistency token. */
  readonly notStored: string;
  readonly perform: (
    input: never,
    context: EdgeContext,
  ) => Promise<
    | { readonly kind: 'done'; readonly success: object }
    | { readonly kind: 'rejected'; readonly rejection: Rejection }
  >;
};

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const resolverOf = (name: string, { permission, perform, fields }: StaffMutation): GuardedResolver =>
  allowed(permission, async ({ input }: { readonly input: object }, context) => {
    const outcome = await perform(input as never, context);
    if (outcome.kind === 'rejected') return userErrorOf(outcome.rejection, fields, context.language);
    return { __typename: `${pascal(name)}Success`, ...outcome.success, consistencyToken: null };
  });

const typeDefsOf = (
  name: string,
  { description, input, success, notStored, rejections }: StaffMutation,
): string => `
extend type Mutation {
  "${description} For staff."
  ${name}(
    "The input of the mutation."
    input: ${pascal(name)}Input!
  ): ${pascal(name)}Result
}

"The input of \`${name}\`."
input ${pascal(name)}Input {${input}
  "Has no effect here: look at the present state before you send it again."
  idempotencyKey: ID
}

"The success of \`${name}\`."
type ${pascal(name)}Success {${success}
  "Always null: ${notStored}"
  consistencyToken: ConsistencyToken
}

"The success of \`${name}\`, or the reason for its rejection."
union ${pascal(name)}Result = ${[`${pascal(name)}Success`, ...rejections.map((code) => errorTypeOf[code])].join(' | ')}
`;

/** Returns the part of the schema that mutations of staff make. */
export const staffMutations = (mutations: Readonly<Record<string, StaffMutation>>): Concept => ({
  typeDefs: Object.entries(mutations)
    .map(([name, mutation]) => typeDefsOf(name, mutation))
    .join('\n'),
  resolvers: {
    Mutation: Object.fromEntries(
      Object.entries(mutations).map(([name, mutation]) => [name, resolverOf(name, mutation)]),
    ),
  },
});
