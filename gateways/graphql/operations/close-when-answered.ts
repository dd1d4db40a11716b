import type { FastifyInstance } from 'fastify';

/**
 * Has a server that is closing say so with each answer that was still under way, so that its connection ends with it. Without
 * this such a connection stays open until the client gives it up, and closing waits for that.
 */
export const closeWhenAnswered = (app: FastifyInstance): void => {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done(null, payload);
  });
};
