import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { clusterJson, endpointOf, SERVER_VERSION } from './cluster';
import type { Member } from './cluster';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

const json = (response: ServerResponse, body: object): void => {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
};

const info = {
  dbVersion: SERVER_VERSION,
  esVersion: SERVER_VERSION,
  state: 'leader',
  features: { projections: false, userManagement: false, atomPub: false },
  authentication: { type: 'insecure', properties: {} },
};

const answer = (request: IncomingMessage, response: ServerResponse, member: Member): void => {
  const [path] = (request.url ?? '/').split('?');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead) response.writeHead(405, { allow: 'GET, HEAD' }).end();
  else if (path === '/health/live' || path === '/health/ready') response.writeHead(204).end();
  else if (path === '/gossip')
    json(
      response,
      clusterJson(member, endpointOf(request.headers.host ?? '', request.socket.localPort ?? 0)),
    );
  else if (path === '/info') json(response, info);
  else if (path === '/ping') json(response, { text: 'Ping request successfully handled' });
  else response.writeHead(404).end();
};

/** Serves the few pages for health checks and clients; it gets its connections and does not listen. */
export const httpServer = (member: Member): Server => {
  const server = createServer((request, response) => answer(request, response, member));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return server;
};
