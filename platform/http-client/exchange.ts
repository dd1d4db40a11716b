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

/** Returns the text of a body, at most its first `ANSWER_BYTES_MAX`. */
export const readSome = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString();
};

/** Returns the part of a URL that has no secret: paths and queries of strangers' URLs may be credentials. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'The URL');

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};

/**
 * Runs an exchange within its time limit, until its stop signal aborts, even if the exchange itself never ends.
 *
 * @throws as `PostOverHttp`.
 */
export const withinLimits = async (
  clock: Clock,
  { url, timeoutMs, signal }: Pick<HttpPost, 'url' | 'timeoutMs' | 'signal'>,
  exchange: (signal: AbortSignal) => Promise<HttpAnswer>,
): Promise<HttpAnswer> => {
  const cancel = new AbortController();
  const late = new Fault('DEADLINE_EXCEEDED', `${originOf(url)} did not answer within ${timeoutMs} ms`);
  const timer = clock.after(timeoutMs as Millis, () => cancel.abort(late));
  const stop = (): void => cancel.abort(signal?.reason);
  const aborted = new Promise<never>((_resolve, reject) =>
    cancel.signal.addEventListener('abort', () => reject(cancel.signal.reason as Error), { once: true }),
  );
  if (signal) {
    // Many posts share one stop signal, each for its own duration.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  }
  try {
    return await Promise.race([exchange(cancel.signal), aborted]);
  } catch (cause) {
    if (cancel.signal.reason === late) throw late;
    throw new Fault('PEER_UNAVAILABLE', `${originOf(url)} cannot be reached: ${reasonOf(cause)}`, { cause });
  } finally {
    timer.cancel();
    signal?.removeEventListener('abort', stop);
  }
};
