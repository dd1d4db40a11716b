import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands/port';
import { connectCommands, startCommandServer } from '../../gateways/grpc';
import type { Readiness } from '../../gateways/graphql';
import type { UpsGateway } from '../../gateways/carriers';
import type { WorldGateway } from '../../gateways/world';
import type { Clock } from '../../platform/clock';
import type { Config } from '../../platform/config';
import {
  openDataDirectory,
  type Addresses,
  type DataDirectory,
  type Part,
} from '../../platform/data-directory';
import { Fault } from '../../platform/faults';
import { cannotListen, hostPort } from '../../platform/listen';
import { createMetricsRegistry } from '../../platform/telemetry';
import type { ProjectionDaemon } from '../../platform/projections';
import type { WorldSimulator } from '../../simulators/world';
import { administratorProvision, type Administrator } from '../seed/administrator';
import { seed } from '../seed/seed';
import { awaitEngines, insist, type Waiting } from './await-engines';
import { carriersOf } from './carriers';
import { ShutdownSequence } from './shutdown-sequence';
import { commandServersOf, commandServerTls } from './command-link';
import { composeCommandSide, type CommandSide } from './command-side';
import { eventStoreAccess } from './event-store-access';
import { openEngines, type Engines, type Surroundings } from './engines';
import { composeShipments, composeUpsGateway, worldLinksOf, type GatewayDeps } from './gateways';
import { reportAbandonedMessages } from './abandoned-messages';
import { composeEdge, composeOperationsDoor } from './http';
import { measuredCommands, measuredEventStore } from './measured';
import { watchParts } from './metrics';
import { lookUpsIn, startProjections } from './read-side';
import { readinessOf } from './readiness';
import type { Role } from './roles';
import { startCarrier, startWorld } from './simulators';
import { webhookSecretOf } from '../../platform/webhook-signing';
import { LeaderElection } from './leader-election';
import { startCarrierSide, startOrders, startWorldSide, type Reactions } from './workflows';

/** A platform that runs, or the part of it that this process is. */
export type Platform = {
  readonly addresses: Addresses;
  readonly commands: CommandClient;
  readonly engines: Engines;
  readonly metrics: Registry;
  /** Absent while another process keeps the projections. */
  readonly projections: ProjectionDaemon | undefined;
  /** Absent where the World runs elsewhere. */
  readonly world: WorldSimulator | undefined;
  /** What `/health/ready` answers. */
  readonly readiness: () => Promise<Readiness>;
  /** Set when this start made the first administrator, with the password that was made up. */
  readonly administrator: Administrator | undefined;
  /** Lets go of everything, in the opposite order and in bounded time; what was acknowledged is safe. */
  readonly close: () => Promise<void>;
};

/** How long calls in hand may take once the platform is told to stop. */
const DRAIN_MS = 3_000;

type Secrets = {
  readonly tokens: readonly [string, ...string[]];
  readonly carrier: readonly [string, ...string[]];
  readonly commands: string;
};

const secretsOf = async (config: Config, data: DataDirectory): Promise<Secrets> => ({
  tokens: config.tokenSecret ?? [await data.secret('access-tokens', 32)],
  carrier: config.carrierSecret ?? [await data.secret('carrier', 32, webhookSecretOf)],
  commands: config.commandsToken ?? (await data.secret('commands', 32)),
});

/** Of a role that this process does not have. */
const nothing = (): undefined => undefined;

const asPlugin =
  ({ routes }: UpsGateway): FastifyPluginAsync =>
  async (app) => {
    await app.register(routes);
  };

/** Starts part after part; each is told to `closers` as soon as it stands. */
class Starting {
  readonly addresses: { -readonly [Name in keyof Addresses]: Addresses[Name] } = {};
  readonly metrics = createMetricsRegistry();

  constructor(
    private readonly config: Config,
    private readonly roles: ReadonlySet<Role>,
    private readonly surroundings: Surroundings,
    private readonly closers: ShutdownSequence,
  ) {}

