import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectCommands } from '../../gateways/grpc';
import type { CommandClient } from '../../commands/port';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig, type Config } from '../../platform/config';
import type { Addresses } from '../../platform/data-directory';
import { isFault } from '../../platform/faults';
import { boundedLogger, createLogger } from '../../platform/telemetry';
import type { Invocation, Terminal } from '../command';
import { administratorText } from '../seed/administrator';
import { commandServersOf } from './command-link';
import type { Surroundings } from './engines';
import { startPlatform } from './platform';
import { parseRoles, type Role } from './roles';
import { settle, type Settling } from './settle';

/** A platform to send commands to, wherever it runs. */
export type ReachedPlatform = {
  readonly commands: CommandClient;
  /**
   * Where this command itself runs the platform: waits until none of these orders is under way, or the signal aborts, and tells
   * how they ended. An order that runs elsewhere goes on there.
   *
   * @throws Fault `DEADLINE_EXCEEDED` when nothing has happened for a minute.
   */
  readonly settled: (invocation: Invocation, settling: Settling) => Promise<void>;
};

const readJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(file, 'utf8')) as unknown;

/** The gRPC address of whoever runs on the data directory. */
const runningAt = async (config: Config): Promise<string | undefined> => {
  try {
    return ((await readJson(join(config.dataDir, 'addresses.json'))) as Addresses).grpc;
  } catch {
    return undefined;
  }
};

/** How a platform of the command's own is run, where none runs. */
export type OwnPlatform = {
  /** All where absent. */
  readonly roles?: ReadonlySet<Role>;
  /** The first administrator's, where this run makes the account. */
  readonly adminPassword?: string;
};

type Using<Result> = {
  readonly surroundings: Surroundings;
  readonly terminal: Terminal;
  readonly own: OwnPlatform;
  readonly use: (platform: ReachedPlatform) => Promise<Result>;
};

const useOwn = async <Result>(
  config: Config,
  { surroundings, terminal, own, use }: Using<Result>,
): Promise<Result> => {
  const anyPort = { httpPort: 0, grpcPort: 0, worldAmazonPort: 0, worldUpsPort: 0, carrierPort: 0 };
  const { roles = parseRoles([]), adminPassword = config.adminPassword } = own;
  const platform = await startPlatform({ ...config, ...anyPort, adminPassword }, roles, surroundings);
  try {
    // Whichever command comes first on a data directory makes the account, and only that one knows the password.
    const password = administratorText(platform.administrator);
    if (password !== undefined) terminal.err(password);
    return await use({
      commands: platform.commands,
      settled: (invocation, settling) => settle(platform, settling, { ...surroundings, ...invocation }),
    });
  } finally {
    await platform.close();
  }
};

const useRunning = async <Result>(
  address: string,
  config: Config,
  { surroundings, use }: Using<Result>,
): Promise<Result> => {
  const token =
    config.commandsToken ?? (await readFile(join(config.dataDir, 'secrets', 'commands'), 'utf8')).trim();
  const { grpcTlsCert, grpcTlsCa = grpcTlsCert } = config;
  const url = `${grpcTlsCert === undefined ? 'grpc' : 'grpcs'}://${address}`;
  const commands = connectCommands({
    ...commandServersOf({ commands: url, grpcTlsCa }),
    token,
    ...surroundings,
  });
  try {
    return await use({
      commands,
      settled: ({ terminal }) => {
        terminal.err(`The orders go their way in the Waybill that runs at ${address}.`);
        return Promise.resolve();
      },
    });
  } finally {
    await commands.close();
  }
};

/**
 * Uses the platform that runs on the data directory; where none runs, runs one for as long as `use` takes.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE` when somebody has the directory and has no address to reach them at.
 */
export const withPlatform = async <Result>(
  { environment, terminal }: Invocation,
  use: (platform: ReachedPlatform) => Promise<Result>,
  own: OwnPlatform = {},
): Promise<Result> => {
  const { config, warnings } = readConfig({ WAYBILL_LOG_LEVEL: 'error', ...environment });
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const surroundings = {
    clock: realClock,
    random: realRandom,
    logger: boundedLogger(createLogger(config.logLevel), realClock),
  };
  const using = { surroundings, terminal, own, use };
  try {
    return await useOwn(config, using);
  } catch (error) {
    const address = isFault(error, 'DATA_DIRECTORY_IN_USE') ? await runningAt(config) : undefined;
    if (address === undefined) throw error;
    return useRunning(address, config, using);
  }
};
