import { setMaxListeners } from 'node:events';
import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import { Fault } from '../faults';

export type HttpPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The time limit of the whole exchange, to the answer's last byte. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** An answer. `body`: text of at most `ANSWER_BYTES_MAX`; longer answers are cut, because none of ours needs more. */
export type HttpAnswer = { readonly status: number; readonly body: string };

/** @throws Fault `PEER_UNAVAILABLE` with the cause if there is no answer; `DEADLINE_EXCEEDED` if it takes too long. */
export type PostOverHttp = (request: HttpPost) => Promise<HttpAnswer>;

export const ANSWER_BYTES_MAX = 64 * 1024;

const readSome = async (answer: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (answer.body === null) return '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString();
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};

/**
 * Posts with the runtime's own HTTP client. Redirects are not followed, because a signed message is for one address.
 */
export const createHttpPost =
  (clock: Clock): PostOverHttp =>
  async ({ url, headers, body, timeoutMs, signal }) => {
    const cancel = new AbortController();
    const late = new Fault('DEADLINE_EXCEEDED', `${url} did not answer within ${timeoutMs} ms`);
    const timer = clock.after(timeoutMs as Millis, () => cancel.abort(late));
    const stop = (): void => cancel.abort(signal?.reason);
    if (signal) {
      // Many posts share one stop signal, each for its own duration.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    }
    try {
      const init = { method: 'POST', headers, body: Buffer.from(body), redirect: 'manual' } as const;
      const answer = await fetch(url, { ...init, signal: cancel.signal });
      return { status: answer.status, body: await readSome(answer) };
    } catch (cause) {
      if (cause === late) throw late;
      throw new Fault('PEER_UNAVAILABLE', `${url} cannot be reached: ${reasonOf(cause)}`, { cause });
    } finally {
      timer.cancel();
      signal?.removeEventListener('abort', stop);
    }
  };
