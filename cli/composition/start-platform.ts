import type { FastifyPluginAsync } from 'fastify';
import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands';
import { carriersOf } from '../../gateways/carriers';
import { worldLinksOf } from '../../gateways/world';
import type { Config } from '../../platform/config';
import {
  openDataDirectory,
  type Addresses,
  type DataDirectory,
  type Part,
} from '../../platform/data-directory';
import {
  countedSubscriptions,
  measuredEventStore,
  shareSubscription,
  type SharingStore,
} from '../../platform/event-store';
import { readinessOf, type Readiness } from '../../platform/health';
import { LeaderElection } from '../../platform/leader-election';
import { hostPort } from '../../platform/listen';
import type { ProjectionDaemon } from '../../platform/projections';
import { ShutdownSequence } from '../../platform/shutdown';
import { createMetricsRegistry, registerGauge, registerGauges } from '../../platform/telemetry';
import { webhookSecretOf } from '../../platform/webhook-signing';
import { lookUpsIn } from '../../projections/look-ups';
import type { WorldSimulator } from '../../simulators/world';
import { awaitEngines, retryWhileEnginesAreAway, type EngineWait } from './await-engines';
import { engineHealth } from './engine-health';
import { openEngines, type Engines } from './engines';
import { eventStoreAccess } from './event-store-access';
import { serveEventStore } from './event-store-server';
import { limitHeapGrowth } from './heap-growth';
import { listenOn, serveHttp } from './http-server';
import { commandClient, commandExecution, commandsRole, type CommandExecution } from '../roles/commands';
import { Contributions } from '../roles/contribution';
import { paymentRoutes, type NoticeTarget } from '../roles/payments';
import { createEdgeServer, createOperationsServer } from '../roles/edge';
import { projectionsRole, type ProjectionsRole } from '../roles/projections';
import type { Role } from '../roles/role-names';
import { carrierSimulatorRole, SIMULATED_WORLD, webhookUrlOf, worldSimulatorRole } from '../roles/simulators';
import { upsGatewayRole } from '../roles/ups-gateway';
import { workflowsRole } from '../roles/workflows';
import { worldGatewayRole } from '../roles/world-gateway';
import { applyErasuresAgain } from './erasures';
import { demandMatchingKeys } from './matching-keys';
import { keepForkApart } from '../fork/fork-mark';
import type { Runtime } from '../program/runtime';
import { administratorProvision, type Administrator } from '../seed/administrator';
import { seed } from '../seed/seed';

/** A running platform, or the part of it that runs in this process. */
export type Platform = {
  readonly addresses: Addresses;
  readonly commands: CommandClient;
  readonly engines: Engines;
  readonly metrics: Registry;
  /** Undefined while another process keeps the read models. */
  readonly projections: ProjectionDaemon | undefined;
  /** Returns the status of every read model, whichever process keeps them. */
  readonly projectionStatuses: ProjectionsRole['statuses'];
  /** Undefined where the World runs elsewhere. */
  readonly world: WorldSimulator | undefined;
  /** Returns what `/health/ready` answers. */
  readonly readiness: () => Promise<Readiness>;
  /** Defined when this start created the first administrator; with the password, where the start generated it. */
  readonly administrator: Administrator | undefined;
  /** Closes everything, in the opposite order of opening and in bounded time. What was acknowledged is stored. */
  readonly close: () => Promise<void>;
};

/** The process that starts: what its roles have in common and contribute to. */
type Process = {
  readonly config: Config;
  readonly roles: ReadonlySet<Role>;
  readonly runtime: Runtime;
  readonly parts: Contributions;
  readonly metrics: Registry;
  readonly addresses: { -readonly [Name in keyof Addresses]: Addresses[Name] };
  readonly openDirectory: (part: Part) => Promise<DataDirectory>;
};

type Secrets = {
  readonly tokens: readonly [string, ...string[]];
  readonly carrier: readonly [string, ...string[]];
  readonly payments: string;
  readonly commands: string;
};

/** A lease of read models that no other process can open only has to exist. */
const EMBEDDED_LEASE_MS = 60_000;

