import Fastify, { type FastifyError, type FastifyInstance, type FastifyPluginCallback } from 'fastify';
import { createGates, createTurns } from '../../platform/concurrency';
import { uuidV7 } from '../../platform/ids';
import { createRateLimit } from '../../platform/rate-limit';
import { demandRouteAccess } from '../../platform/route-access';
import { boundedLogger } from '../../platform/telemetry';
import { createAccess } from './access/access';
import { createAttempts } from './access/login-throttle';
import { boundConnections } from './live/bound-connections';
import { closeWhenAnswered } from './operations/close-when-answered';
import { createChanges } from './live/change-feed';
import { allowListedOrigins } from './access/cors';
import { EdgeContext, type EdgeServices } from './context';
import type { EdgeDeps } from './deps';
import { createDeviceTokens } from './access/device-tokens';
import { createLoaders } from './readers/loaders';
import { createDocuments } from './operations/operation-cache';
import { registerGraphqlHttp } from './operations/graphql-http';
import { createGraphqlSocket } from './live/graphql-socket';
import { registerHealth } from './health';
import { defaultLimits } from './operations/limits';
import { createLongWork } from './operations/long-work';
import { mask } from './operations/error-formatting';
import { registerMedia } from './media';
import { answerTypeOf } from './operations/media-type';
import { createMetrics } from './metrics';
import { createOperationsOverHttp } from './operations/operation-over-http';
import { createExecute, demandValid } from './operations/execute-operation';
import { cacheIntrospection } from './operations/introspection-cache';
import { COST_PER_TURN, observed } from './operations/run-operation';
import { createOrigins } from './access/origins';
import { registerPages } from './pages';
import { createPast } from './readers/past';
import { createPrices } from './operations/pricing';
import { requestErrorCodeOf, type RequestErrorCode } from './operations/request-errors';
import { API_PATH, registerRest } from './rest';
import { edgeSchema } from './schema';
import { setSecurityHeaders } from './access/security-headers';
import { createSubscriptions } from './live/subscriptions';
import { createTokens } from './access/tokens';
import { createDocumentOf } from './operations/trusted-documents';
import { guest } from './access/caller';

const servicesOf = (deps: EdgeDeps): EdgeServices => {
  const limits = { ...defaultLimits, ...deps.limits };
  return {
    ...deps,
    limits,
    logger: boundedLogger(deps.logger, deps.clock),
    tokenIssuer: createTokens(deps.tokens, deps.clock),
    origins: createOrigins(deps.allowedOrigins ?? [], deps.trustProxy ?? false),
    deviceTokens: createDeviceTokens(deps.tokens, deps.clock),
    live: createChanges(deps.changes),
    attempts: createAttempts(limits, deps.clock),
    past: createPast(deps),
    access: deps.access ?? createAccess(deps.readers, deps.clock),
    loaders: createLoaders(deps.readers, () => uuidV7(deps.clock, deps.random)),
  };
};

/** Answers requests that Fastify rejects, and errors that no route handles, with GraphQL errors, so that clients read one shape. */
const registerErrorHandler = (app: FastifyInstance, services: EdgeServices): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    const masked =
      status >= 500
        ? mask(error, new EdgeContext(services, guest, request.ip))
        : { message: error.message, extensions: { code: requestErrorCodeOf(error.code) } };
    const { contentType } = answerTypeOf(
      request.url.startsWith('/graphql') ? request.headers.accept : undefined,
    );
    return reply
      .code(status)
      .header('content-type', contentType)
      .send({ errors: [masked] });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      errors: [
        {
          message: `There is no ${request.method} ${request.url}`,
          extensions: { code: 'NOT_FOUND' satisfies RequestErrorCode },
        },
      ],
    }),
  );
};

const createServer = ({ limits, trustProxy }: EdgeServices): FastifyInstance =>
  Fastify({
    logger: false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.stalledMs,
    // One hop: the address that our own proxy saw, not what the client claims.
    trustProxy: trustProxy === true && ((_address, hop) => hop === 0),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });

const GRAPHQL_PATH = '/graphql';

/**
 * Creates the server for client apps: GraphQL over HTTP and WebSockets, a page to try it, health and metrics. `deps.plugins` may
 * add routes.
 *
 * @returns a server that is not listening yet; `close()` answers the requests in flight and closes all sockets.
 */
export const createEdge = (deps: EdgeDeps): FastifyInstance => {
  const services = servicesOf(deps);
  const { limits, clock, live } = services;
  const app = createServer(services);
  const schema = edgeSchema();
  const longWork = createLongWork(clock, limits);
  const documents = createDocuments(schema, limits, longWork);
  const metrics = createMetrics(app, deps.metrics);
  const rate = createRateLimit(limits.rate, clock);
  const prices = createPrices(limits.workRate, clock, () => metrics.refused('work'));
  const places = createGates('the operations of an address', limits.inFlightPerAddress);
  const executeValid = cacheIntrospection(createExecute(schema, limits), limits, longWork);
  const execute = observed(demandValid(executeValid), { places, turns: createTurns(COST_PER_TURN) }, metrics);
  const documentOf = createDocumentOf(deps.trustedDocuments);
  const operationDeps = { services, documents, execute, rate, prices, metrics };
  const operations = createOperationsOverHttp(operationDeps);
  const subscriptions = createSubscriptions(services, prices);
  const socket = createGraphqlSocket({ ...operationDeps, documentOf, schema, subscriptions });
  if (deps.trustProxy !== true)
    boundConnections(app.server, limits.connectionsPerAddressMax, () => metrics.refused('connections'));

  demandRouteAccess(app);
  setSecurityHeaders(app);
  registerErrorHandler(app, services);
  const forOtherOrigins =
    (register: (scope: FastifyInstance) => void): FastifyPluginCallback =>
    (scope, _options, done) => {
      // A form of another site can send text/plain without a preflight. JSON needs one.
      scope.removeContentTypeParser('text/plain');
      allowListedOrigins(scope, services.origins);
      register(scope);
      done();
    };
  void app.register(
    forOtherOrigins((scope) => registerGraphqlHttp(scope, { operations, documentOf })),
    { prefix: GRAPHQL_PATH },
  );
  void app.register(
    forOtherOrigins((scope) => registerRest(scope, services, operations)),
    { prefix: API_PATH },
  );
  registerMedia(app, services);
  registerHealth(app, deps);
  // The page sends what its visitor writes.
  if (!deps.trustedDocuments.only) registerPages(app);
  for (const plugin of deps.plugins ?? []) void app.register(plugin);

  app.addHook('onReady', async () => {
    await live.start();
    socket.attach(app.server);
  });
  closeWhenAnswered(app);
  app.addHook('preClose', () => socket.close());
  app.addHook('onClose', () => live.stop());
  return app;
};
