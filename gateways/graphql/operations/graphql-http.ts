import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { EdgeContext } from '../context';
import { maskAll } from './error-formatting';
import { operationRequestOf, bodyOfQuery, type DocumentOf } from './graphql-request';
import { jsonOf } from './introspection-cache';
import { answerTypeOf, type AnswerType } from './media-type';
import { setRemedyHeaders, type OperationsOverHttp } from './operation-over-http';

export type GraphqlHttp = {
  readonly operations: OperationsOverHttp;
  readonly documentOf: DocumentOf;
};

/** Returns whether the request is well-formed and only its document is rejected. */
const refusesDocument = (code: unknown): boolean => {
  switch (code) {
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'INPUT_INVALID':
    case 'OPERATION_NOT_FOUND':
    case 'OPERATION_TOO_COSTLY':
    case 'PERSISTED_QUERY_NOT_SUPPORTED':
    case 'DOCUMENT_NOT_TRUSTED':
      return true;
    default:
      return false;
  }
};

/**
 * Returns the status of an answer to an operation that was not run. A fault that is masked says whether trying again may help.
 */
export const statusOf = (
  { code, retryable }: Readonly<Record<string, unknown>>,
  refusedStatus: number,
): number => {
  if (retryable !== undefined) return retryable === true ? 503 : 500;
  if (refusesDocument(code)) return refusedStatus;
  switch (code) {
    case 'UNAUTHENTICATED':
      return 401;
    case 'METHOD_NOT_ALLOWED':
      return 405;
    case 'RATE_LIMITED':
      return 429;
    case 'INTERNAL':
      return 500;
    default:
      return 400;
  }
};

/** Whether the operation was begun: what is wrong with its variables comes as errors of no field, and without data. */
const wasRun = ({ data, errors }: ExecutionResult): boolean =>
  (data !== null && data !== undefined) || (errors ?? []).some(({ path }) => path !== undefined);

const sendErrors = (reply: FastifyReply, error: unknown, context: EdgeContext, type: AnswerType): void => {
  const errors: readonly GraphQLFormattedError[] = maskAll(error, context);
  const extensions = errors[0]?.extensions ?? {};
  const status = statusOf(extensions, type.refusedStatus);
  setRemedyHeaders(reply, status, extensions);
  void reply.code(status).header('content-type', type.contentType).send(JSON.stringify({ errors }));
};

/** GraphQL over HTTP at the prefix of `app`: POST with JSON, GET for queries. */
export const registerGraphqlHttp = (app: FastifyInstance, { operations, documentOf }: GraphqlHttp): void => {
  const answer = async (request: FastifyRequest, reply: FastifyReply, body: () => unknown): Promise<void> => {
    const context = await operations.contextOf(request);
    const type = answerTypeOf(request.headers.accept);
    const send = (status: number, text: string): void =>
      void reply.code(status).header('content-type', type.contentType).send(text);
    try {
      const result = await operations.run(request, context, () => ({
        ...operationRequestOf(body(), documentOf),
        // Fastify answers HEAD by the route of GET.
        mayWrite: request.method === 'POST',
      }));
      if (wasRun(result)) send(200, jsonOf(result));
      else send(type.refusedStatus, JSON.stringify({ errors: result.errors }));
    } catch (error) {
      sendErrors(reply, error, context, type);
    }
  };

  const onRequest = operations.demandPaid((reply, error, context) =>
    sendErrors(reply, error, context, answerTypeOf(reply.request.headers.accept)),
  );

  const route = { url: '', onRequest, config: { access: 'by-field' } } as const;
  app.route({
    ...route,
    method: 'POST',
    handler: (request, reply) => answer(request, reply, () => request.body),
  });
  app.route<{ Querystring: Readonly<Record<string, unknown>> }>({
    ...route,
    method: 'GET',
    handler: (request, reply) => answer(request, reply, () => bodyOfQuery(request.query)),
  });
};
