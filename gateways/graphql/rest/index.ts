import type { FastifyInstance } from 'fastify';
import type { EdgeServices } from '../context';
import type { OperationsOverHttp } from '../operations/operation-over-http';
import { createPage, servePage } from '../pages';
import { edgeSchema } from '../schema';
import { openApiOf, type Json } from './openapi';
import { referenceBody } from './reference-page';
import { registerRoutes } from './register-routes';
import { compileRoutes, type CompiledRoute } from './rest-route';
import { restRoutes } from './routes';
import { registerUpload } from './upload-picture';
import { uploadPaths } from './upload-openapi';

/** The prefix of all addresses here. */
export const API_PATH = '/api';
const ROUTES_PATH = '/v1';
const PREFIX = `${API_PATH}${ROUTES_PATH}`;

let compiled: readonly CompiledRoute[] | undefined;
/** Compiled once: the routes and the schema depend on nothing that a process configures. */
const routes = (): readonly CompiledRoute[] => (compiled ??= compileRoutes(restRoutes, edgeSchema()));

/** Returns the OpenAPI document of the routes that are served. */
export const restDocument = (): Json => openApiOf(routes(), edgeSchema(), PREFIX, uploadPaths);

type Description = { readonly json: string; readonly html: string };

/** Describes the routes for programs and for people. */
const describe = (): Description => {
  const openApi = restDocument();
  return {
    json: JSON.stringify(openApi),
    html: createPage('Waybill: REST routes', referenceBody(routes(), PREFIX, openApi)),
  };
};

let made: Description | undefined;
/** Made at the first request: a start does not wait for it. */
const description = (): Description => (made ??= describe());

/** Serves the REST routes under `v1` of the prefix of `app`, which is `API_PATH`, and what describes them beside it. */
export const registerRest = (
  app: FastifyInstance,
  services: EdgeServices,
  operations: OperationsOverHttp,
): void => {
  void app.register(
    (scope, _options, done) => {
      registerRoutes(scope, routes(), operations);
      done();
    },
    { prefix: ROUTES_PATH },
  );
  void app.register(
    (scope, _options, done) => {
      registerUpload(scope, services, operations);
      done();
    },
    { prefix: ROUTES_PATH },
  );
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(description().json),
  );
  servePage(app, '/docs', () => description().html);
};
