import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventStoreClientBinary,
  ferretDbBinary,
  analyticsPython,
  chromiumBinary,
  natsServerBinary,
  pythonBinary,
  standardWebhooksBinary,
  startEngine,
  startWaybillEventStore,
  type Server,
} from './servers';

type Variables = Readonly<Record<string, string>>;

/** Ends slow live subscriptions at as many waiting events as EventStoreDB does. */
const asTheOriginal = (directory: string): Promise<Server> =>
  startWaybillEventStore(directory, '--live-buffer', '32');

/**
 * The servers, by the variables with their URLs. If a variable is set, that server is used and none is started. Suites
 * read a whole store, so suites that may run at the same time have one each, and that of the roles is empty.
 */
const services: Readonly<Record<string, (directory: string) => Promise<Server>>> = {
  WAYBILL_TEST_EVENTSTORE: asTheOriginal,
  WAYBILL_TEST_EVENTSTORE_FOR_CLIENTS: startEngine.eventstore,
  WAYBILL_TEST_EVENTSTORE_FOR_ROLES: asTheOriginal,
  WAYBILL_TEST_MONGODB: startEngine.mongodb,
  WAYBILL_TEST_NATS: startEngine.nats,
};

/** Programs that tests start themselves, to kill them or to test against them, by the variables with their paths. */
const programs: Readonly<Record<string, () => Promise<string>>> = {
  WAYBILL_TEST_EVENTSTORE_GO_CLIENT: () => eventStoreClientBinary('go'),
  WAYBILL_TEST_EVENTSTORE_PYTHON_CLIENT: () => eventStoreClientBinary('python'),
  WAYBILL_TEST_EVENTSTORE_RUST_CLIENT: () => eventStoreClientBinary('rust'),
  WAYBILL_TEST_ANALYTICS_PYTHON: analyticsPython,
  WAYBILL_TEST_CHROMIUM: chromiumBinary,
  WAYBILL_TEST_FERRETDB_BINARY: ferretDbBinary,
  WAYBILL_TEST_NATS_BINARY: natsServerBinary,
  WAYBILL_TEST_PYTHON: pythonBinary,
  WAYBILL_TEST_STANDARD_WEBHOOKS: standardWebhooksBinary,
};

const findPrograms = async (): Promise<Variables> => {
  const variables: Record<string, string> = {};
  for (const [variable, find] of Object.entries(programs))
    variables[variable] = process.env[variable] || (await find());
  return variables;
};

const startAll = async (directory: string, servers: Server[]): Promise<Variables> => {
  const variables: Record<string, string> = {};
  for (const [variable, start] of Object.entries(services)) {
    if (process.env[variable]) continue;
    const files = join(directory, variable.toLowerCase());
    await mkdir(files);
    const server = await start(files);
    servers.push(server);
    variables[variable] = server.url;
  }
  return variables;
};

/** @returns its exit code. */
const run = async (
  [command = '', ...parameters]: readonly string[],
  variables: Variables,
): Promise<number> => {
  const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, ...variables } });
  // A terminal sends ctrl-c to the child as well; other senders signal only this process.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => undefined);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
};

const keepUntilInterrupted = async (variables: Variables): Promise<number> => {
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${value}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  return 0;
};

const main = async (command: readonly string[]): Promise<number> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-services-'));
  const servers: Server[] = [];
  try {
    const variables = { ...(await findPrograms()), ...(await startAll(directory, servers)) };
    return command.length === 0 ? await keepUntilInterrupted(variables) : await run(command, variables);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(directory, { recursive: true, force: true });
  }
};

void main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
