import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { closeWhenAnswered } from './close-when-answered';

describe('a server that closes', () => {
  it('answers what is under way, and ends its connection with the answer', async () => {
    const app = Fastify({ forceCloseConnections: 'idle' });
    closeWhenAnswered(app);
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((resolve) =>
      app.get('/slow', async () => {
        resolve();
        await new Promise<void>((done) => (answer = done));
        return 'done';
      }),
    );
    const closing = new Promise<void>((resolve) =>
      app.addHook('preClose', (done) => {
        resolve();
        done();
      }),
    );
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    // The client would keep the connection for ever.
    const agent = new Agent({ keepAlive: true });
    const seen = new Promise<{ status: number | undefined; connection: string | undefined }>(
      (resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/slow', agent }, (response) => {
          response.resume();
          response.on('end', () =>
            resolve({ status: response.statusCode, connection: response.headers.connection }),
          );
        })
          .on('error', reject)
          .end();
      },
    );
    await asked;
    const closed = app.close();
    await closing;
    answer!();
    expect(await seen).toEqual({ status: 200, connection: 'close' });
    await closed;
    agent.destroy();
  });
});