  async data(part: Part): Promise<DataDirectory> {
    const { random } = this.surroundings;
    const data = await openDataDirectory(this.config.dataDir, { random, part });
    this.closers.add(`data directory of the ${part}`, () => data.release());
    return data;
  }

  async engines(directory: string, signal: AbortSignal): Promise<Engines> {
    const engines = await openEngines(this.config, directory, this.surroundings);
    this.closers.add('engines', () => engines.close());
    await awaitEngines(this.waiting(engines, signal), this.surroundings);
    return { ...engines, store: measuredEventStore(engines.store, this.measures) };
  }

  commandSide(engines: Engines): CommandSide {
    const side = composeCommandSide(this.config, engines, this.surroundings);
    this.closers.add('commands', () => side.commands.close());
    return { ...side, commands: measuredCommands(side.commands, this.measures) };
  }

  /** This process' own use cases, or the way to those of another. */
  commandClient(side: CommandSide, token: string): CommandClient {
    if (this.roles.has('commands') || this.config.commands === 'in-process') return side.commands;
    const client = connectCommands({ ...commandServersOf(this.config), token, ...this.surroundings });
    this.closers.add('command connection', () => client.close());
    return client;
  }

  async commandServer(side: CommandSide, token: string): Promise<void> {
    if (!this.roles.has('commands')) return;
    const { host, grpcPort } = this.config;
    const { commands } = side;
    const door = { host, port: grpcPort, token, ...commandServerTls(this.config) };
    const server = await startCommandServer({ commands, ...door, ...this.surroundings });
    this.closers.add('gRPC', () => server.close(DRAIN_MS));
    this.addresses.grpc = hostPort({ host, port: server.port });
  }

  /** EventStoreDB's protocol over the embedded store, for whoever speaks it. */
  async eventStoreServer({ embeddedStore }: Engines): Promise<void> {
    const { host, eventStorePort } = this.config;
    if (eventStorePort === undefined) return;
    if (embeddedStore === undefined) {
      throw new Fault(
        'CONFIG_INVALID',
        'WAYBILL_EVENTSTORE_PORT serves the embedded store; WAYBILL_EVENT_STORE names another.',
      );
    }
    const { startEventStoreServer } = await import('../../gateways/eventstoredb/index.js');
    const server = await startEventStoreServer({
      store: embeddedStore,
      port: eventStorePort,
      ...eventStoreAccess(this.config, this.surroundings.logger),
      ...this.surroundings,
    });
    this.closers.add('EventStoreDB protocol', () => server.close());
    this.addresses.eventstore = hostPort({ host, port: server.port });
  }

  async world(): Promise<WorldSimulator | undefined> {
    if (!this.roles.has('simulators') || this.config.world !== 'simulated') return undefined;
    const { path } = await this.data('world');
    const world = await startWorld(this.config, path, this.surroundings);
    this.closers.add('World simulator', () => world.close());
    this.addresses.worldAmazon = hostPort(world.amazonAddress);
    this.addresses.worldUps = hostPort(world.upsAddress);
    return world;
  }

  async carrier(world: WorldSimulator | undefined, secrets: readonly string[]): Promise<string | undefined> {
    const { config } = this;
    if (!this.roles.has('simulators') || config.carrier !== 'simulated') return undefined;
    const { path } = await this.data('carrier');
    const place = world?.upsAddress ?? { host: config.host, port: config.worldUpsPort };
    const carrier = await startCarrier(
      config,
      { directory: path, world: place, secrets, shopUrl: this.shopUrl() },
      this.surroundings,
    );
    this.closers.add('carrier simulator', () => carrier.close());
    this.addresses.carrier = hostPort({ host: config.host, port: carrier.port });
    return `http://${this.addresses.carrier}`;
  }

  turns(engines: Engines): LeaderElection {
    return new LeaderElection(this.config, engines, this.surroundings, this.closers);
  }

