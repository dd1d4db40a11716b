import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Origins } from './origins';

/** Headers of an answer that a page of another origin may read, besides those that browsers always show. */
const EXPOSED_HEADERS = ['retry-after', 'www-authenticate'];
/** The time for which a browser may cache the answer to a preflight request. */
const PREFLIGHT_MAX_AGE_S = 600;

/**
 * Lets web pages of the listed origins use the routes of `app`. A page may send any header, because the origin decides. Cookies
 * are not part of it: access tokens come in `authorization`, which the page itself sets. Pages of other origins get no CORS
 * headers, so that their browser refuses the request or hides the answer.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const allowListedOrigins = (app: FastifyInstance, origins: Origins): void => {
  void app.register(cors, {
    origin: (origin, answer) => answer(null, origins.isListed(origin)),
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    credentials: false,
    maxAge: PREFLIGHT_MAX_AGE_S,
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (origins.isListed(request.headers.origin))
      reply.header('cross-origin-resource-policy', 'cross-origin');
    done();
  });
};
