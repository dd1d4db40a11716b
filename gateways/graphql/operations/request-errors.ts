import { GraphQLError } from 'graphql';
import { pictureProblems } from '../../../platform/pictures';

/** Errors of a request itself, regardless of its operation: code → cause and remedy. Codes are stable. */
export const requestErrors = {
  BAD_REQUEST: 'The request is not one operation as JSON. Send `{"query": "…", "variables": {…}}`.',
  BODY_TOO_LARGE: 'The body is over 64 KiB. Send less, e.g. values as variables of several requests.',
  MEDIA_TYPE_NOT_SUPPORTED: 'The body is not JSON. Send `Content-Type: application/json`.',
  METHOD_NOT_ALLOWED: 'A mutation came by GET. Send it by POST.',
  UNAUTHENTICATED:
    'The access token of the request has expired or is not valid. Get a new one with `refreshSession`, which needs no token, or send none.',
  PERSISTED_QUERY_NOT_SUPPORTED:
    'The request names its document by a hash or an id that this server does not know. Send the document itself.',
  DOCUMENT_NOT_TRUSTED:
    'The server runs only trusted documents, and this one is not among them. Load the page again, or have the operator add the document to the folder of `WAYBILL_TRUSTED_DOCUMENTS`.',
  NOT_FOUND: 'No resource has this address.',
  RATE_LIMITED:
    'Too many requests of this client, more work than the share of its address, too many operations or live updates at once, or too many wrong log-ins. Wait for `retryAfterSeconds`, or a second where there is none, and send fewer.',
  GRAPHQL_PARSE_FAILED: 'The document has a syntax error, or over 1500 tokens. The locations say where.',
  GRAPHQL_VALIDATION_FAILED:
    'The document or its variables do not fit the schema, docs/reference/schema.graphql. The locations say where.',
  OPERATION_NOT_FOUND:
    'The document has several operations, or none of that name. Name one in `operationName`.',
  OPERATION_TOO_COSTLY:
    'The operation is too deep (8 levels), has too many aliases (15) or root fields (10), or costs over 5000. Ask for shorter lists or fewer fields.',
  ...pictureProblems,
  INTERNAL: 'A bug of ours, with a reference to what the log says of it. Report the reference.',
} as const;

export type RequestErrorCode = keyof typeof requestErrors;

/** Returns the code of a request that Fastify rejects, from Fastify's own code. */
export const requestErrorCodeOf = (fastifyCode: string): RequestErrorCode => {
  switch (fastifyCode) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'BODY_TOO_LARGE';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'MEDIA_TYPE_NOT_SUPPORTED';
    default:
      return 'BAD_REQUEST';
  }
};

/** Returns the error of a request that is refused. It has no stack: to collect one takes most of the time of a refusal. */
export const refusal = (code: RequestErrorCode, message: string, figures: object = {}): GraphQLError => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, { extensions: { code, ...figures } });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};
