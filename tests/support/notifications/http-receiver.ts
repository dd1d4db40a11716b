import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedPost = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};
/** `hang`: the request gets no answer. */
export type Answered = { readonly status: number; readonly body: string } | 'hang';

/** An HTTP server on this machine that answers each POST as a function says. */
export class HttpReceiver {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(answer: (post: ReceivedPost) => Answered): Promise<HttpReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { headers, url: path = '/' } = request;
        const answered = answer({ path, headers, body: Buffer.concat(chunks) });
        if (answered === 'hang') return;
        response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answered.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HttpReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
