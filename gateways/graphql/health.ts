import type { FastifyInstance, FastifyReply } from 'fastify';
import type { EdgeDeps } from './deps';

/** `live`: the process answers. `ready`: so does all that it needs. `/health` is the latter, for people and old monitors. */
export const registerHealth = (
  app: FastifyInstance,
  { readiness, metrics }: Pick<EdgeDeps, 'readiness' | 'metrics'>,
): void => {
  const ready = async (reply: FastifyReply): Promise<FastifyReply> => {
    const { ready: isReady, standby = false, parts } = await readiness();
    const status = !isReady ? 'waiting' : standby ? 'standby' : 'ready';
    return reply.code(isReady ? 200 : 503).send({ status, parts });
  };
  app.get('/health/live', (_request, reply) => reply.send({ status: 'live' }));
  app.get('/health/ready', (_request, reply) => ready(reply));
  app.get('/health', (_request, reply) => ready(reply));
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.contentType).send(await metrics.metrics()),
  );
};
