import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { contentSecurityPolicy } from '../../platform/content-security-policy';

/**
 * Lets a page load scripts, styles and data of this server, and pictures that a seller has linked to. No inline script or
 * style, so that text of a stranger can never run.
 */
const policy = contentSecurityPolicy({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: https:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
});

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const forEver = `public, max-age=${YEAR_SECONDS}, immutable`;

/** Names of files in this folder contain a hash of their content. */
const HASHED = '/assets/';
const FRAME = '/*';

const notBuilt = `<!doctype html><html lang="en"><title>Waybill</title>
<p>The pages are not built. Run <code>npm run build</code>, and start again. The API works: <a href="/graphiql">/graphiql</a>.</p></html>
`;

const sendPage = (reply: FastifyReply, status: number, html: string | Buffer): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-cache')
    .send(html);

/**
 * Serves the web pages that `npm run build` has put into `directory`: files with a hash in their name are cached for ever, and
 * compressed copies are sent to browsers that read them. Every other address that a browser opens gets the frame of the pages,
 * which shows the page of the address; other clients get `NOT_FOUND`.
 */
export const servePages =
  (directory: string): FastifyPluginAsync =>
  async (app) => {
    const isBuilt = existsSync(join(directory, 'index.html'));
    const frame = isBuilt ? await readFile(join(directory, 'index.html')) : notBuilt;
    const status = isBuilt ? 200 : 503;
    if (isBuilt)
      await app.register(staticFiles, {
        root: directory,
        index: false,
        wildcard: false,
        globIgnore: ['**/index.html*'],
        preCompressed: true,
        cacheControl: false,
      });
    // Not by the plugin for files: the headers that the server sets for every answer would replace its own.
    app.addHook('onSend', (request, reply, _body, done) => {
      const file = request.routeOptions.url ?? FRAME;
      if (file !== FRAME && reply.statusCode < 400)
        reply
          .header('cache-control', file.startsWith(HASHED) ? forEver : 'no-cache')
          .header('vary', 'accept-encoding');
      done();
    });
    app.get(FRAME, (request, reply) =>
      request.headers.accept?.includes('text/html') === true
        ? sendPage(reply, status, frame)
        : reply.callNotFound(),
    );
  };
