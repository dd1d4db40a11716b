import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startServer, type Server } from './server-process';

/** @throws Error that says how to build it, when it was not. */
export const ferretDbBinary = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)(join(__dirname, '..', 'ferretdb', 'path'));
  const path = stdout.trim();
  await access(path).catch(() => {
    throw new Error('FerretDB is not built: run ops/ci/install');
  });
  return path;
};

/** @param directory - an empty one, where it keeps its databases. */
export const startFerretDb = (binary: string, directory: string): Promise<Server> =>
  startServer({
    scheme: 'mongodb',
    binary,
    argumentsFor: (port) => ['-listen', `127.0.0.1:${port}`, '-data', directory],
    listening: async ({ stdout }) => {
      if (!stdout) throw new Error('Its output is not piped');
      // It says its address once it listens.
      for await (const line of createInterface({ input: stdout }))
        if (line.startsWith('mongodb://')) return Number(new URL(line).port);
      throw new Error('It said no address');
    },
  });
