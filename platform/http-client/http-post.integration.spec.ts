import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { realClock } from '../clock';
import { ANSWER_BYTES_MAX, createHttpPost } from './index';

const post = createHttpPost(realClock);
const body = Buffer.from('{"a":1}');

describe('posting over HTTP', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends headers and bytes, and gives back status and text', async () => {
    answer = (request, response) => {
      request.setEncoding('utf8');
      let text = '';
      request.on('data', (part: string) => (text += part));
      request.on('end', () => {
        response
          .writeHead(202)
          .end(`${request.method} ${request.url} ${String(request.headers['x-mark'])} ${text}`);
      });
    };
    const answered = await post({ url, headers: { 'x-mark': 'ours' }, body, timeoutMs: 5_000 });
    expect(answered).toEqual({ status: 202, body: 'POST /notices ours {"a":1}' });
  });

  it('follows no redirect', async () => {
    answer = (_, response) => response.writeHead(307, { location: url }).end();
    expect((await post({ url, headers: {}, body, timeoutMs: 5_000 })).status).toBe(307);
  });

  it('cuts an answer that has no end', async () => {
    answer = (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), more);
      };
      more();
    };
    const answered = await post({ url, headers: {}, body, timeoutMs: 5_000 });
    expect(answered.body).toHaveLength(ANSWER_BYTES_MAX);
  });

  it('waits at most for the time limit', async () => {
    answer = () => undefined;
    await expect(post({ url, headers: {}, body, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
  });

  it('reports that no server is there', async () => {
    const nobody = { url: 'http://127.0.0.1:1/', headers: {}, body, timeoutMs: 5_000 };
    await expect(post(nobody)).rejects.toMatchObject({ code: 'PEER_UNAVAILABLE' });
    await expect(post({ ...nobody, url, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'PEER_UNAVAILABLE',
    });
  });
});
