import { messageOf, rejectionTexts } from '../../../commands/rejection-texts';
import type { Rejection } from '../../../commands/rejections';
import { rejectionShapes } from './rejections';

type Code = Rejection['code'];

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

const codes = Object.keys(rejectionShapes) as Code[];

export const errorTypeOf = Object.fromEntries(codes.map((code) => [code, errorTypeNameOf(code)])) as {
  readonly [C in Code]: ErrorTypeName<C>;
};

/** A refusal as a member of a result union. */
export type UserError = {
  readonly __typename: ErrorTypeName;
  readonly code: Code;
  readonly message: string;
  readonly path: readonly string[] | null;
};

const namesOf = (code: Code): Readonly<Record<string, string>> => rejectionShapes[code].names ?? {};

const figuresOf = ({ code, ...figures }: Rejection): object => {
  const names = namesOf(code);
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]: [string, unknown]) => [names[name] ?? name, value]),
  );
};

/** @param fields - the names of the mutation's input, to tell which of them the refusal is about. */
export const userErrorOf = (rejection: Rejection, fields: readonly string[]): UserError => {
  const { code } = rejection;
  const field = rejectionShapes[code].about?.find((name) => fields.includes(name));
  return {
    ...figuresOf(rejection),
    __typename: errorTypeOf[code],
    code,
    message: messageOf(rejection),
    path: field === undefined ? null : ['input', field],
  };
};

const figureLines = (code: Code): string =>
  Object.entries<string>(rejectionShapes[code].figures)
    .map(([name, type]) => `\n  "${figureText[name] ?? name}"\n  ${namesOf(code)[name] ?? name}: ${type}`)
    .join('');

const figureText: Readonly<Record<string, string>> = {
  actual: 'What it is.',
  amount: 'The sum in question.',
  asked: 'The sum that was asked for.',
  available: 'How many there are.',
  carrierMessageId: 'The message in question.',
  cart: 'The currency of the cart.',
  currencies: 'The currencies that met.',
  differs: 'What is different.',
  due: 'The sum due.',
  expected: 'What it should be.',
  known: 'What there is.',
  length: 'How many characters there are.',
  linesMax: 'How many different products there may be.',
  max: 'The most that is possible.',
  method: 'What was given.',
  min: 'The least that is possible.',
  now: 'What it is now.',
  orderId: 'The order in question.',
  paid: 'The sum paid.',
  paymentId: 'The payment in question.',
  place: 'The place in question.',
  price: 'The price in question.',
  product: 'The currency of the product.',
  productId: 'The product in question.',
  quantity: 'What was given.',
  rating: 'What was given.',
  reason: 'Why.',
  refundable: 'What is left of the sum paid.',
  refundId: 'The refund in question.',
  reviewId: 'The review in question.',
  shipmentId: 'The shipment in question.',
  sku: 'The SKU in question.',
  status: 'The status it is in.',
  totalMinorMax: 'The most it may be worth, in minor units.',
  wanted: 'How many were wanted.',
  warehouseId: 'The warehouse in question.',
  was: 'What it was before.',
};

const descriptionOf = (code: Code): string => `"${rejectionTexts[code].why} ${rejectionTexts[code].remedy}"`;

const typeDefOf = (code: Code): string => `
${descriptionOf(code)}
type ${errorTypeOf[code]} implements UserError {
  "Always \`${code}\`."
  code: ErrorCode!
  "What is wrong and what to do, for a person."
  message: String!
  "The input field it is about, from the root of the arguments; null where it is about none."
  path: [String!]${figureLines(code)}
}`;

export const userErrorTypeDefs = `
"A refusal that the caller can act on. Faults are GraphQL errors instead, with a code in their extensions."
interface UserError {
  "Stable, for programs."
  code: ErrorCode!
  "What is wrong and what to do, for a person."
  message: String!
  "The input field it is about, from the root of the arguments; null where it is about none."
  path: [String!]
}

"Every refusal there is. docs/reference/errors.md has cause and remedy of each."
enum ErrorCode {${codes.map((code) => `\n  ${descriptionOf(code)}\n  ${code}`).join('')}
}
${codes.map(typeDefOf).join('\n')}
`;