const secretsOf = async (config: Config, data: DataDirectory): Promise<Secrets> => ({
  tokens: config.tokenSecret ?? [await data.secret('access-tokens', 32)],
  carrier: config.carrierSecret ?? [await data.secret('carrier', 32, webhookSecretOf)],
  payments: await data.secret('payments', 32, webhookSecretOf),
  commands: config.commandsToken ?? (await data.secret('commands', 32)),
});

/** The engines of a process, whose followers share a subscription. */
type StartedEngines = Engines & { readonly store: SharingStore };

/** Opens the engines and waits until they answer. */
const startEngines = async (
  { config, runtime, parts, metrics }: Process,
  directory: string,
  signal: AbortSignal,
): Promise<{ readonly engines: StartedEngines; readonly wait: EngineWait }> => {
  const engines = await openEngines(config, directory, runtime, countedSubscriptions(metrics));
  const health = engineHealth(engines);
  parts.add({ health, stop: [{ name: 'engines', close: () => engines.close() }] });
  const wait: EngineWait = { health, metrics, listen: (server) => listenOn(server, config), signal };
  await awaitEngines(engines, wait, runtime);
  const measured = measuredEventStore(engines.store, { metrics, clock: runtime.clock });
  const store = shareSubscription(measured, { metrics, ...runtime });
  return { engines: { ...engines, store }, wait };
};

/** The test provider reports to this process, where it serves the shop. */
const noticeTarget = (
  { roles, addresses }: Pick<Process, 'roles' | 'addresses'>,
  { payments: secret }: Pick<Secrets, 'payments'>,
): NoticeTarget => ({ secret, url: () => (roles.has('edge') ? addresses.http : undefined) });

const startCommandExecution = (
  { config, roles, runtime, parts, metrics }: Process,
  engines: StartedEngines,
  token: string,
  paymentNoticesTo: NoticeTarget,
): { readonly execution: CommandExecution; readonly commands: CommandClient } => {
  const heads = engines.store;
  const execution = parts.add(
    commandExecution({ engines, heads, config, paymentNoticesTo, metrics, runtime }),
  );
  const isOwn = roles.has('commands') || config.commands === 'in-process';
  const own = isOwn ? execution.commands : undefined;
  const { commands } = parts.add(commandClient({ own, config, token, runtime }));
  return { execution, commands };
};

const startWorldSimulator = async ({
  config,
  roles,
  runtime,
  parts,
  addresses,
  openDirectory,
}: Process): Promise<WorldSimulator | undefined> => {
  if (!roles.has('simulators') || config.world !== 'simulated') return undefined;
  const { path: directory } = await openDirectory('world');
  const { world } = parts.add(await worldSimulatorRole({ directory, config, runtime }));
  addresses.worldAmazon = hostPort(world.amazonAddress);
  addresses.worldUps = hostPort(world.upsAddress);
  return world;
};

/** @returns the URL of the simulator; undefined where it runs elsewhere. */
const startCarrierSimulator = async (
  { config, roles, runtime, parts, addresses, openDirectory }: Process,
  simulatedWorld: WorldSimulator | undefined,
  secrets: readonly string[],
): Promise<string | undefined> => {
  if (!roles.has('simulators') || config.carrier !== 'simulated') return undefined;
  const { path: directory } = await openDirectory('carrier');
  const world = simulatedWorld?.upsAddress ?? { host: config.host, port: config.worldUpsPort };
  const webhookUrl = webhookUrlOf(config, roles, () => addresses.http);
  const { address } = parts.add(
    await carrierSimulatorRole({ directory, world, secrets, webhookUrl, config, runtime }),
  );
  addresses.carrier = address;
  return `http://${address}`;
};

