import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectCommands } from '../../gateways/grpc';
import type { CommandClient } from '../../commands/port';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig, type Config } from '../../platform/config';
import type { Addresses } from '../../platform/data-directory';
import { isFault } from '../../platform/faults';
import { createLogger } from '../../platform/telemetry';
import type { Invocation } from '../command';
import { commandServersOf } from './command-link';
import type { Surroundings } from './engines';
import { startPlatform } from './platform';
import { parseRoles } from './roles';
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

const useOwn = async <Result>(
  config: Config,
  surroundings: Surroundings,
  use: (platform: ReachedPlatform) => Promise<Result>,
): Promise<Result> => {
  const anyPort = { httpPort: 0, grpcPort: 0, worldAmazonPort: 0, worldUpsPort: 0, carrierPort: 0 };
  const platform = await startPlatform({ ...config, ...anyPort }, parseRoles([]), surroundings);
  try {
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
  {
    surroundings,
    use,
  }: {
    readonly surroundings: Surroundings;
    readonly use: (platform: ReachedPlatform) => Promise<Result>;
  },
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
): Promise<Result> => {
  const { config, warnings } = readConfig({ WAYBILL_LOG_LEVEL: 'error', ...environment });
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const surroundings = { clock: realClock, random: realRandom, logger: createLogger(config.logLevel) };
  try {
    return await useOwn(config, surroundings, use);
  } catch (error) {
    const address = isFault(error, 'DATA_DIRECTORY_IN_USE') ? await runningAt(config) : undefined;
    if (address === undefined) throw error;
    return useRunning(address, config, { surroundings, use });
  }
};
