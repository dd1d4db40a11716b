import {
  figuresOf,
  messageOf,
  rejections,
  type Rejection,
  type RejectionCode as Code,
} from '../../../commands/rejections';
import type { Language } from '../../../domain/kernel';
import { describe } from './input-types';

type Pascal<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Capitalize<Lowercase<Head>>}${Pascal<Tail>}`
  : Capitalize<Lowercase<Text>>;

/** The GraphQL type that shows a rejection: `ORDER_NOT_FOUND` → `OrderNotFoundError`. */
export type ErrorTypeName<C extends Code = Code> = `${Pascal<C>}Error`;

const errorTypeNameOf = <C extends Code>(code: C): ErrorTypeName<C> =>
  `${code
    .split('_')
    .map((word) => `${word.charAt(0)}${word.slice(1).toLowerCase()}`)
    .join('')}Error` as ErrorTypeName<C>;

const codes = Object.keys(rejections) as Code[];

export const errorTypeOf = Object.fromEntries(codes.map((code) => [code, errorTypeNameOf(code)])) as {
  readonly [C in Code]: ErrorTypeName<C>;
};

const codesByTypeName: ReadonlyMap<string, Code> = new Map(codes.map((code) => [errorTypeOf[code], code]));

/** Returns the code whose rejections a GraphQL type shows; undefined for a type of anything else. */
export const codeOfErrorType = (typeName: string): Code | undefined => codesByTypeName.get(typeName);

/** A refusal as a member of a result union. */
export type UserError = {
  readonly __typename: ErrorTypeName;
  readonly code: Code;
  readonly message: string;
  readonly path: readonly string[] | null;
};

/** Returns the figures under the names of their GraphQL fields. */
const fieldsOf = ({ code, ...values }: Rejection): object => {
  const figures = figuresOf(code);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [figures[name]?.as ?? name, value]),
  );
};

/** @param fields - the names of the mutation's input, to tell which of them the refusal is about. */
export const userErrorOf = (
  rejection: Rejection,
  fields: readonly string[],
  language: Language,
): UserError => {
  const { code } = rejection;
  const { about = [] }: { readonly about?: readonly string[] } = rejections[code];
  // Some rejections are about any field of the input, and name it.
  const possible = 'field' in rejection ? [rejection.field] : about;
  const field = possible.find((name) => fields.includes(name));
  return {
    ...fieldsOf(rejection),
    __typename: errorTypeOf[code],
    code,
    message: messageOf(rejection, language),
    path: field === undefined ? null : ['input', field],
  };
};

const figureSdl = (code: Code): string =>
  Object.entries(figuresOf(code))
    .map(([name, { type, text, as }]) => `\n  ${describe(text)}\n  ${as ?? name}: ${type}!`)
    .join('');

const descriptionOf = (code: Code): string => describe(`${rejections[code].why} ${rejections[code].remedy}`);

const typeDefOf = (code: Code): string => `
${descriptionOf(code)}
type ${errorTypeOf[code]} implements UserError {
  "Always \`${code}\`."
  code: ErrorCode!
  "A message for people: the problem and its remedy."
  message: String!
  "The path of the input field that caused the rejection, from the root of the arguments; null where no single field did."
  path: [String!]${figureSdl(code)}
}`;

export const userErrorTypeDefs = `
"A rejection that the caller can act on. Faults are GraphQL errors instead, with a code in their extensions."
interface UserError {
  "A stable code for programs."
  code: ErrorCode!
  "A message for people: the problem and its remedy."
  message: String!
  "The path of the input field that caused the rejection, from the root of the arguments; null where no single field did."
  path: [String!]
}

"The codes of all rejections. docs/reference/errors.md has the cause and the remedy of each."
enum ErrorCode {${codes.map((code) => `\n  ${descriptionOf(code)}\n  ${code}`).join('')}
}
${codes.map(typeDefOf).join('\n')}
`;
