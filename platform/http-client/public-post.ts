import { Resolver } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../clock';
import { isPublicAddress, isWithin, LOOPBACK } from '../network-list';
import { readSome, withinLimits, type HttpAnswer, type HttpPost, type PostOverHttp } from './exchange';

/** The reason why messages are not sent to a URL that a stranger has chosen. */
export type UrlProblem = 'malformed' | 'not-https' | 'credentials' | 'unresolvable' | 'not-public';

/** Returns all addresses of a host name; none where it has none. */
export type LookUp = (hostname: string) => Promise<readonly string[]>;

export type PublicUrls = {
  /** Returns why a URL may not be posted to; undefined where it may. The answer may change with the host's addresses. */
  readonly problemOf: (url: string) => Promise<UrlProblem | undefined>;
  /** Posts to a public address. Redirects are not followed. The address that is checked is the one that is connected to. */
  readonly post: PostOverHttp;
};

export type PublicUrlsDeps = {
  readonly clock: Clock;
  /** Whether addresses of this machine are permitted, also over `http`. For development and tests. */
  readonly allowsLoopback: boolean;
  readonly lookUp?: LookUp;
};

const URL_LENGTH_MAX = 2_000;
const LOCALHOST = ['127.0.0.1', '::1'];

/**
 * Asks the name servers. The system's own look-up would take threads that files and hashing need, for as long as a foreign name
 * server is silent, and would read names of this machine's network from a file.
 */
const lookUpInDns: LookUp = async (hostname) => {
  if (hostname === 'localhost') return LOCALHOST;
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};

/** Returns the host as an address or a name: an IPv6 address without brackets, a name without the dot at its end. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** Returns the addresses in the form that the runtime demands. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first = { address: '', family: 4 }] = found;
    if (all === true) callback(null, found);
    else callback(null, first.address, first.family);
  };

/** Sends one request, and checks the address of the connection before anything is written to it. */
const send = (
  { url, headers, body }: HttpPost,
  options: Pick<RequestOptions, 'lookup' | 'signal'>,
  isPermitted: (address: string) => boolean,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const lengths = { 'content-length': String(body.length) };
    // Without an agent, because a pooled connection would be one that was checked for another message.
    const all = { ...options, method: 'POST', agent: false, headers: { ...headers, ...lengths } };
    const sent = request(url, all, resolve);
    sent.on('error', reject);
    // An answer that switches protocols ends the connection without an error; after an answer this changes nothing.
    sent.on('close', () => reject(new Error('the connection ended without an answer')));
    sent.on('socket', (socket) =>
      socket.once('connect', () => {
        if (!isPermitted(socket.remoteAddress ?? '')) sent.destroy(new Error('its address is not public'));
      }),
    );
    sent.end(body);
  });

const problems: Readonly<Record<UrlProblem, string>> = {
  malformed: 'the URL is malformed',
  'not-https': 'the URL is not https',
  credentials: 'the URL has credentials',
  unresolvable: 'the host has no address',
  'not-public': 'the host has an address that is not public',
};

/** Makes the only way by which messages go to URLs that strangers have chosen (ADR 46). */
export const publicUrls = ({ clock, allowsLoopback, lookUp = lookUpInDns }: PublicUrlsDeps): PublicUrls => {
  const isLoopback = (address: string): boolean => allowsLoopback && isWithin(address, LOOPBACK);
  const isPermitted = (address: string): boolean => isPublicAddress(address) || isLoopback(address);

  /** Returns the permitted addresses of a URL. One address that is not permitted is enough for a problem. */
  const check = async (text: string): Promise<UrlProblem | readonly string[]> => {
    if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) return 'malformed';
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not-https';
    if (url.username !== '' || url.password !== '') return 'credentials';
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await lookUp(host) : [host];
    if (addresses.length === 0) return 'unresolvable';
    if (url.protocol === 'http:' && !addresses.every(isLoopback)) return 'not-https';
    return addresses.every(isPermitted) ? addresses : 'not-public';
  };

  const exchange = async (post: HttpPost, signal: AbortSignal): Promise<HttpAnswer> => {
    const addresses = await check(post.url);
    if (typeof addresses === 'string') throw new Error(problems[addresses]);
    signal.throwIfAborted();
    const answer = await send(post, { lookup: pinned(addresses), signal }, isPermitted);
    return { status: answer.statusCode ?? 0, body: await readSome(answer as AsyncIterable<Uint8Array>) };
  };

  return {
    problemOf: async (url) => {
      const found = await check(url);
      return typeof found === 'string' ? found : undefined;
    },
    post: (post) => withinLimits(clock, post, (signal) => exchange(post, signal)),
  };
};
