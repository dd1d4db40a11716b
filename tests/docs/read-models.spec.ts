import type { AnyProjection } from '../../platform/projections';
import { readModels } from '../../projections/read-models';
import { expectGenerated } from '../support/generated-file';

type Schema = {
  readonly type: string | readonly [string, 'null'];
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
};

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
};

const typeOf = ({ type, enum: values, items }: Schema): string => {
  const [name, isNullable] = typeof type === 'string' ? [type, false] : [type[0], true];
  const orNull = isNullable ? ', or null' : '';
  if (items !== undefined) return `list of ${typeOf(items)}${orNull}`;
  if (values === undefined) return `${words[name]}${orNull}`;
  const choices = values.filter((value) => value !== null).map((value) => `\`${value}\``);
  return `${choices.join(', ')}${orNull}`;
};

/** Every field, those of nested objects by their paths: as a query of MongoDB names them. */
const rowsOf = ({ properties = {} }: Schema, prefix = ''): readonly string[] =>
  Object.entries(properties).flatMap(([name, schema]) => {
    if (schema.description === undefined) throw new Error(`${prefix}${name} has no description`);
    const row = `| \`${prefix}${name}\` | ${typeOf(schema)} | ${schema.description} |`;
    return [row, ...rowsOf(schema.items ?? schema, `${prefix}${name}.`)];
  });

const indexRow = ({ name, fields }: { readonly name: string; readonly fields: readonly string[] }): string =>
  `- \`${name}\`: ${fields.map((field) => `\`${field}\``).join(', ')}`;

const section = ({ question, collection, handlers }: AnyProjection): readonly string[] => {
  const { name, version, indexes, searchFields = [], schema } = collection;
  const document = schema as Schema;
  return [
    `## \`${name}\``,
    '',
    `${question} Version ${version}. ${document.description}`,
    '',
    '| Field | Type | Meaning |',
    '| --- | --- | --- |',
    ...rowsOf(document),
    '',
    'Indexes:',
    '',
    ...indexes.map(indexRow),
    ...(searchFields.length === 0
      ? []
      : ['', `Searched by words of ${searchFields.map((field) => `\`${field}\``).join(', ')}.`]),
    '',
    `Made from ${Object.keys(handlers)
      .map((type) => `\`${type}\``)
      .join(', ')}.`,
    '',
  ];
};

it('docs/reference/read-models.md is the dictionary of every read model', () =>
  expectGenerated(
    'docs/reference/read-models.md',
    [
      '# Read models',
      '',
      'Every read model: the question that it answers, its fields, its indexes and the events that it is made from. Each is a table of the embedded engine or a collection of MongoDB, named `<name>_v<version>`; in MongoDB `id` is `_id`, and `lastPosition` names the event that last changed a document. [Add a read model](../how-to/add-a-read-model.md) says how to declare one.',
      '',
      ...Object.values(readModels).flatMap(section),
    ].join('\n'),
  ));