/** Starts the roles that follow the events. @returns the routes that they need on the HTTP server. */
const startFollowers = async (
  { config, roles, runtime, parts, metrics, addresses }: Process,
  { store, readModels, bus, files }: Engines,
  {
    directory,
    execution,
    commands,
    leaders,
    world,
    carrierUrl,
    carrierSecrets,
  }: {
    readonly directory: string;
    readonly execution: CommandExecution;
    readonly commands: CommandClient;
    readonly leaders: LeaderElection;
    readonly world: WorldSimulator | undefined;
    readonly carrierUrl: string | undefined;
    readonly carrierSecrets: readonly string[];
  },
): Promise<readonly FastifyPluginAsync[]> => {
  const { aggregates, numbers, payments, erasing } = execution;
  const lookUps = lookUpsIn(readModels, runtime.clock);
  const staysInService = roles.has('edge') || roles.has('ups-gateway');
  const shared = { leaders, store, aggregates, numbers, lookUps, staysInService, runtime };
  const links = worldLinksOf(config, { worldId: SIMULATED_WORLD, address: world?.amazonAddress });
  const carriers = carriersOf(config, carrierSecrets, carrierUrl);
  if (roles.has('world-gateway') && links.length > 0)
    parts.add(await worldGatewayRole({ ...shared, links, commands }));
  const ups =
    roles.has('ups-gateway') && carriers.length > 0
      ? parts.add(await upsGatewayRole({ ...shared, carriers, readModels, commands }))
      : undefined;
  if (roles.has('workflows')) {
    const publishes = config.bus !== 'embedded';
    const notifications = { config, directory, ownUrl: () => addresses.http };
    parts.add(
      await workflowsRole({
        ...shared,
        payments,
        erasing,
        notifications,
        invoices: { config },
        files,
        readModels,
        bus,
        publishes,
        metrics,
      }),
    );
  }
  return ups === undefined ? [] : [ups.routes];
};

/** Collects health and metrics of all parts, and serves them. @returns what `/health/ready` answers. */
const serve = async (
  { config, roles, runtime, parts, metrics, addresses }: Process,
  engines: Engines,
  {
    commands,
    projections,
    plugins,
    tokenSecrets,
    world,
  }: {
    readonly commands: CommandClient;
    readonly projections: ProjectionsRole;
    readonly plugins: readonly FastifyPluginAsync[];
    readonly tokenSecrets: Secrets['tokens'];
    readonly world: WorldSimulator | undefined;
  },
): Promise<() => Promise<Readiness>> => {
  const { clock } = runtime;
  const readiness = readinessOf(parts.health, roles, clock);
  registerGauges(metrics, parts.metrics, clock);
  registerGauge(metrics, {
    name: 'waybill_ready',
    help: 'Whether the process has what it needs, part by part: 1 or 0.',
    labelNames: ['part'],
    read: async () =>
      Object.entries((await readiness()).parts).map(([part, { ready }]) => ({
        labels: { part },
        value: ready ? 1 : 0,
      })),
  });
  const { trustProxy } = config;
  const common = { readiness, metrics, plugins };
  const server = roles.has('edge')
    ? createEdgeServer({
        ...common,
        config,
        commands,
        engines,
        projections,
        tokenSecrets,
        simulatedWorld: world,
        runtime,
      })
    : createOperationsServer({ ...common, trustProxy, clock });
  addresses.http = parts.add(await serveHttp(server, config)).url;
  return readiness;
};

/** Serves the commands over gRPC and the embedded store over EventStoreDB's protocol, where this process is to do so. */
const servePrograms = async (
  { config, roles, runtime, parts, addresses }: Process,
  { embeddedStore }: Engines,
  { commands, token }: { readonly commands: CommandClient; readonly token: string },
): Promise<void> => {
  if (roles.has('commands'))
    addresses.grpc = parts.add(await commandsRole({ commands, config, token, runtime })).address;
  const { eventStorePort: port } = config;
  if (port !== undefined)
    addresses.eventstore = parts.add(
      await serveEventStore({
        port,
        store: embeddedStore,
        access: eventStoreAccess(config, runtime.logger),
        runtime,
      }),
    ).address;
};

