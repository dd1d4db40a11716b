import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectCommands } from '../../gateways/grpc';
import type { CommandClient } from '../../commands/port';
import type { Millis } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { readConfig, type Config } from '../../platform/config';
import type { Addresses } from '../../platform/data-directory';
import { Fault, isFault } from '../../platform/faults';
import { createLogger } from '../../platform/telemetry';
import { orderDetails } from '../../projections/order-details';
import { openReader } from '../../platform/projections';
import type { Invocation } from '../command';
import { bar } from '../terminal';
import { untilStopped } from '../until-stopped';
import { commandServersOf } from './command-link';
import type { Surroundings } from './engines';
import { startPlatform, type Platform } from './platform';
import { parseRoles } from './roles';
import { untilRead } from './until-read';

/** A platform to send commands to, wherever it runs. */
export type ReachedPlatform = {
  readonly commands: CommandClient;
  /**
   * Where this command itself runs the platform: waits until no order is under way, or the signal aborts. Elsewhere that is the
   * other's business.
   *
   * @throws Fault `DEADLINE_EXCEEDED` when nothing has happened for a minute.
   */
  readonly settled: (invocation: Invocation) => Promise<void>;
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

const finished = new Set(['FULFILLED', 'COMPLETED', 'CANCELLED', 'REFUNDED']);
const LOOK_MS = 250 as Millis;
const PATIENCE_MS = 60_000;

const countOrders = async ({
  engines,
}: Platform): Promise<{ readonly done: number; readonly total: number }> => {
  const orders = openReader(engines.readModels, orderDetails, realClock);
  const rows = await orders.aggregate({ groupBy: ['status'] });
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const over = rows.filter(({ group }) => finished.has(String(group['status'])));
  return { done: over.reduce((sum, { count }) => sum + count, 0), total };
};

const underWay = (total: number, done: number): Fault =>
  new Fault(
    'DEADLINE_EXCEEDED',
    `${total - done} of ${total} orders are under way and nothing has happened for a minute. They go on with the next start; is there a warehouse?`,
  );

const settle = async (platform: Platform, { terminal, signal }: Invocation): Promise<void> => {
  const head = await platform.engines.store.head();
  const stopped = untilStopped(signal);
  const { projections } = platform;
  if (head !== undefined && projections) await untilRead({ projections, clock: realClock, signal }, head);
  let last = { done: -1, atMs: 0 };
  while (!signal.aborted) {
    const { done, total } = await countOrders(platform);
    terminal.progress(bar(done, total, 'orders arrived'));
    if (done === total) {
      terminal.err('Every order has arrived, or is cancelled or refunded.');
      return;
    }
    const now = realClock.monotonicMs();
    if (done !== last.done) last = { done, atMs: now };
    if (now - last.atMs > PATIENCE_MS) throw underWay(total, done);
    await Promise.race([realClock.sleep(LOOK_MS), stopped]);
  }
  terminal.err('Not every order has arrived yet. They go on with the next start.');
};

const useOwn = async <Result>(
  config: Config,
  surroundings: Surroundings,
  use: (platform: ReachedPlatform) => Promise<Result>,
): Promise<Result> => {
  const anyPort = { httpPort: 0, grpcPort: 0, worldAmazonPort: 0, worldUpsPort: 0, carrierPort: 0 };
  const platform = await startPlatform({ ...config, ...anyPort }, parseRoles([]), surroundings);
  try {
    return await use({ commands: platform.commands, settled: (invocation) => settle(platform, invocation) });
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