  async projections(turns: LeaderElection): Promise<() => ProjectionDaemon | undefined> {
    const { roles, config, surroundings } = this;
    if (!roles.has('projections')) return nothing;
    const readElsewhere = !roles.has('edge') || config.readModels !== 'embedded';
    return turns.take('projections', (own) => startProjections(own, surroundings, { readElsewhere }));
  }

  private waiting(engines: Engines, signal: AbortSignal): Waiting {
    return { engines, metrics: this.metrics, listen: (door) => this.listen(door), signal };
  }

  private get measures(): { readonly metrics: Registry; readonly clock: Clock } {
    return { metrics: this.metrics, clock: this.surroundings.clock };
  }

  /** Where the carrier simulator reports; asked anew each time, because the port is not known before somebody listens. */
  private shopUrl(): () => string {
    const { config, roles } = this;
    const { shopUrl } = config;
    if (shopUrl !== undefined) return () => shopUrl.replace(/\/$/, '');
    if (roles.has('ups-gateway'))
      return () => this.addresses.http ?? `http://${hostPort({ host: config.host, port: config.httpPort })}`;
    throw new Fault(
      'CONFIG_INVALID',
      'The carrier simulator reports to a process with the role ups-gateway: WAYBILL_SHOP_URL names it (or set WAYBILL_CARRIER=off).',
    );
  }

  async listen(app: FastifyInstance): Promise<void> {
    const { host, httpPort } = this.config;
    const place = { host, port: httpPort };
    await app.listen(place).catch((cause: unknown) => {
      throw cannotListen('httpPort', place, cause);
    });
  }

  private async serve(app: FastifyInstance): Promise<void> {
    this.closers.add('HTTP', () => app.close());
    await this.listen(app);
    const { port } = app.server.address() as AddressInfo;
    this.addresses.http = `http://${hostPort({ host: this.config.host, port })}`;
  }

  /** Gateways, workflows and the HTTP door, which know each other. @returns what `/health/ready` answers. */
  async outside(
    parts: {
      readonly side: CommandSide;
      readonly deps: GatewayDeps;
      readonly turns: LeaderElection;
      readonly runtime: () => ProjectionDaemon | undefined;
    },
    world: WorldSimulator | undefined,
    { secrets, carrierUrl }: { readonly secrets: Secrets; readonly carrierUrl: string | undefined },
  ): Promise<() => Promise<Readiness>> {
    const { side, deps, turns, runtime } = parts;
    const { roles, config, surroundings, closers } = this;
    const links = worldLinksOf(config, world?.amazonAddress);
    const carriers = carriersOf(config, secrets.carrier, carrierUrl);
    const shipments = composeShipments(deps);
    const worldSide =
      roles.has('world-gateway') && links.length > 0
        ? await turns.take('world-gateway', (engines) => startWorldSide({ ...deps, engines }, links))
        : nothing;
    let gateway: UpsGateway | undefined;
    let carrierSide: () => Reactions | undefined = nothing;
    if (roles.has('ups-gateway') && carriers.length > 0) {
      const told = { carriers, shipments, gateway: composeUpsGateway(carriers, shipments, deps) };
      gateway = told.gateway;
      closers.add('UPS gateway', () => told.gateway.close());
      carrierSide = await turns.take('ups-gateway', (engines) =>
        startCarrierSide({ ...deps, engines }, told),
      );
    }
    const publishes = config.bus !== 'embedded';
    const orders = roles.has('workflows')
      ? await turns.take('workflows', (engines) => startOrders({ ...deps, engines }, side, { publishes }))
      : nothing;
    if (roles.has('workflows')) {
      const telling = { metrics: this.metrics, logger: surroundings.logger };
      await reportAbandonedMessages(deps.engines.bus, () => orders() !== undefined, telling);
    }
    const worldGateway = (): WorldGateway | undefined => worldSide()?.gateway;
    const reactions = { workflows: orders, 'world-gateway': worldSide, 'ups-gateway': carrierSide };
    const shared = { engines: deps.engines, projections: runtime, worldGateway, turns, orders, reactions };
    const readiness = readinessOf({ ...deps, ...shared, roles }, surroundings);
    watchParts({ ...shared, readiness, upsGateway: gateway }, this.measures);
    const plugins = gateway === undefined ? [] : [asPlugin(gateway)];
    const door = { readiness, plugins, metrics: this.metrics };
    const { trustProxy, allowedOrigins } = config;
    const tokenSecrets = secrets.tokens;
    const origins = { trustProxy, allowedOrigins };
    const edge = { ...deps, ...door, ...origins, runtime, tokenSecrets, simulatedWorld: world };
    await this.serve(
      roles.has('edge')
        ? composeEdge(edge, surroundings)
        : composeOperationsDoor({ ...door, trustProxy }, surroundings),
    );
    return readiness;
  }

