import { dayOf, decimalOf, localOf, type Expression } from './expressions';

/** The type of a column, the same on every engine. The last three are text in SQLite and MongoDB, typed in Parquet. */
export type ColumnType = 'text' | 'integer' | 'real' | 'timestamp' | 'local-timestamp' | 'date';

/** A column of a flat model, as the data dictionary has it. */
export type Column = {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string | undefined;
  readonly meaning: string;
  /** The types of the events that set it. */
  readonly events: readonly string[];
  readonly value: Expression;
};

/** Rows of single values that are made from the documents of one read model, for people who ask with SQL or MongoDB. */
export type FlatModel = {
  readonly name: string;
  readonly meaning: string;
  /** The name of the read model. */
  readonly source: string;
  /**
   * The list of the document whose items are the rows; undefined where a row is a document. The list never becomes shorter, and
   * such a document is never removed, so a row is never removed either.
   */
  readonly each: string | undefined;
  /** The name of the column whose value identifies a row. */
  readonly key: string;
  /** The name of the column by which rows are chosen with `--since`; undefined where a row has no time. */
  readonly time: string | undefined;
  /** Whether it holds names and addresses of people. */
  readonly isPersonal: boolean;
  readonly columns: readonly Column[];
};

/** A column before its model is known. Type and meaning default to those of the document's field. */
export type ColumnDeclaration = {
  readonly value: Expression;
  readonly events: readonly string[];
  readonly type?: ColumnType | undefined;
  readonly unit?: string | undefined;
  readonly meaning?: string | undefined;
};

type Described = Omit<ColumnDeclaration, 'value' | 'events'>;

export const column = (
  value: Expression,
  events: readonly string[],
  described: Described = {},
): ColumnDeclaration => ({ value, events, ...described });

/** Declares a moment as two columns: in UTC, and in the time of the shop's zone. */
export const moment = (
  name: string,
  value: Expression,
  events: readonly string[],
  meaning?: string,
): Readonly<Record<string, ColumnDeclaration>> => ({
  [name]: { value, events, type: 'timestamp', unit: 'UTC', meaning },
  [`${name}_local`]: {
    value: localOf(value),
    events,
    type: 'local-timestamp',
    unit: "shop's time zone",
    meaning: `\`${name}\` in the time of the shop's zone.`,
  },
});

/** Declares the day of a moment as two columns: in UTC, and in the time of the shop's zone. */
export const days = (
  name: string,
  value: Expression,
  events: readonly string[],
): Readonly<Record<string, ColumnDeclaration>> => ({
  [`${name}_on`]: {
    value: dayOf(value),
    events,
    type: 'date',
    unit: 'UTC',
    meaning: `The day of \`${name}_at\`.`,
  },
  [`${name}_on_local`]: {
    value: dayOf(localOf(value)),
    events,
    type: 'date',
    unit: "shop's time zone",
    meaning: `The day of \`${name}_at_local\`.`,
  },
});

/** Declares a sum of money as two columns: in minor units, which is exact, and as a decimal. */
export const money = (
  name: string,
  { minor, currency }: { readonly minor: Expression; readonly currency: Expression },
  events: readonly string[],
  meaning: string,
): Readonly<Record<string, ColumnDeclaration>> => ({
  [`${name}_minor`]: { value: minor, events, type: 'integer', unit: 'minor units of `currency`', meaning },
  [name]: {
    value: decimalOf(minor, currency),
    events,
    type: 'real',
    unit: '`currency`',
    meaning: `\`${name}_minor\` as a decimal. Add up the minor units: they are exact.`,
  },
});

/** The JSON Schema of a field, as a read model stores it. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
};

const schemaAt = (schema: Schema, path: string): Schema | undefined =>
  path.split('.').reduce<Schema | undefined>((at, name) => (at?.items ?? at)?.properties?.[name], schema);

const typeIn = ({ type, description = '' }: Schema): ColumnType => {
  const [name] = [type ?? 'string'].flat();
  if (name === 'integer' || name === 'boolean') return 'integer';
  if (name === 'number') return 'real';
  return description.includes('RFC 3339') ? 'timestamp' : 'text';
};

type Source = { readonly collection: { readonly name: string; readonly schema: object } };

export type FlatDeclaration = {
  readonly meaning: string;
  readonly each?: string;
  readonly key: string;
  readonly time?: string;
  readonly isPersonal?: true;
  readonly columns: Readonly<Record<string, ColumnDeclaration>>;
};

const columnOf = (
  schema: Schema,
  each: string | undefined,
  [name, { value, events, type, unit, meaning }]: readonly [string, ColumnDeclaration],
): Column => {
  const path = value.isOfItem === true ? `${each}.${value.path}` : value.path;
  const declared = path === undefined ? undefined : schemaAt(schema, path);
  if (path !== undefined && declared === undefined)
    throw new Error(`The column ${name} names a field that no document has: ${path}`);
  const said = meaning ?? declared?.description;
  if (said === undefined) throw new Error(`The column ${name} has no meaning`);
  const found = type ?? (declared === undefined ? undefined : typeIn(declared));
  if (found === undefined) throw new Error(`The column ${name} has no type`);
  return { name, type: found, unit, meaning: said, events, value };
};

/**
 * Declares a flat model: rows that are made from the documents of a read model. SQLite's view, MongoDB's collection and validator,
 * the exports and the data dictionary follow from it.
 *
 * @throws Error for a field that the documents do not have.
 */
export const flatModel = (name: string, source: Source, declaration: FlatDeclaration): FlatModel => {
  const { meaning, each, key, time, isPersonal = false } = declaration;
  const schema = source.collection.schema as Schema;
  if (each !== undefined && schemaAt(schema, each)?.items === undefined)
    throw new Error(`${name} names a list that no document has: ${each}`);
  const columns = Object.entries(declaration.columns).map((entry) => columnOf(schema, each, entry));
  for (const named of [key, ...(time === undefined ? [] : [time])])
    if (!columns.some((one) => one.name === named)) throw new Error(`${name} has no column ${named}`);
  const keyPath = columns.find((one) => one.name === key)?.value.path;
  if (each === undefined && keyPath !== 'id') throw new Error(`The key of ${name} is not the document's id`);
  return { name, meaning, source: source.collection.name, each, key, time, isPersonal, columns };
};
