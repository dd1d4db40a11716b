import type { FastifyInstance } from 'fastify';

/**
 * The callers of a route: those that each field of GraphQL declares, every account, a carrier or a payment provider that proves
 * its identity, or a payer who knows the name of a test payment.
 */
export type RouteAccess = 'by-field' | 'account' | 'carrier' | 'payment-provider' | 'payer';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
  }
}

const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Makes the server refuse to start with a route that changes something and does not declare who may use it. */
export const demandRouteAccess = (app: FastifyInstance): void => {
  app.addHook('onRoute', ({ method, url, config }) => {
    const methods = [method].flat();
    if (config?.access === undefined && methods.some((one) => !READING.includes(one)))
      throw new Error(`The route ${methods.join()} ${url} does not declare who may use it`);
  });
};
