import type { Warehouses } from '../../commands/reactors/sites';
import type { CommandContext } from '../../platform/execution';
import type { Millis, Place, WarehouseId, WorldId } from '../../domain/kernel';
import { worldLink, type WorldLinkCommand, type WorldLinkState } from '../../domain/world-link';
import type { Wake } from '../../platform/clock';
import { Fault, isFault, supervise } from '../../platform/faults';
import type { Dial } from '../../platform/framed-socket';
import { uuidV7 } from '../../platform/ids';
import { inSmallFrames, type AResponses } from '../../proto/world';
import { rootContext, untilKnown } from '../../platform/execution';
import { connectToWorld, type WorldSocket } from './client';
import { Inbox, type InboxDeps } from './inbox';
import { linkOf, type WorldGatewayLimits, type WorldLinkConfig } from './settings';
import { fingerprintOf, toCommands, toConnect, toReports, type WorldReport } from './translate';
import { queueOverdueQueries } from './watchdog';

export type WorldConnectionDeps = InboxDeps & {
  readonly config: WorldLinkConfig;
  readonly limits: WorldGatewayLimits;
  readonly dial: Dial;
  /** Called when there is something to send. */
  readonly wake: Wake;
  readonly warehouses: Warehouses;
};

type Site = { readonly warehouseId: WarehouseId; readonly place: Place };

/** The time limit for storing the end of a connection, also when the gateway stops. */
const CLOSE_TIMEOUT_MS = 1_000;

/** The numbers of the messages that one world has sent. Another world uses the same numbers for other messages. */
type ReceivedState = {
  readonly worldId: WorldId | undefined;
  readonly inProgress: Set<bigint>;
  /** Fingerprints. */
  readonly handled: Set<string>;
  readonly acksToSend: Set<bigint>;
};

const emptyReceivedState = (worldId: WorldId | undefined): ReceivedState => ({
  ...{ worldId, inProgress: new Set(), handled: new Set(), acksToSend: new Set() },
});

/** The reason for replacing a connection by a new one. */
class Reconnect extends Error {}

/** One connection: it connects, announces warehouses, sends and receives, and reconnects without limit. */
export class WorldConnection {
  private readonly inbox: Inbox;
  /** Warehouses of this connection that were registered while it ran; the read model may not have them yet. */
  private readonly registeredSites = new Map<WarehouseId, Site>();
  private received: ReceivedState = emptyReceivedState(undefined);
  private session: AbortController | undefined;
  private world: { worldId: WorldId; introduced: ReadonlySet<WarehouseId> } | undefined;
  /** The world of the settings counts once, so that one that is chosen later holds until the process restarts. */
  private isConfigured = false;
  private lastReceivedMs = 0;
  private resumeReading: () => void = () => undefined;

  constructor(private readonly deps: WorldConnectionDeps) {
    this.inbox = new Inbox(deps);
  }

  /** Returns the connected world. */
  get connectedWorldId(): WorldId | undefined {
    return this.world?.worldId;
  }

  async run(): Promise<void> {
    const { clock, random, limits, logger, signal, link } = this.deps;
    await supervise(() => this.connectOnce(), {
      ...{ clock, random, signal, backoff: limits.reconnect },
      onFailure: (error, attempt) => {
        if (error instanceof Reconnect) logger.info({ link, why: error.message }, 'The World is reconnected');
        else logger.warn({ link, attempt, error }, 'The World is not connected');
      },
    });
  }

  /** Handles a new warehouse. The World learns of it only at a connect, so the connection is replaced. */
  warehouseRegistered(site: Site): void {
    if (linkOf(this.deps.links, site.warehouseId) !== this.deps.config) return;
    this.registeredSites.set(site.warehouseId, site);
    if (this.world && !this.world.introduced.has(site.warehouseId))
      this.disconnect(new Reconnect(`warehouse ${site.warehouseId} is new`));
  }

  /** Handles the choice of a world: reconnects if the connection is to another world. */
  worldChosen(worldId: WorldId): void {
    if (this.world && this.world.worldId !== worldId)
      this.disconnect(new Reconnect(`world ${worldId} was chosen`));
  }

  private disconnect(why: Error): void {
    this.session?.abort(why);
  }

