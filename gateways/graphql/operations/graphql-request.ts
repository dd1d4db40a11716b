import type { GraphQLError } from 'graphql';
import type { Variables } from './query-cost';
import { refusal } from './request-errors';

export type OperationRequest = {
  readonly query: string;
  readonly variables: Variables | undefined;
  readonly operationName: string | undefined;
};

const bad = (message: string): GraphQLError => refusal('BAD_REQUEST', message);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the text of the document that a request holds or names; undefined where it does neither. */
export type DocumentOf = (request: object) => string | undefined;

/** The parameters by which clients name a document. Apollo’s is in `extensions`. */
const documentIds = ['documentId', 'doc_id', 'id'] as const;

/** Returns the id by which a request names its document instead of holding it; undefined for any other request. */
export const documentIdIn = (request: object): string | undefined => {
  const { query, extensions, ...parameters } = request as Readonly<Record<string, unknown>>;
  if (typeof query === 'string' && query !== '') return undefined;
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined;
  return [hash, ...documentIds.map((name) => parameters[name])].find((id) => typeof id === 'string');
};

/** Returns the text that a parameter holds; null and absent are the same. */
const optionalText = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw bad(`"${name}" is text.`);
  return value || undefined;
};

const optionalRecord = (value: unknown, name: string): Variables | undefined => {
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) throw bad(`"${name}" is a JSON object.`);
  return value;
};

/**
 * Returns the operation that a body or a query string requests.
 *
 * @throws GraphQLError `BAD_REQUEST` for a document as JSON, several operations at once and the like, and as `documentOf` does.
 */
export const operationRequestOf = (body: unknown, documentOf: DocumentOf): OperationRequest => {
  if (Array.isArray(body)) throw bad('Send one operation a request: batches are not taken.');
  if (!isRecord(body)) throw bad('Send a JSON object with "query", and "variables" where there are any.');
  const variables = optionalRecord(body['variables'], 'variables');
  optionalRecord(body['extensions'], 'extensions');
  const operationName = optionalText(body['operationName'], 'operationName');
  const query = documentOf(body);
  if (query === undefined) throw bad('"query" is the text of a GraphQL document.');
  return { query, variables, operationName };
};

const parsedJson = (text: unknown, name: string): unknown => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`"${name}" is JSON text in a GET.`);
  }
};

/**
 * Returns the parameters of a GET in the form that a body has.
 *
 * @throws GraphQLError `BAD_REQUEST`.
 */
export const bodyOfQuery = (query: Readonly<Record<string, unknown>>): unknown => ({
  ...query,
  variables: parsedJson(query['variables'], 'variables'),
  extensions: parsedJson(query['extensions'], 'extensions'),
});
