import { existsSync, readFileSync } from 'node:fs';
import type {
  ChannelCredentialOptions,
  Credentials,
  DNSClusterOptions,
  GossipClusterOptions,
  SingleNodeOptions,
} from '@eventstore/db-client';
import { Fault } from '../../faults';
import { isLoopback } from '../../listen';

/** The arguments of the client. */
export type ClientSettings = {
  readonly connection: SingleNodeOptions | GossipClusterOptions | DNSClusterOptions;
  readonly tls: ChannelCredentialOptions;
  readonly credentials?: Credentials;
  /** For messages and logs: hosts and scheme, never a password. */
  readonly shown: string;
  /** Warnings about permitted but surprising options, one sentence each. */
  readonly warnings: readonly string[];
};

type Endpoint = { readonly address: string; readonly port: number };

const DEFAULT_PORT = 2113;
const example = 'esdb://localhost:2113?tls=false';

const wrong = (message: string): Fault => new Fault('CONFIG_INVALID', `WAYBILL_EVENT_STORE: ${message}`);

/**
 * The advice for a string with unencoded characters; no part of the string is shown, because it may be one of a
 * password.
 */
const ENCODED = `write it like ${example}; in a user name or password, / is %2F, ? is %3F, @ is %40 and : is %3A`;

const schemes: Readonly<Record<string, 'direct' | 'discover'>> = {
  esdb: 'direct',
  kurrentdb: 'direct',
  'esdb+discover': 'discover',
  'kurrentdb+discover': 'discover',
};

const whole = (key: string, value: string): number => {
  if (!/^-?\d+$/.test(value)) throw wrong(`${key} is a whole number, not "${value}"`);
  return Number(value);
};

const flag = (key: string, value: string): boolean => {
  if (value !== 'true' && value !== 'false') throw wrong(`${key} is true or false, not "${value}"`);
  return value === 'true';
};

const oneOf =
  <Choice extends string>(...choices: readonly Choice[]) =>
  (key: string, value: string): Choice => {
    const choice = choices.find((each) => each === value.toLowerCase());
    if (choice === undefined) throw wrong(`${key} is one of ${choices.join(', ')}, not "${value}"`);
    return choice;
  };

const text = (_: string, value: string): string => value;

/** The supported options and the parsers of their values. Names are matched in any case. */
const options = {
  tls: flag,
  tlsVerifyCert: flag,
  tlsCAFile: text,
  userCertFile: text,
  userKeyFile: text,
  connectionName: text,
  nodePreference: oneOf('leader', 'follower', 'random', 'read_only_replica'),
  maxDiscoverAttempts: whole,
  discoveryInterval: whole,
  gossipTimeout: whole,
  keepAliveInterval: whole,
  keepAliveTimeout: whole,
  defaultDeadline: whole,
  throwOnAppendFailure: flag,
} as const;

type Options = { -readonly [Key in keyof typeof options]?: ReturnType<(typeof options)[Key]> };

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not the text itself: it may be a password.
    throw wrong('a user name, password or option is not percent-encoded as it should be');
  }
};

const optionsOf = (query: string): Options => {
  const found: Record<string, unknown> = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', value] = pair.split('=', 2);
    const key = Object.keys(options).find((known) => known.toLowerCase() === name.toLowerCase());
    if (key === undefined)
      throw wrong(`"${name}" is no option; those are ${Object.keys(options).join(', ')}`);
    if (value === undefined || value === '') throw wrong(`${key} has no value`);
    found[key] = options[key as keyof typeof options](key, decode(value));
  }
  return found;
};

const endpointOf = (host: string): Endpoint => {
  const [, address = '', port] = /^(\[[^\]]+\]|[^:]*)(?::(.*))?$/.exec(host) ?? [];
  if (address === '') throw wrong(`"${host}" is no host; write it like ${example}`);
  if (port === undefined) return { address, port: DEFAULT_PORT };
  const number = Number(port);
  if (!/^\d+$/.test(port) || number < 1 || number > 65_535)
    throw wrong(`"${port}" is no port; write it like ${example}`);
  return { address, port: number };
};

const credentialsOf = (userInfo: string | undefined): Credentials | undefined => {
  if (userInfo === undefined) return undefined;
  const colon = userInfo.indexOf(':');
  if (colon < 1) throw wrong('before the @ stands user:password');
  return { username: decode(userInfo.slice(0, colon)), password: decode(userInfo.slice(colon + 1)) };
};

