import type { ServiceDefinition } from '@grpc/grpc-js';
import { epochMsOf } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { persistentService, streamsService } from './services';
import { uuidOf } from './wire';

/** The release of EventStoreDB whose behaviour this server has; clients choose their calls by it. */
export const SERVER_VERSION = '23.10.8';

const LEADER = 8;

export type Endpoint = { readonly address: string; readonly port: number };

/** The only member of the cluster. */
export type Member = { readonly instanceId: Uint8Array; readonly clock: Clock };

/**
 * Returns the address at which the caller reached us. @param authority - `host:port` as the caller sent it, correct on
 * any network.
 */
export const endpointOf = (authority: string, port: number): Endpoint => {
  const colon = authority.lastIndexOf(':');
  const hasPort = /:\d+$/.test(authority);
  const address = (hasPort ? authority.slice(0, colon) : authority).replace(/^\[|\]$/g, '');
  return { address: address || '127.0.0.1', port: hasPort ? Number(authority.slice(colon + 1)) : port };
};

/** Returns the answer of `Gossip.Read`. */
export const clusterInfo = ({ instanceId, clock }: Member, endpoint: Endpoint): object => ({
  members: [
    {
      instanceId: uuidOf(instanceId, 'structured'),
      timeStamp: epochMsOf(clock.now()) * 10_000,
      state: LEADER,
      isAlive: true,
      httpEndPoint: endpoint,
    },
  ],
});

/** Returns the answer of `GET /gossip`. */
export const clusterJson = ({ instanceId, clock }: Member, { address, port }: Endpoint): object => ({
  members: [
    {
      instanceId: uuidOf(instanceId, 'string').string,
      timeStamp: clock.now(),
      state: 'Leader',
      isAlive: true,
      httpEndPointIp: address,
      httpEndPointPort: port,
    },
  ],
  serverIp: address,
  serverPort: port,
});

/** Methods that supported only streams in early releases, and support `$all` too. */
const featuresOf: Readonly<Record<string, readonly string[]>> = {
  persistentsubscriptions: ['stream', 'all'],
};

const methodsOf = (service: ServiceDefinition): object[] =>
  Object.values(service).map(({ path }) => {
    const [, serviceName = '', methodName = ''] = path.toLowerCase().split('/');
    const features = featuresOf[serviceName.slice(serviceName.lastIndexOf('.') + 1)] ?? [];
    return { serviceName, methodName, features };
  });

/** Returns the answer of `ServerFeatures.GetSupportedMethods`. */
export const supportedMethods = (): object => ({
  eventStoreServerVersion: SERVER_VERSION,
  methods: [streamsService, persistentService].flatMap(methodsOf),
});
