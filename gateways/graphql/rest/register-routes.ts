import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { RejectionCode } from '../../../commands/rejections';
import type { EdgeContext } from '../context';
import { maskAll } from '../error-formatting';
import { requestErrorCodeOf } from '../request-errors';
import { CHALLENGE, secondsToWait, type OperationsOverHttp } from '../operation-over-http';
import { problemOfError, problemOfRejection, type Problem } from './problem';
import type { CompiledRoute } from './rest-route';

const sendProblem = (reply: FastifyReply, problem: Problem, extensions: object = {}): void => {
  const { status } = problem;
  if (status === 401) reply.header('www-authenticate', CHALLENGE);
  if (status === 429 || status === 503) reply.header('retry-after', secondsToWait({ ...extensions }));
  void reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
};

const sendError = (reply: FastifyReply, error: unknown, context: EdgeContext): void => {
  const [first] = maskAll(error, context);
  const { message = '', extensions = {} } = first ?? {};
  sendProblem(reply, problemOfError(message, extensions), extensions);
};

const isRejection = (
  value: Readonly<Record<string, unknown>>,
): value is { readonly code: RejectionCode; readonly message: string } =>
  typeof value['__typename'] === 'string' && value['__typename'].endsWith('Error');

const idempotencyKeyOf = ({ headers }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key : undefined;
};

const answer = (
  reply: FastifyReply,
  route: CompiledRoute,
  { data, errors }: ExecutionResult,
  context: EdgeContext,
): void => {
  const [error] = errors ?? [];
  if (error !== undefined) {
    sendProblem(reply, problemOfError(error.message, error.extensions), error.extensions);
    return;
  }
  const value = data?.[route.field] as Readonly<Record<string, unknown>> | null | undefined;
  if (value === null || value === undefined) {
    const code = context.viewer.kind === 'guest' ? 'NOT_AUTHENTICATED' : 'NOT_FOUND';
    const message =
      code === 'NOT_FOUND'
        ? `There is nothing at ${reply.request.url}, or it is not yours.`
        : `There is nothing at ${reply.request.url} without an access token.`;
    sendProblem(
      reply,
      problemOfError(message, { code: route.pathParameters.length > 0 ? 'NOT_FOUND' : code }),
    );
    return;
  }
  if (isRejection(value)) {
    sendProblem(reply, problemOfRejection(value));
    return;
  }
  const content = { ...value, __typename: undefined };
  void reply
    .code(route.status ?? 200)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(content));
};

/** Serves compiled routes at the prefix of `app`. Their limits, prices, deadlines and traces are those of GraphQL. */
export const registerRoutes = (
  app: FastifyInstance,
  routes: readonly CompiledRoute[],
  operations: OperationsOverHttp,
): void => {
  const onRequest = operations.demandPaid(sendError);
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const { statusCode: status = 500, code, message } = error;
    if (status >= 500) sendError(reply, error, await operations.contextOf(request));
    else sendProblem(reply, { ...problemOfError(message, { code: requestErrorCodeOf(code) }), status });
    return reply;
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `There is no ${request.method} ${request.url}. The routes are at /api/docs.`;
    sendProblem(reply, problemOfError(message, { code: 'NOT_FOUND' }));
    return reply;
  });
  for (const route of routes)
    app.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      onRequest,
      config: { access: 'by-field' },
      handler: async (request, reply) => {
        const context = await operations.contextOf(request);
        try {
          const result = await operations.run(request, context, () => ({
            query: route.document,
            operationName: undefined,
            variables: route.variablesOf({
              params: request.params as Readonly<Record<string, string>>,
              query: request.query as Readonly<Record<string, unknown>>,
              body: request.body,
              idempotencyKey: idempotencyKeyOf(request),
            }),
            mayWrite: request.method !== 'GET' && request.method !== 'HEAD',
          }));
          answer(reply, route, result, context);
        } catch (error) {
          sendError(reply, error, context);
        }
      },
    });
};
