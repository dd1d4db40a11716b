import { execFile, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startServer, type Server } from './server-process';

const LOOK_EVERY_MS = 10;

/** @throws Error that says how to get it, if it is missing. */
export const natsServerBinary = async (): Promise<string> => {
  const binary = 'nats-server';
  await promisify(execFile)(binary, ['--version']).catch(() => {
    throw new Error('nats-server is not installed: run ops/ci/install');
  });
  return binary;
};

/** @returns the client port in a ports file, once the file is complete. */
const portIn = async (file: string): Promise<number | undefined> => {
  try {
    const { nats } = JSON.parse(await readFile(file, 'utf8')) as { readonly nats: readonly string[] };
    return Number(new URL(nats[0] ?? '').port);
  } catch {
    return undefined;
  }
};

const listeningPort = async (child: ChildProcess, directory: string): Promise<number> => {
  const file = join(directory, `nats-server_${child.pid}.ports`);
  while (child.exitCode === null && child.signalCode === null) {
    const port = await portIn(file);
    if (port !== undefined) {
      await rm(file);
      return port;
    }
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('It ended');
};

/**
 * Starts a NATS server.
 *
 * @param directory - an empty directory for its streams.
 * @param credentials - required of all clients; no authentication if absent.
 */
export const startNatsServer = (
  binary: string,
  directory: string,
  credentials?: { readonly user: string; readonly password: string },
): Promise<Server> =>
  startServer({
    scheme: 'nats',
    binary,
    argumentsFor: (port) => [
      '--addr=127.0.0.1',
      `--port=${port === 0 ? -1 : port}`,
      '--jetstream',
      `--store_dir=${directory}`,
      `--ports_file_dir=${directory}`,
      ...(credentials ? [`--user=${credentials.user}`, `--pass=${credentials.password}`] : []),
    ],
    listening: (child) => listeningPort(child, directory),
  });
