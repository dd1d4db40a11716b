import type { FastifyInstance } from 'fastify';
import { isFileName, type FileStore } from '../../platform/files';
import { isFault } from '../../platform/faults';
import type { Logger } from '../../platform/telemetry';
import { MEDIA_PATH } from './schema/pictures';

const SUFFIX = '.webp';
const UNREADABLE = 'unreadable';
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const forEver = `public, max-age=${YEAR_SECONDS}, immutable`;

/** Serves uploaded pictures. Each is at the hash of its content, so it never changes and caches keep it for ever. */
export const registerMedia = (
  app: FastifyInstance,
  { files, logger }: { readonly files: Pick<FileStore, 'get'>; readonly logger: Logger },
): void => {
  app.get<{ Params: { '*': string } }>(`${MEDIA_PATH}/*`, async (request, reply) => {
    const { '*': file } = request.params;
    const name = file.slice(0, -SUFFIX.length);
    if (!file.endsWith(SUFFIX) || !isFileName(name)) {
      reply.callNotFound();
      return reply;
    }
    const tag = `"${name}"`;
    // Pages of other origins, to which the API is open, show the pictures too.
    const headers = {
      'cache-control': forEver,
      etag: tag,
      'cross-origin-resource-policy': 'cross-origin',
    };
    if (request.headers['if-none-match'] === tag) return reply.code(304).headers(headers).send();
    const bytes = await files.get(name).catch((error: unknown) => {
      if (!isFault(error)) throw error;
      logger.error({ error, name }, 'A picture cannot be read');
      return UNREADABLE;
    });
    if (bytes === UNREADABLE) return reply.code(503).header('retry-after', 5).send();
    if (bytes === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply.headers(headers).type('image/webp').send(bytes);
  });
};
