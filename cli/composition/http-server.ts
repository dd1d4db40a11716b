import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../platform/config';
import { cannotListen, hostPort } from '../../platform/listen';
import type { Contribution } from '../roles/contribution';

type Place = Pick<Config, 'host' | 'httpPort'>;

/** @throws Fault `PORT_IN_USE`, `CONFIG_INVALID`; the server is then closed. */
export const listenOn = async (server: FastifyInstance, { host, httpPort: port }: Place): Promise<void> => {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    throw cannotListen('httpPort', { host, port }, cause);
  }
};

/** Makes the HTTP server of a process listen. @throws as `listenOn`. */
export const serveHttp = async (
  server: FastifyInstance,
  place: Place,
): Promise<Contribution & { readonly url: string }> => {
  await listenOn(server, place);
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://${hostPort({ host: place.host, port })}`,
    stop: [{ name: 'HTTP', close: () => server.close() }],
  };
};
