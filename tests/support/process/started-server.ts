import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../../ops/ci/servers';

/** Registers hooks that start a server of the suite's own before it, and end it after. */
export const ownServer = (start: (directory: string) => Promise<Server>): { readonly server: Server } => {
  let directory: string;
  let server: Server | undefined;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-server-'));
    server = await start(directory);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    get server() {
      if (!server) throw new Error('The server has not been started');
      return server;
    },
  };
};
