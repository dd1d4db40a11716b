import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import type { RejectionCode } from '../../../commands/rejections';
import type { EdgeContext } from '../context';
import { requestErrorCodeOf } from '../operations/request-errors';
import type { OperationsOverHttp } from '../operations/operation-over-http';
import { codeOfErrorType } from '../schema/user-errors';
import { problemOfError, problemOfRejection } from './problem';
import type { CompiledRoute, RestFile } from './rest-route';
import { sendError, sendProblem } from './send-problem';

const isRejection = (
  value: Readonly<Record<string, unknown>>,
): value is { readonly code: RejectionCode; readonly message: string } =>
  typeof value['__typename'] === 'string' && codeOfErrorType(value['__typename']) !== undefined;

const idempotencyKeyOf = ({ headers }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key'];
  return typeof key === 'string' ? key : undefined;
};

const sendFile = async (reply: FastifyReply, file: RestFile, value: object): Promise<void> => {
  const { name, content } = await file.make(value as never);
  void reply
    .header('content-type', file.contentType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .send(content);
};

const answer = async (
  reply: FastifyReply,
  route: CompiledRoute,
  { data, errors }: ExecutionResult,
  context: EdgeContext,
): Promise<void> => {
  const [error] = errors ?? [];
  if (error !== undefined) {
    sendProblem(reply, problemOfError(error.message, error.extensions), error.extensions);
    return;
  }
  const value = data?.[route.field] as Readonly<Record<string, unknown>> | null | undefined;
  if (value === null || value === undefined) {
    const { url } = reply.request;
    // What has no id in its path is the caller's own.
    const needsAccount = context.viewer.kind === 'guest' && route.pathParameters.length === 0;
    const problem = needsAccount
      ? problemOfError(`There is nothing at ${url} without an access token.`, { code: 'NOT_AUTHENTICATED' })
      : problemOfError(`There is nothing at ${url}, or it is not yours.`, { code: 'NOT_FOUND' });
    sendProblem(reply, problem);
    return;
  }
  if (isRejection(value)) {
    sendProblem(reply, problemOfRejection(value));
    return;
  }
  if (route.file !== undefined) {
    await sendFile(reply, route.file, value);
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
            mayWrite: route.method !== 'GET',
          }));
          await answer(reply, route, result, context);
        } catch (error) {
          sendError(reply, error, context);
        }
        return reply;
      },
    });
};
