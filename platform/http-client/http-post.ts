import type { Clock } from '../clock';
import { readSome, withinLimits, type PostOverHttp } from './exchange';

/**
 * Posts with the runtime's own HTTP client. Redirects are not followed, because a signed message is for one address.
 */
export const createHttpPost =
  (clock: Clock): PostOverHttp =>
  (post) =>
    withinLimits(clock, post, async (signal) => {
      const { url, headers, body } = post;
      const init = { method: 'POST', headers, body: Buffer.from(body), redirect: 'manual' } as const;
      const answer = await fetch(url, { ...init, signal });
      const text = answer.body as unknown as AsyncIterable<Uint8Array> | null;
      return { status: answer.status, body: text === null ? '' : await readSome(text) };
    });
