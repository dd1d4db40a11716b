import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { OperationsOverHttp } from '../operation-over-http';
import { createPage, servePage } from '../pages';
import { openApiOf, type Json } from './openapi';
import { referenceBody } from './reference-page';
import { registerRoutes } from './register-routes';
import { compileRoutes, type CompiledRoute } from './rest-route';
import { restRoutes } from './routes';

/** The prefix of all addresses here. */
export const API_PATH = '/api';
const ROUTES_PATH = '/v1';
const PREFIX = `${API_PATH}${ROUTES_PATH}`;

/** Returns the OpenAPI document of the routes that are served. */
export const restDocument = (schema: GraphQLSchema): Json =>
  openApiOf(compileRoutes(restRoutes, schema), schema, PREFIX);

/** Describes routes for programs and for people. */
const describe = (
  routes: readonly CompiledRoute[],
  schema: GraphQLSchema,
): { readonly json: string; readonly html: string } => {
  const openApi = openApiOf(routes, schema, PREFIX);
  return {
    json: JSON.stringify(openApi),
    html: createPage('Waybill: REST routes', referenceBody(routes, PREFIX, openApi)),
  };
};

/** Serves the REST routes under `v1` of the prefix of `app`, which is `API_PATH`, and what describes them beside it. */
export const registerRest = (
  app: FastifyInstance,
  schema: GraphQLSchema,
  operations: OperationsOverHttp,
): void => {
  const routes = compileRoutes(restRoutes, schema);
  let made: { readonly json: string; readonly html: string } | undefined;
  /** Made at the first request: a start does not wait for it. */
  const description = () => (made ??= describe(routes, schema));
  void app.register(
    (scope, _options, done) => {
      registerRoutes(scope, routes, operations);
      done();
    },
    { prefix: ROUTES_PATH },
  );
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(description().json),
  );
  servePage(app, '/docs', () => description().html);
};