const fileOf = (key: keyof Options, path: string | undefined): Buffer | undefined => {
  if (path === undefined) return undefined;
  if (!existsSync(path)) throw wrong(`${key} names a file that is not there: ${path}`);
  return readFileSync(path);
};

const tlsOf = (found: Options): ChannelCredentialOptions => {
  if (found.tlsVerifyCert === false)
    throw wrong(
      'tlsVerifyCert=false is not possible with this client; set tlsCAFile to the certificate authority',
    );
  if ((found.userCertFile === undefined) !== (found.userKeyFile === undefined))
    throw wrong('userCertFile and userKeyFile go together');
  const rootCertificate = fileOf('tlsCAFile', found.tlsCAFile);
  const userCertFile = fileOf('userCertFile', found.userCertFile);
  const userKeyFile = fileOf('userKeyFile', found.userKeyFile);
  return {
    insecure: found.tls === false,
    ...(rootCertificate === undefined ? {} : { rootCertificate }),
    ...(userCertFile === undefined ? {} : { userCertFile }),
    ...(userKeyFile === undefined ? {} : { userKeyFile }),
  };
};

const connectionOf = (
  isDiscovered: boolean,
  endpoints: readonly Endpoint[],
  found: Options,
): ClientSettings['connection'] => {
  const { connectionName, keepAliveInterval, keepAliveTimeout, defaultDeadline } = found;
  const { nodePreference, maxDiscoverAttempts, discoveryInterval, gossipTimeout } = found;
  const [first] = endpoints;
  if (first === undefined) throw wrong(`there is no host; write it like ${example}`);
  const common = {
    ...(connectionName === undefined ? {} : { connectionName }),
    ...(keepAliveInterval === undefined ? {} : { keepAliveInterval }),
    ...(keepAliveTimeout === undefined ? {} : { keepAliveTimeout }),
    ...(defaultDeadline === undefined ? {} : { defaultDeadline }),
  };
  if (!isDiscovered && endpoints.length === 1) return { ...common, endpoint: first };
  const discovery = {
    ...common,
    ...(nodePreference === undefined ? {} : { nodePreference }),
    ...(maxDiscoverAttempts === undefined ? {} : { maxDiscoverAttempts }),
    ...(discoveryInterval === undefined ? {} : { discoveryInterval }),
    ...(gossipTimeout === undefined ? {} : { gossipTimeout }),
  };
  return isDiscovered ? { ...discovery, discover: first } : { ...discovery, endpoints: [...endpoints] };
};

/**
 * Parses `esdb://[user:password@]host[:port][,host[:port]…][?option=value&…]`, and `esdb+discover://host` of a cluster.
 *
 * @throws Fault `CONFIG_INVALID`, with the correct form.
 */
export const readConnectionString = (connectionString: string): ClientSettings => {
  const match = /^([a-z+]+):\/\/(?:([^@/?]*)@)?([^/?]*)\/*(?:\?(.*))?$/i.exec(connectionString.trim());
  const [, scheme = '', userInfo, hosts = '', query = ''] = match ?? [];
  const kind = schemes[scheme.toLowerCase()];
  if (kind === undefined && connectionString.includes('@')) throw wrong(ENCODED);
  if (kind === undefined) throw wrong(`it begins with esdb:// or esdb+discover://; write it like ${example}`);
  // The part before it would be read as hosts and options, and shown.
  if (/@/.test(query) || /@/.test(hosts)) throw wrong(ENCODED);
  const endpoints = hosts.split(',').map(endpointOf);
  const found = optionsOf(query);
  if (found.throwOnAppendFailure === false)
    throw wrong('throwOnAppendFailure=false makes the client tell wrong revisions; leave it out');
  const isDiscovered = kind === 'discover';
  if (isDiscovered && endpoints.length > 1)
    throw wrong('after +discover stands one host; name several without it');
  const credentials = credentialsOf(userInfo);
  return {
    connection: connectionOf(isDiscovered, endpoints, found),
    tls: tlsOf(found),
    ...(credentials === undefined ? {} : { credentials }),
    shown: `${scheme}://${hosts}`,
    warnings:
      credentials !== undefined &&
      found.tls === false &&
      !endpoints.every(({ address }) => isLoopback(address))
        ? ['The user name and password go to the server without TLS, where they can be read on the way']
        : [],
  };
};
