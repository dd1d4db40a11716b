import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock';
import { listen } from '../../platform/listen';
import { withSpan, type Logger } from '../../platform/telemetry';
import type { Dialect } from './dialects/dialect';
import type { Notice, Standing } from './words';

export type NoticeServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Stores the notice and returns the present state of its shipment; the request is answered when this returns. */
  readonly onNotice: (notice: Notice, traceparent: string | undefined) => Standing | undefined;
};

const BODY_BYTES_MAX = 64 * 1024;

/** @returns undefined for a body that is too large. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const singleHeaders = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  { dialect, clock, onNotice }: NoticeServerOptions,
): Promise<void> => {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (request.method === 'GET' && path === '/health') {
    answer(response, 200, { status: 'ok' });
    return;
  }
  if (request.method !== 'POST') {
    answer(response, 405, { error: 'POST a notice.' });
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    answer(response, 413, { error: 'A notice has at most 64 KiB.' });
    return;
  }
  const headers = singleHeaders(request);
  const { traceparent } = headers;
  return withSpan('carrier notice', { kind: 'server', parent: traceparent }, async () => {
    const parsed = dialect.parse({ path, headers, body, now: clock.now() });
    const standing = parsed.notice && onNotice(parsed.notice, traceparent);
    const { status, body: content } = parsed.answerFor?.(standing) ?? parsed;
    answer(response, status, content);
    return Promise.resolve();
  });
};

/** Listens for the shop's notices. */
export const startNoticeServer = async (
  options: NoticeServerOptions,
): Promise<{ server: Server; port: number }> => {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    serve(request, response, options).catch((error: unknown) => {
      options.logger.error({ error }, 'A notice could not be taken.');
      if (!response.headersSent) answer(response, 500, { error: 'Try again.' });
    });
  });
  const { port } = await listen(server, { host: options.host, port: options.port }, 'carrierPort');
  return { server, port };
};
