import { createInterface } from 'node:readline';
import { builtProgram } from './built-program';
import { startServer, type Server } from './server-process';

/** @throws Error that says how to build it, if it is missing. */
export const ferretDbBinary = (): Promise<string> => builtProgram('ferretdb');

/** Starts FerretDB. @param directory - an empty directory for its databases. */
export const startFerretDb = (binary: string, directory: string): Promise<Server> =>
  startServer({
    scheme: 'mongodb',
    binary,
    argumentsFor: (port) => ['-listen', `127.0.0.1:${port}`, '-data', directory],
    listening: async ({ stdout }) => {
      if (!stdout) throw new Error('Its output is not piped');
      // The server prints its address when it listens.
      for await (const line of createInterface({ input: stdout }))
        if (line.startsWith('mongodb://')) return Number(new URL(line).port);
      throw new Error('It said no address');
    },
  });