  /** An engine may go away again before they are all stored. */
  async firstFacts(engines: Engines, { commands }: CommandSide, signal: AbortSignal): Promise<void> {
    if (!this.roles.has('commands') || !this.config.seed) return;
    await insist(() => seed(engines.store, commands), this.waiting(engines, signal), this.surroundings);
  }

  /** The platform serves already, so that nobody else has to stand at its door while an engine is away. */
  async administrator(
    engines: Engines,
    { commands }: CommandSide,
    signal: AbortSignal,
  ): Promise<Administrator | undefined> {
    if (!this.roles.has('commands')) return undefined;
    const { config, surroundings } = this;
    const settings = { email: config.adminEmail, password: config.adminPassword };
    const provision = administratorProvision(settings, surroundings.random);
    const waiting = { ...this.waiting(engines, signal), listen: () => Promise.resolve() };
    return insist(() => provision(commands), waiting, surroundings);
  }
}

/**
 * Starts the platform, or those parts of it that `roles` names, and resolves when it serves. An engine that is away is waited
 * for.
 *
 * @param signal - ends that wait; its reason is thrown. Once it serves, `close` ends it.
 * @throws Fault `CONFIG_INVALID`, `DATA_DIRECTORY_IN_USE`, `PORT_IN_USE`; whatever was started by then has been closed.
 */
export const startPlatform = async (
  config: Config,
  roles: ReadonlySet<Role>,
  surroundings: Surroundings,
  signal: AbortSignal = new AbortController().signal,
): Promise<Platform> => {
  const closers = new ShutdownSequence(surroundings.clock, surroundings.logger);
  const starting = new Starting(config, roles, surroundings, closers);
  try {
    const data = await starting.data('platform');
    const secrets = await secretsOf(config, data);
    const engines = await starting.engines(data.path, signal);
    const side = starting.commandSide(engines);
    const commands = starting.commandClient(side, secrets.commands);
    const deps: GatewayDeps = {
      ...surroundings,
      ...side,
      commands,
      engines,
      lookUps: lookUpsIn(engines.readModels, surroundings),
    };
    await starting.firstFacts(engines, side, signal);
    const world = await starting.world();
    const turns = starting.turns(engines);
    const runtime = await starting.projections(turns);
    const carrierUrl = await starting.carrier(world, secrets.carrier);
    const readiness = await starting.outside({ side, deps, turns, runtime }, world, { secrets, carrierUrl });
    await starting.commandServer(side, secrets.commands);
    await starting.eventStoreServer(engines);
    // Last, because its password is told once: by a start that comes to its end.
    const administrator = await starting.administrator(engines, side, signal);
    const { addresses } = starting;
    data.writeAddresses(addresses);
    return {
      addresses,
      commands,
      engines,
      metrics: starting.metrics,
      get projections() {
        return runtime();
      },
      world,
      readiness,
      administrator,
      close: () => closers.closeAll(),
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
};
