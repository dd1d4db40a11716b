import { isObjectType, type Field, type Kind, type ObjectType } from '../../../commands/use-case/fields';
import { warehouseIdOf } from './values';

type Scalar = {
  readonly type: string;
  /** Converts an argument to what the use case takes, where they differ. */
  readonly read?: (argument: string) => unknown;
};

/** The GraphQL types of the kinds of declared fields. */
const scalars: Readonly<Record<Kind, Scalar>> = {
  afterSalesKind: { type: 'AfterSalesKind' },
  afterSalesReason: { type: 'AfterSalesReason' },
  amount: { type: 'SafeInt' },
  callerId: { type: 'ID' },
  coordinate: { type: 'Int' },
  currency: { type: 'CurrencyCode' },
  disputeParty: { type: 'DisputeParty' },
  flag: { type: 'Boolean' },
  holdReason: { type: 'HoldReason' },
  id: { type: 'ID' },
  instant: { type: 'DateTime' },
  language: { type: 'Language' },
  notificationChannel: { type: 'NotificationChannel' },
  notificationPace: { type: 'NotificationPace' },
  notificationTopic: { type: 'NotificationTopic' },
  reportReason: { type: 'ReportReason' },
  quantity: { type: 'Int' },
  rating: { type: 'Int' },
  realm: { type: 'Realm' },
  role: { type: 'Role' },
  taxCategory: { type: 'TaxCategory' },
  text: { type: 'String' },
  truckId: { type: 'Int' },
  warehouseId: { type: 'ID', read: warehouseIdOf },
};

/** GraphQL types of declared objects whose name differs. */
const inputNames: Readonly<Record<string, string>> = { QuantityOf: 'RefundLineInput' };
const outputNames: Readonly<Record<string, string>> = { AccountSummary: 'Account' };

type Direction = 'input' | 'output';

const typeNameOf = ({ type }: Field, direction: Direction): string => {
  if (!isObjectType(type)) return scalars[type.kind].type;
  const { object } = type;
  return direction === 'input' ? (inputNames[object] ?? `${object}Input`) : (outputNames[object] ?? object);
};

/** Returns text as a description in SDL. */
export const describe = (text: string): string => JSON.stringify(text);

/** Returns a field in SDL, with its description. */
export const fieldSdl = (field: Field, direction: Direction): string => {
  const type = typeNameOf(field, direction);
  const listed = field.list ? `[${type}!]` : type;
  return `\n  ${describe(field.description ?? field.name)}\n  ${field.name}: ${listed}${field.optional ? '' : '!'}`;
};

const objectsIn = (fields: readonly Field[]): readonly ObjectType[] =>
  fields.flatMap(({ type }) => (isObjectType(type) ? [type, ...objectsIn(type.fields)] : []));

/** Returns the SDL of the input types of all objects among the fields, each once. */
export const inputObjectsSdl = (fields: readonly Field[]): string =>
  [...new Map(objectsIn(fields).map((object) => [object.object, object])).values()]
    .map((object) => {
      const name = typeNameOf({ type: object } as Field, 'input');
      const lines = object.fields.map((field) => fieldSdl(field, 'input')).join('');
      return `\n${describe(object.about)}\ninput ${name} {${lines}\n}\n`;
    })
    .join('');

type Arguments = Readonly<Record<string, unknown>>;

const valueOf = (field: Field, argument: unknown): unknown => {
  if (field.list && Array.isArray(argument))
    return argument.map((item: unknown) => valueOf({ ...field, list: false }, item));
  if (isObjectType(field.type)) return readArguments(field.type.fields, argument as Arguments);
  const { read } = scalars[field.type.kind];
  return read ? read(argument as string) : argument;
};

/** Returns what a use case takes for the arguments. GraphQL's null and absence are both absence. */
export const readArguments = (fields: readonly Field[], args: Arguments): Record<string, unknown> => {
  const read: Record<string, unknown> = {};
  for (const field of fields) {
    const argument = args[field.name];
    if (argument !== undefined && argument !== null) read[field.name] = valueOf(field, argument);
  }
  return read;
};
