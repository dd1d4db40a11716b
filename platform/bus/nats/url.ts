import { Fault } from '../../faults';

/** The servers and the credentials of a URL. */
export type NatsAddress = {
  /** host:port of one or more servers of a cluster. */
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  readonly token?: string | undefined;
};

const EXAMPLE = 'nats://name:password@host:4222,nats://host-2:4222';
const DEFAULT_PORT = '4222';

const misconfigured = (what: string): Fault =>
  new Fault('CONFIG_INVALID', `WAYBILL_BUS ${what}. Set it to a URL such as ${EXAMPLE}`);

const urlOf = (text: string, position: number): URL => {
  // Not the text itself: it may contain a password.
  if (!URL.canParse(text)) throw misconfigured(`can't be read (server ${position + 1})`);
  const url = new URL(text);
  if (!['nats:', 'tls:'].includes(url.protocol)) throw misconfigured('is no nats:// or tls:// URL');
  if (url.hostname === '') throw misconfigured(`names no host (server ${position + 1})`);
  if (!['', '/'].includes(url.pathname) || url.search !== '')
    throw misconfigured('has more than servers, a name and a password');
  return url;
};

/**
 * Parses `nats://[name:password@|token@]host[:port]`, or several, separated by commas; `tls://` for an encrypted
 * connection. The first credentials are used for all servers.
 *
 * @throws Fault `CONFIG_INVALID` that says what to set, and never repeats a password.
 */
export const natsAddressOf = (text: string): NatsAddress => {
  const urls = text.split(',').map((part, position) => urlOf(part.trim(), position));
  const named = urls.find(({ username }) => username !== '');
  const user = decodeURIComponent(named?.username ?? '');
  const pass = decodeURIComponent(named?.password ?? '');
  const credentials = user === '' ? {} : pass === '' ? { token: user } : { user, pass };
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
    tls: urls.some(({ protocol }) => protocol === 'tls:'),
    ...credentials,
  };
};