  private async connectOnce(): Promise<void> {
    const { dial, clock, limits, config, signal } = this.deps;
    const state = await this.executeAndLoad(
      config.worldId === undefined || this.isConfigured
        ? undefined
        : { type: 'ChooseWorld', link: config.name, worldId: config.worldId, at: clock.now() },
    );
    this.isConfigured = true;
    const sites = (await this.sites()).filter(({ warehouseId }) => !state.introduced.has(warehouseId));
    const client = { dial, clock, signal, connectTimeoutMs: limits.connectTimeoutMs };
    const connection = await connectToWorld(client, config, toConnect(state.worldId, sites));
    const session = new AbortController();
    this.session = session;
    const stop = (): void => session.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    // Reading ends only with the connection, so the connection is closed as soon as the session must end.
    session.signal.addEventListener('abort', () => connection.close(), { once: true });
    if (signal.aborted) stop();
    let reason = 'The World closed the connection';
    try {
      await this.serve(connection, sites, session);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.world = undefined;
      connection.close();
      await this.recordConnectionLost(reason);
    }
  }

  private async serve(
    connection: WorldSocket,
    sites: readonly Site[],
    session: AbortController,
  ): Promise<void> {
    const { config, clock, requests, logger, link, wake } = this.deps;
    const { worldId } = connection;
    const warehouses = sites.map(({ warehouseId }) => warehouseId);
    const state = await this.executeAndLoad({
      ...{ type: 'RecordWorldConnected', link: config.name, worldId, warehouses, at: clock.now() },
    });
    if (this.received.worldId !== worldId) this.received = emptyReceivedState(worldId);
    this.world = { worldId, introduced: state.introduced };
    logger.info({ link, worldId, warehouses }, 'The World is connected');
    requests.connect(worldId, state.introduced);
    this.lastReceivedMs = clock.monotonicMs();
    const parts = [
      this.read(connection, worldId),
      this.write(connection, session.signal),
      this.watch(session.signal),
    ];
    try {
      wake.call();
      await Promise.race(parts);
    } catch (error) {
      // The abort reason is the cause; the broken connection is only its consequence.
      session.signal.throwIfAborted();
      throw error;
    } finally {
      session.abort(new Error('The connection ends'));
      await Promise.allSettled(parts);
    }
  }

  private async read(connection: WorldSocket, worldId: WorldId): Promise<void> {
    for await (const responses of connection.responses) {
      this.lastReceivedMs = this.deps.clock.monotonicMs();
      await this.handleResponses(responses, worldId);
    }
    throw new Error('The World closed the connection');
  }

  private async handleResponses(responses: AResponses, worldId: WorldId): Promise<void> {
    const { acks, reports } = toReports(responses);
    for (const seqnum of acks) {
      const command = this.deps.requests.findBySeqnum(seqnum);
      if (command && command.acked?.worldId !== worldId) {
        this.deps.requests.markAcked(command.id, worldId);
        this.inBackground(() => this.inbox.recordAck(worldId, command), { ack: String(seqnum) });
      }
    }
    const { received } = this;
    for (const report of reports) {
      while (received.inProgress.size >= this.deps.limits.receivingMax)
        await new Promise<void>((resolve) => (this.resumeReading = resolve));
      this.handleReport(report, received, worldId);
    }
  }

  private handleReport(report: WorldReport, received: ReceivedState, worldId: WorldId): void {
    const { seqnum } = report;
    if (received.inProgress.has(seqnum)) return;
    const fingerprint = fingerprintOf(report);
    if (received.handled.has(fingerprint)) {
      // Our acknowledgement was lost: the World needs only another one.
      this.acknowledge(received, seqnum);
      return;
    }
    received.inProgress.add(seqnum);
    this.inBackground(
      async () => {
        try {
          await this.inbox.receive(worldId, report);
          this.addBounded(received.handled, fingerprint);
          this.acknowledge(received, seqnum);
        } finally {
          received.inProgress.delete(seqnum);
          this.resumeReading();
        }
      },
      { report: report.kind, seqnum: String(seqnum) },
    );
  }

  /** Runs work whose failure is not acknowledged, so the World sends the message again. */
  private inBackground(work: () => Promise<void>, facts: object): void {
    const { link, logger, signal } = this.deps;
    work().catch((error: unknown) => {
      if (signal.aborted) return;
      logger.error({ link, ...facts, error }, 'A message of the World could not be received');
    });
  }

  private acknowledge(received: ReceivedState, seqnum: bigint): void {
    // Bounded set; if an acknowledgement is evicted, the World sends the message again and gets another one.
    this.addBounded(received.acksToSend, seqnum);
    this.deps.wake.call();
  }

