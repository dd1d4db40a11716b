import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server in its own process, for tests. */
export interface Server {
  /** The clients' connection string, which stays the same over restarts. */
  readonly url: string;
  readonly port: number;
  /** Kills the process (`kill -9`) and waits until it has ended. */
  kill(): Promise<void>;
  /** Starts the server again on the same port and files. */
  restart(): Promise<void>;
  /** Ends the process (SIGTERM) and waits until it has ended. */
  stop(): Promise<void>;
}

/** The way to start a kind of server; `listening` resolves to its port. */
export type Starting = {
  readonly scheme: string;
  /** The end of the connection string. */
  readonly parameters?: string;
  readonly binary: string;
  /** @param port - 0 for any free one. */
  readonly argumentsFor: (port: number) => readonly string[];
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly listening: (child: ChildProcess) => Promise<number>;
};

/** Generous, for a busy machine. */
const START_MS = 60_000;
const STOP_MS = 5_000;

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const patience = AbortSignal.timeout(STOP_MS);
  patience.onabort = () => child.kill('SIGKILL');
  await gone;
  patience.onabort = null;
};

const start = async (
  { binary, argumentsFor, environment, listening }: Starting,
  port: number,
): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
  const env = { ...process.env, ...environment };
  const child = spawn(binary, argumentsFor(port), { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  const listen = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-4_000));
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string): void => reject(new Error(`${binary} ${why}\n${said}`));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`ended (${String(code ?? signal)})`));
    AbortSignal.timeout(START_MS).onabort = () => fail('does not listen');
  });
  failed.catch(() => undefined);
  try {
    return { child, port: await Promise.race([listening(child), failed]) };
  } catch (error) {
    await end(child, 'SIGKILL');
    throw error;
  }
};

/** Starts a server. @throws Error with the server's output, if it does not listen in time. */
export const startServer = async (starting: Starting): Promise<Server> => {
  let { child, port } = await start(starting, 0);
  return {
    url: `${starting.scheme}://127.0.0.1:${port}${starting.parameters ?? ''}`,
    port,
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      await end(child, 'SIGKILL');
      ({ child, port } = await start(starting, port));
    },
    stop: () => end(child, 'SIGTERM'),
  };
};
