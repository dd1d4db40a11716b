import {
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  parseType,
  type GraphQLSchema,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { RejectionCode } from '../../../commands/rejections';
import { codeOfErrorType } from '../schema/user-errors';
import { statusOfRejection } from './problem';
import type { CompiledRoute } from './rest-route';

/** A part of an OpenAPI 3.1 document. */
export type Json = { readonly [name: string]: unknown };

const scalars: Readonly<Record<string, Json>> = {
  Boolean: { type: 'boolean' },
  Int: { type: 'integer', format: 'int32' },
  SafeInt: { type: 'integer', format: 'int64' },
  Float: { type: 'number' },
  DateTime: { type: 'string', format: 'date-time' },
  JSON: {},
};

type Given = CompiledRoute['bodyFields'][number];

const typeNodeOf = (given: { readonly type: { toString(): string } }): TypeNode =>
  parseType(given.type.toString());

const isRequired = (given: Given): boolean => typeNodeOf(given).kind === Kind.NON_NULL_TYPE;

const described = (schema: Json, description: string | null | undefined): Json =>
  description === null || description === undefined ? schema : { ...schema, description };

const nullable = (schema: Json): Json =>
  typeof schema['type'] === 'string'
    ? {
        ...schema,
        type: [schema['type'], 'null'],
        ...('enum' in schema ? { enum: [...(schema['enum'] as []), null] } : {}),
      }
    : { anyOf: [schema, { type: 'null' }] };

/** Returns the JSON schema of a named type. */
type OfNamed = (name: string) => Json;

const schemaOfNullable = (type: TypeNode, ofNamed: OfNamed): Json => {
  if (type.kind === Kind.LIST_TYPE) return { type: 'array', items: schemaOf(type.type, ofNamed) };
  return type.kind === Kind.NAMED_TYPE ? ofNamed(type.name.value) : schemaOfNullable(type.type, ofNamed);
};

const schemaOf = (type: TypeNode, ofNamed: OfNamed): Json =>
  type.kind === Kind.NON_NULL_TYPE
    ? schemaOfNullable(type.type, ofNamed)
    : nullable(schemaOfNullable(type, ofNamed));

export const objectOf = (properties: Json, required: readonly string[]): Json => ({
  type: 'object',
  ...(required.length === 0 ? {} : { required }),
  properties,
});

/** The parts of an OpenAPI document that follow from the types of a GraphQL schema. */
class SchemaParts {
  constructor(private readonly schema: GraphQLSchema) {}

  parameter(given: Given, place: 'path' | 'query'): Json {
    const type = typeNodeOf(given);
    const schema = schemaOfNullable(type, (name) => this.input(name));
    const required = type.kind === Kind.NON_NULL_TYPE;
    return described({ name: given.name, in: place, required, schema }, given.description);
  }

  body(fields: readonly Given[]): Json {
    const properties = fields.map((field) => {
      const schema = schemaOf(typeNodeOf(field), (name) => this.input(name));
      return [field.name, described(schema, field.description)] as const;
    });
    return objectOf(
      Object.fromEntries(properties),
      fields.filter(isRequired).map(({ name }) => name),
    );
  }

  answer(typeName: string, { selections }: SelectionSetNode): Json {
    const type = this.schema.getType(typeName);
    const fields = isObjectType(type) ? type.getFields() : {};
    const properties = selections.map((selection) => {
      const field = selection.kind === Kind.FIELD ? fields[selection.name.value] : undefined;
      if (selection.kind !== Kind.FIELD || field === undefined)
        throw new Error(`${typeName} lacks a selected field`);
      const { selectionSet } = selection;
      const schema = schemaOf(typeNodeOf(field), (name) =>
        selectionSet ? this.answer(name, selectionSet) : this.leaf(name),
      );
      return [field.name, described(schema, field.description)] as const;
    });
    return objectOf(
      Object.fromEntries(properties),
      properties.map(([name]) => name),
    );
  }

  private input(name: string): Json {
    const type = this.schema.getType(name);
    return isInputObjectType(type) ? this.body(Object.values(type.getFields())) : this.leaf(name);
  }

  private leaf(name: string): Json {
    const type = this.schema.getType(name);
    if (isEnumType(type)) return { type: 'string', enum: type.getValues().map((value) => value.name) };
    return scalars[name] ?? { type: 'string' };
  }
}

const selectionOf = ({ selection }: CompiledRoute): SelectionSetNode => {
  const [definition] = parse(`{ ${selection} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A selection is no selection');
  return definition.selectionSet;
};

export const problemResponse = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Returns the answers to rejected requests, by their statuses. */
const rejectionResponses = ({ rejections }: CompiledRoute): Json => {
  const byStatus = new Map<number, RejectionCode[]>();
  for (const type of rejections) {
    const code = codeOfErrorType(type.name);
    if (code === undefined) continue;
    const status = statusOfRejection(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      problemResponse(`One of these codes: ${codes.join(', ')}.`),
    ]),
  );
};

const contentOf = (route: CompiledRoute, parts: SchemaParts): Json =>
  route.file === undefined
    ? { 'application/json': { schema: parts.answer(route.answer.name, selectionOf(route)) } }
    : { [route.file.contentType]: { schema: { type: 'string', format: 'binary' } } };

const operationOf = (route: CompiledRoute, parts: SchemaParts): Json => ({
  operationId: route.file === undefined ? route.field : `${route.field}File`,
  summary: route.summary,
  parameters: [
    ...route.pathParameters.map((given) => parts.parameter(given, 'path')),
    ...route.queryParameters.map((given) => parts.parameter(given, 'query')),
  ],
  ...(route.bodyFields.length === 0
    ? {}
    : {
        requestBody: {
          required: route.bodyFields.some(isRequired),
          content: { 'application/json': { schema: parts.body(route.bodyFields) } },
        },
      }),
  responses: {
    [route.status ?? 200]: { description: 'The answer.', content: contentOf(route, parts) },
    ...rejectionResponses(route),
    default: problemResponse('Any other problem, with its code.'),
  },
});

const problemSchema: Json = objectOf(
  {
    type: { type: 'string', description: 'A relative reference to the description of the code.' },
    title: { type: 'string', description: 'What the code means.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'A message for people: the problem and its remedy.' },
    code: { type: 'string', description: 'A stable code for programs.' },
    field: { type: 'string', description: 'The field of the body that caused it, where it was one.' },
  },
  ['type', 'title', 'status', 'detail', 'code'],
);

/** Returns the OpenAPI 3.1 document of compiled routes, and of the others that are described by `more`. */
export const openApiOf = (
  routes: readonly CompiledRoute[],
  schema: GraphQLSchema,
  prefix: string,
  more: Readonly<Record<string, Record<string, Json>>> = {},
): Json => {
  const parts = new SchemaParts(schema);
  const paths: Record<string, Record<string, Json>> = { ...more };
  for (const route of routes)
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, parts);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Waybill',
      version: '1',
      description:
        'The REST routes of the shop. GraphQL at `/graphql` offers more. A mutation takes the header `Idempotency-Key`; its `consistencyToken`, sent as the header `x-read-after`, makes the next read wait until it shows the change.',
    },
    servers: [{ url: prefix }],
    security: [{}, { bearer: [] }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
