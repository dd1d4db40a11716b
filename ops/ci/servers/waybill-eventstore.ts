import { join } from 'node:path';
import { startServer, type Server } from './server-process';

const repository = join(__dirname, '..', '..', '..');
const ADDRESS = /esdb:\/\/127\.0\.0\.1:(\d+)/;

/**
 * Starts `waybill eventstore` in its own process.
 *
 * @param directory - an empty data directory.
 * @param options - further arguments of the command.
 */
export const startWaybillEventStore = (directory: string, ...options: readonly string[]): Promise<Server> =>
  startServer({
    scheme: 'esdb',
    parameters: '?tls=false',
    binary: process.execPath,
    argumentsFor: (port) => [
      '-r',
      join(repository, 'tests', 'support', 'typescript-hook.js'),
      join(repository, 'cli', 'main.ts'),
      'eventstore',
      '--port',
      String(port),
      ...options,
    ],
    environment: {
      WAYBILL_DATA_DIR: directory,
      WAYBILL_LOG_LEVEL: 'error',
      // Whole platforms of the tests write to this server.
      WAYBILL_EVENTSTORE_WRITE_ALL: 'on',
    },
    listening: ({ stderr }) =>
      new Promise((resolve) => {
        let said = '';
        stderr?.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const port = ADDRESS.exec(said)?.[1];
          if (port !== undefined) resolve(Number(port));
        });
      }),
  });
