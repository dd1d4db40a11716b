import { isIPv4 } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { settings, type Config } from '../config';
import { Fault } from '../faults';

/** The name for people of each port, by the name of its setting. */
const portNames = {
  httpPort: 'HTTP',
  grpcPort: 'gRPC',
  worldAmazonPort: 'The World for shops',
  worldUpsPort: 'The World for carriers',
  carrierPort: 'The carrier',
  eventStorePort: "EventStoreDB's protocol",
} as const satisfies Partial<Record<keyof Config, string>>;

export type PortName = keyof typeof portNames;

/** A host and a port; port 0 for any free one. */
export type Place = { readonly host: string; readonly port: number };

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be listened on by this user',
  EADDRNOTAVAIL: 'is no address of this machine',
  ENOTFOUND: 'is no address of this machine',
};

/** Tests whether only programs of this machine can reach an address. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '::1', '[::1]'].includes(host) || (isIPv4(host) && host.startsWith('127.'));

/** Formats host and port: `127.0.0.1:4000`, `[::1]:4000`. */
export const hostPort = ({ host, port }: Place): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/**
 * Returns the fault of a program that cannot listen.
 *
 * @returns Fault `PORT_IN_USE` if another program has the port, otherwise `CONFIG_INVALID`.
 */
export const cannotListen = (setting: PortName, place: Place, cause: unknown): Fault => {
  const { code = 'unknown', message } = cause as NodeJS.ErrnoException;
  const what = `${portNames[setting]}: ${hostPort(place)} ${reasons[code] ?? `cannot be listened on (${message})`}`;
  const remedy = `${settings[setting].variable} chooses another port, ${settings.host.variable} another address`;
  return new Fault(code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'CONFIG_INVALID', `${what}. ${remedy}.`, {
    cause,
  });
};

/**
 * Listens and resolves with the actual address.
 *
 * @throws Fault `PORT_IN_USE`, `CONFIG_INVALID`, with the variable of the port.
 */
export const listen = (server: Server, place: Place, setting: PortName): Promise<Place> =>
  new Promise((resolve, reject) => {
    const refuse = (cause: Error): void => reject(cannotListen(setting, place, cause));
    server.once('error', refuse);
    server.listen(place, () => {
      server.off('error', refuse);
      const { address, port } = server.address() as AddressInfo;
      resolve({ host: address, port });
    });
  });