  private addBounded<Item>(items: Set<Item>, item: Item): void {
    items.add(item);
    const [oldest] = items;
    if (items.size > this.deps.limits.rememberedMax && oldest !== undefined) items.delete(oldest);
  }

  private async write(connection: WorldSocket, signal: AbortSignal): Promise<void> {
    const { requests, wake, clock, config, limits } = this.deps;
    if (config.simulationSpeed !== undefined)
      await connection.send(toCommands([], [], config.simulationSpeed));
    for (;;) {
      signal.throwIfAborted();
      const due = requests.takeDue();
      const acks = [...this.received.acksToSend].slice(0, limits.acksAtOnceMax);
      if (due.length === 0 && acks.length === 0) {
        await wake.sleepAtMost(clock, requests.dueInMs(), signal);
        continue;
      }
      // If an acknowledgement is lost, the World sends its message again and gets another one.
      for (const ack of acks) this.received.acksToSend.delete(ack);
      // Small frames, because some programs read only one byte of a frame's length.
      for (const some of inSmallFrames(acks)) await connection.send(toCommands([], some));
      for (const command of due) await connection.send(toCommands([command], []));
    }
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { clock, limits, requests } = this.deps;
    for (;;) {
      // The first check is at once: a warehouse may have been registered during the connect.
      const unannounced = (await this.sites()).find(({ warehouseId }) => !this.isIntroduced(warehouseId));
      if (unannounced) throw new Reconnect(`warehouse ${unannounced.warehouseId} is new`);
      await queueOverdueQueries(this.deps);
      await clock.sleep(limits.watchEveryMs as Millis, signal);
      const silentMs = clock.monotonicMs() - this.lastReceivedMs;
      if (requests.isAwaitingAcks && silentMs > limits.silenceMs)
        throw new Fault('DEADLINE_EXCEEDED', `No message from the World for ${silentMs} ms`);
    }
  }

  private isIntroduced(warehouseId: WarehouseId): boolean {
    return this.world?.introduced.has(warehouseId) ?? false;
  }

  private async sites(): Promise<Site[]> {
    const { links, config } = this.deps;
    const all = new Map<WarehouseId, Site>(this.registeredSites);
    for (const { warehouseId, place } of await this.registered())
      all.set(warehouseId, { warehouseId, place });
    return [...all.values()].filter(({ warehouseId }) => linkOf(links, warehouseId) === config);
  }

  /**
   * Returns the registered warehouses; none while the read models are unavailable, so that the connection works
   * meanwhile for the warehouses that were announced before.
   */
  private async registered(): Promise<readonly Site[]> {
    const { warehouses, logger, link } = this.deps;
    try {
      return await warehouses();
    } catch (error) {
      if (!isFault(error, 'READ_MODELS_UNAVAILABLE')) throw error;
      logger.warn({ link, error }, 'The warehouses cannot be read now; they are read later');
      return [];
    }
  }

  /** Executes a command on the connection's stream and returns the resulting state. */
  private async executeAndLoad(command: WorldLinkCommand | undefined): Promise<WorldLinkState> {
    const { aggregates, config } = this.deps;
    if (command !== undefined) {
      const context = this.contextOf();
      const executed = await untilKnown(this.deps, () =>
        aggregates.of(worldLink).execute(config.name, command, context),
      );
      if (executed.kind === 'rejected')
        throw new Fault(
          'WORLD_REFUSED',
          `The link does not permit this world: ${JSON.stringify(executed.rejection)}`,
        );
    }
    return aggregates.of(worldLink).load(config.name);
  }

  /** Records the end of a connection. It is tried once: the next connection makes the record unnecessary. */
  private async recordConnectionLost(reason: string): Promise<void> {
    const { aggregates, config, clock } = this.deps;
    const lost = { type: 'RecordWorldConnectionLost', link: config.name, reason, at: clock.now() } as const;
    const context = { ...this.contextOf(), timeoutMs: CLOSE_TIMEOUT_MS };
    const links = aggregates.of(worldLink);
    await links.execute(config.name, lost, context).catch(() => undefined);
  }

  private contextOf(): CommandContext {
    const commandId = uuidV7(this.deps.clock, this.deps.random);
    return rootContext(commandId, { kind: 'gateway', id: `world:${this.deps.link}`, roles: [] });
  }
}