const start = async (
  process: Process,
  shutdown: ShutdownSequence,
  signal: AbortSignal,
): Promise<Platform> => {
  const { config, roles, runtime, parts, metrics, addresses } = process;
  const data = await process.openDirectory('platform');
  const secrets = await secretsOf(config, data);
  const { engines, wait } = await startEngines(process, data.path, signal);
  const { store, readModels, bus } = engines;
  const notices = noticeTarget(process, secrets);
  const { execution, commands } = startCommandExecution(process, engines, secrets.commands, notices);
  const { aggregates } = execution;
  const demandKeys = () =>
    demandMatchingKeys(engines.personKeys, config, { aggregates, clock: runtime.clock });
  const reapplyErasures = () => applyErasuresAgain(engines, config, runtime.logger);
  // A process of simulators alone reads and writes no event.
  if (roles.size > 1 || !roles.has('simulators')) {
    await retryWhileEnginesAreAway(demandKeys, wait, runtime);
    await retryWhileEnginesAreAway(reapplyErasures, wait, runtime);
  }
  if (roles.has('commands') && config.seed)
    await retryWhileEnginesAreAway(() => seed(store, execution.commands), wait, runtime);
  const world = await startWorldSimulator(process);
  const ttlMs = config.readModels === 'embedded' ? EMBEDDED_LEASE_MS : config.leaseSeconds * 1_000;
  const leaders = new LeaderElection({ readModels, ttlMs, ...runtime });
  const readElsewhere = !roles.has('edge') || config.readModels !== 'embedded';
  const projections = parts.add(
    await projectionsRole({ roles, readElsewhere, leaders, store, readModels, bus, runtime }),
  );
  const carrierUrl = await startCarrierSimulator(process, world, secrets.carrier);
  const followers = await startFollowers(process, engines, {
    directory: data.path,
    execution,
    commands,
    leaders,
    world,
    carrierUrl,
    carrierSecrets: secrets.carrier,
  });
  const ofPayments = roles.has('edge') ? paymentRoutes({ commands, readModels, notices }, runtime) : [];
  const plugins = [...followers, ...ofPayments];
  const tokenSecrets = secrets.tokens;
  const readiness = await serve(process, engines, { commands, projections, plugins, tokenSecrets, world });
  await servePrograms(process, engines, { commands: execution.commands, token: secrets.commands });
  // Last, because only a start that succeeds shows the password. The HTTP server already listens.
  const settings = { email: config.adminEmail, password: config.adminPassword };
  const provision = administratorProvision(settings, runtime.random);
  const administrator = roles.has('commands')
    ? await retryWhileEnginesAreAway(
        () => provision(execution.commands),
        { ...wait, listen: undefined },
        runtime,
      )
    : undefined;
  data.writeAddresses(addresses);
  return {
    addresses,
    commands,
    engines,
    metrics,
    get projections() {
      return projections.daemon();
    },
    projectionStatuses: projections.statuses,
    world,
    readiness,
    administrator,
    close: () => shutdown.closeAll(),
  };
};

/**
 * Starts the platform, or the parts of it that `roles` names, and resolves when it serves. Waits for engines that are away.
 *
 * @param signal - ends that wait; its reason is thrown. Once the platform serves, `close` ends it.
 * @throws Fault `CONFIG_INVALID`, `DATA_DIRECTORY_IN_USE`, `PORT_IN_USE`. What was started by then has been closed.
 */
export const startPlatform = async (
  config: Config,
  roles: ReadonlySet<Role>,
  runtime: Runtime,
  signal: AbortSignal = new AbortController().signal,
): Promise<Platform> => {
  keepForkApart(config);
  limitHeapGrowth();
  const { clock, random, logger } = runtime;
  const shutdown = new ShutdownSequence(clock, logger);
  const openDirectory = async (part: Part): Promise<DataDirectory> => {
    const data = await openDataDirectory(config.dataDir, { random, part });
    shutdown.add(`data directory of the ${part}`, () => data.release());
    return data;
  };
  const parts = new Contributions(shutdown);
  const metrics = createMetricsRegistry();
  try {
    return await start(
      { config, roles, runtime, parts, metrics, addresses: {}, openDirectory },
      shutdown,
      signal,
    );
  } catch (error) {
    await shutdown.closeAll();
    throw error;
  }
};
