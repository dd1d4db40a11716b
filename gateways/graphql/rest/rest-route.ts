import {
  getNamedType,
  GraphQLError,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isUnionType,
  parse,
  validate,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { refusal } from '../operations/request-errors';
import { codeOfErrorType } from '../schema/user-errors';

/** A route, as it is declared. */
export type RestRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path under `/api/v1`, as OpenAPI writes it. A parameter has the name of an argument, or of a field of the input. */
  readonly path: string;
  /** The root field of the schema: a query for GET, a mutation for the others. */
  readonly field: string;
  /** The fields of the answer: of a query, or of the success of a mutation. */
  readonly selection: string;
  /** Arguments that go into the query string. Default none. */
  readonly parameters?: readonly string[];
  /** Fields of the input that the route sets, and no client. Default none. */
  readonly sets?: Readonly<Record<string, unknown>>;
  /** The status of a success. Default 200. */
  readonly status?: number;
  /** Makes another answer than JSON of what was selected. */
  readonly file?: RestFile;
};

/** An answer that clients save as a file. */
export type RestFile = {
  readonly contentType: string;
  /** @param value - the selected fields. */
  readonly make: (value: never) => Promise<{ readonly name: string; readonly content: Buffer }>;
};

type Given = GraphQLArgument | GraphQLInputField;

/** A route with what follows from the schema. */
export type CompiledRoute = RestRoute & {
  readonly summary: string;
  readonly document: string;
  readonly pathParameters: readonly Given[];
  readonly queryParameters: readonly Given[];
  /** The fields of the body. */
  readonly bodyFields: readonly GraphQLInputField[];
  /** The object whose fields the selection names. */
  readonly answer: GraphQLObjectType;
  /** The types of the rejections. */
  readonly rejections: readonly GraphQLObjectType[];
  /**
   * Returns the variables of a request.
   *
   * @throws GraphQLError `BAD_REQUEST` for an unknown parameter.
   */
  readonly variablesOf: (request: RestRequest) => Readonly<Record<string, unknown>>;
};

export type RestRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
};

const pathNamesOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

const numbers = new Set(['Int', 'SafeInt', 'Float']);

/** Returns the value that the text of a parameter stands for. Text that fits no type is left for the schema to refuse. */
const valueOf = (text: unknown, type: GraphQLInputType): unknown => {
  const { name } = getNamedType(type);
  if (typeof text !== 'string') return text;
  if (numbers.has(name)) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return name === 'Boolean' && /^(true|false)$/.test(text) ? text === 'true' : text;
};

const valuesOf = (texts: Readonly<Record<string, unknown>>, given: readonly Given[]): object => {
  const types = new Map(given.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const type = types.get(name);
      if (type === undefined) {
        const known = [...types.keys()].join(', ') || 'none';
        throw refusal('BAD_REQUEST', `There is no parameter "${name}". The parameters here: ${known}.`);
      }
      return [name, valueOf(text, type)];
    }),
  );
};

const named = <Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
  of: string,
): Item => {
  const found = items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`${of} has no ${name}`);
  return found;
};

/** Selects every figure of a rejection that is a plain value. */
const figuresOf = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .filter(
      (field) => isLeafType(getNamedType(field.type)) && !['code', 'message', 'path'].includes(field.name),
    )
    .map(({ name }) => name)
    .join(' ');

const selectRejection = (type: GraphQLObjectType): string => {
  const figures = figuresOf(type);
  return figures === '' ? '' : `... on ${type.name} { ${figures} }`;
};

const compileQuery = (
  route: RestRoute,
  field: GraphQLField<unknown, unknown>,
): Omit<CompiledRoute, 'summary'> => {
  const answer = getNamedType(field.type);
  if (!isObjectType(answer)) throw new Error(`${route.field} returns no object`);
  const pathParameters = pathNamesOf(route.path).map((name) => named(field.args, name, route.field));
  const queryParameters = (route.parameters ?? []).map((name) => named(field.args, name, route.field));
  const given = [...pathParameters, ...queryParameters];
  const declared = given.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const inBrackets = (text: string): string => (text === '' ? '' : `(${text})`);
  return {
    ...route,
    document: `query${inBrackets(declared)} { ${route.field}${inBrackets(passed)} { ${route.selection} } }`,
    ...{ pathParameters, queryParameters, bodyFields: [], answer, rejections: [] },
    variablesOf: ({ params, query }) => ({
      ...valuesOf(params, pathParameters),
      ...valuesOf(query, queryParameters),
    }),
  };
};

const compileMutation = (
  route: RestRoute,
  field: GraphQLField<unknown, unknown>,
): Omit<CompiledRoute, 'summary'> => {
  const input = getNamedType(named(field.args, 'input', route.field).type);
  const result = getNamedType(field.type);
  if (!isInputObjectType(input) || !isUnionType(result))
    throw new Error(`${route.field} is no mutation of ours`);
  const fields = Object.values(input.getFields());
  const pathParameters = pathNamesOf(route.path).map((name) => named(fields, name, input.name));
  const rejections = result.getTypes().filter(({ name }) => codeOfErrorType(name) !== undefined);
  const answer = result.getTypes().find((type) => !rejections.includes(type));
  if (answer === undefined) throw new Error(`${result.name} has no success`);
  const selection = [
    `... on ${answer.name} { ${route.selection} consistencyToken }`,
    '... on UserError { code message path }',
    ...rejections.map(selectRejection),
  ].join(' ');
  const { sets = {} } = route;
  for (const name of Object.keys(sets)) named(fields, name, input.name);
  const takesKey = fields.some(({ name }) => name === 'idempotencyKey');
  return {
    ...route,
    selection: `${route.selection} consistencyToken`,
    document: `mutation($input: ${input.name}!) { ${route.field}(input: $input) { __typename ${selection} } }`,
    ...{ pathParameters, queryParameters: [], answer, rejections },
    bodyFields: fields.filter(
      (candidate) => !pathParameters.includes(candidate) && !(candidate.name in sets),
    ),
    variablesOf: ({ params, query, body, idempotencyKey }) => {
      if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body)))
        throw refusal('BAD_REQUEST', 'Send a JSON object.');
      valuesOf(query, []);
      const key = takesKey && idempotencyKey !== undefined ? { idempotencyKey } : {};
      return { input: { ...key, ...body, ...valuesOf(params, pathParameters), ...sets } };
    },
  };
};

const firstSentence = (text: string): string => /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text;

/**
 * Compiles routes against the schema.
 *
 * @throws Error for a route that does not fit it.
 */
export const compileRoutes = (
  routes: readonly RestRoute[],
  schema: GraphQLSchema,
): readonly CompiledRoute[] =>
  routes.map((route) => {
    const root = route.method === 'GET' ? schema.getQueryType() : schema.getMutationType();
    const field = root?.getFields()[route.field];
    if (field === undefined)
      throw new Error(`The schema has no ${route.field} for ${route.method} ${route.path}`);
    const compiled = route.method === 'GET' ? compileQuery(route, field) : compileMutation(route, field);
    const [error] = validate(schema, parse(compiled.document));
    if (error instanceof GraphQLError) throw error;
    return { ...compiled, summary: firstSentence(field.description ?? route.field) };
  });
