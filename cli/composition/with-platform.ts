import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandClient } from '../../commands';
import { connectCommands } from '../../gateways/grpc';
import { readConfig, type Config } from '../../platform/config';
import { readAddresses } from '../../platform/data-directory';
import { isFault } from '../../platform/faults';
import type { Invocation, Terminal } from '../program/command';
import { commandServersOf } from './grpc-settings';
import { parseRoles, type Role } from '../roles/role-names';
import { realRuntime, type Runtime } from '../program/runtime';
import { administratorText } from '../seed/administrator';
import { startPlatform, type Platform } from './start-platform';

/** A platform to send commands to: one that this command runs itself, or one that runs at an address. */
export type ReachedPlatform =
  | { readonly commands: CommandClient; readonly own: Platform }
  | { readonly commands: CommandClient; readonly own: undefined; readonly address: string };

/** The settings of a platform that is started because none runs. */
export type OwnPlatform = {
  /** All roles where undefined. */
  readonly roles?: ReadonlySet<Role> | undefined;
  /** The password of the first administrator, where this run creates the account. */
  readonly adminPassword?: string | undefined;
};

type Using<Result> = {
  readonly runtime: Runtime;
  readonly terminal: Terminal;
  readonly own: OwnPlatform;
  readonly use: (platform: ReachedPlatform) => Promise<Result>;
};

const useOwn = async <Result>(
  config: Config,
  { runtime, terminal, own, use }: Using<Result>,
): Promise<Result> => {
  const anyPort = { httpPort: 0, grpcPort: 0, worldAmazonPort: 0, worldUpsPort: 0, carrierPort: 0 };
  const { roles = parseRoles([]), adminPassword = config.adminPassword } = own;
  const platform = await startPlatform({ ...config, ...anyPort, adminPassword }, roles, runtime);
  try {
    // The first command on a data directory creates the account, and only that command knows the password.
    const password = administratorText(platform.administrator);
    if (password !== undefined) terminal.err(password);
    return await use({ commands: platform.commands, own: platform });
  } finally {
    await platform.close();
  }
};

const useRunning = async <Result>(
  address: string,
  config: Config,
  { runtime, use }: Using<Result>,
): Promise<Result> => {
  const token =
    config.commandsToken ?? (await readFile(join(config.dataDir, 'secrets', 'commands'), 'utf8')).trim();
  const { grpcTlsCert, grpcTlsCa = grpcTlsCert } = config;
  const url = `${grpcTlsCert === undefined ? 'grpc' : 'grpcs'}://${address}`;
  const commands = connectCommands({
    ...commandServersOf({ commands: url, grpcTlsCa }),
    token,
    ...runtime,
  });
  try {
    return await use({ commands, own: undefined, address });
  } finally {
    await commands.close();
  }
};

/**
 * Uses the platform that runs on the data directory. Where none runs, runs one for as long as `use` takes.
 *
 * @throws Fault `DATA_DIRECTORY_IN_USE` when a process owns the directory and has written no gRPC address there.
 */
export const withPlatform = async <Result>(
  { environment, terminal }: Invocation,
  use: (platform: ReachedPlatform) => Promise<Result>,
  own: OwnPlatform = {},
): Promise<Result> => {
  const { config, warnings } = readConfig({ WAYBILL_LOG_LEVEL: 'error', ...environment });
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const using = { runtime: realRuntime(config), terminal, own, use };
  try {
    return await useOwn(config, using);
  } catch (error) {
    const running = isFault(error, 'DATA_DIRECTORY_IN_USE') ? readAddresses(config.dataDir).grpc : undefined;
    if (running === undefined) throw error;
    return useRunning(running, config, using);
  }
};
