import { setMaxListeners } from 'node:events';
import type { CommandClient } from '../../commands';
import type { Warehouses } from '../../commands/reactors/sites';
import type { Aggregates } from '../../platform/execution';
import type { Numbers } from '../../commands/numbering';
import type { ProductId, SerialNumber, WorldId } from '../../domain/kernel';
import { warehouseEventTypes, type WarehouseRegistered } from '../../domain/warehouse';
import { worldCommandEventTypes, type WorldCommandEvent } from '../../domain/world-command';
import type { WorldChosen } from '../../domain/world-link';
import { Wake, type Clock, type Random } from '../../platform/clock';
import type { EventStore, RecordedEvent } from '../../platform/event-store';
import { supervise } from '../../platform/faults';
import { dial as dialTcp, type Dial } from '../../platform/framed-socket';
import type { ReadModels } from '../../platform/read-models';
import type { Logger } from '../../platform/telemetry';
import { worldCommands, type WorldCommandDocument } from '../../projections/world-commands';
import { pinned } from '../../platform/read-models';
import { WorldConnection } from './world-connection';
import { PendingRequests } from './pending-requests';
import { worldGatewayLimits, type WorldGatewayLimits, type WorldLinkConfig } from './settings';

export type WorldGatewayDeps = {
  readonly links: readonly WorldLinkConfig[];
  readonly store: EventStore;
  readonly aggregates: Aggregates;
  readonly commands: CommandClient;
  readonly readModels: ReadModels;
  readonly numbers: Numbers;
  /** All warehouses; may lag a little behind the events. */
  readonly warehouses: Warehouses;
  /** Finds the product of goods that arrive without a request. */
  readonly productByNumber: (number: SerialNumber) => Promise<ProductId | undefined>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: Partial<WorldGatewayLimits> | undefined;
  /** TCP unless a simulation provides another. */
  readonly dial?: Dial | undefined;
};

/**
 * The state of a connection. `unacked`: commands without acknowledgement; `open`: commands without an outcome;
 * `refused`: the open ones that were refused often and are repeated.
 */
export type WorldLinkStatus = {
  readonly link: string;
  /** Absent while it is not connected. */
  readonly worldId: WorldId | undefined;
  readonly unacked: number;
  readonly open: number;
  readonly refused: number;
};

export interface WorldGateway {
  status(): readonly WorldLinkStatus[];
  /** Disconnects; open commands continue after the next start. */
  close(): Promise<void>;
}

/** A connection and its requests. */
type ManagedConnection = {
  readonly connection: WorldConnection;
  readonly requests: PendingRequests;
  readonly config: WorldLinkConfig;
};

const isWorldCommandEvent = (
  event: RecordedEvent,
): event is Omit<RecordedEvent, 'type' | 'data'> & WorldCommandEvent => event.type in worldCommandEventTypes;

const createConnection = (
  config: WorldLinkConfig,
  deps: WorldGatewayDeps & { readonly signal: AbortSignal; readonly limits: WorldGatewayLimits },
): ManagedConnection => {
  const { clock, random, limits, dial } = deps;
  const wake = new Wake();
  const requests = new PendingRequests({ clock, random, limits, wake: () => wake.call() });
  const connection = new WorldConnection({
    ...deps,
    config,
    link: config.name,
    requests,
    wake,
    dial: dial ?? dialTcp,
  });
  return { connection, requests, config };
};

const applyEvent = ({ connection, requests, config }: ManagedConnection, event: RecordedEvent): void => {
  if (isWorldCommandEvent(event)) {
    // Only the first event of a command names its connection. The others change nothing on other connections.
    if (event.type !== 'WorldCommandQueued' || event.data.link === config.name) requests.apply(event);
  } else if (event.type === ('WorldChosen' satisfies WorldChosen['type'])) {
    const { link: name, worldId } = event.data as WorldChosen['data'];
    if (name === config.name) connection.worldChosen(worldId);
  } else if (event.type in warehouseEventTypes && 'place' in event.data) {
    const { warehouseId, place } = event.data as WarehouseRegistered['data'];
    connection.warehouseRegistered({ warehouseId, place });
  }
};

/**
 * Connects the platform to its worlds. The reactor `worldReactions` runs separately and turns events into commands;
 * this gateway sends them until they are acknowledged, and stores the worlds' answers.
 *
 * Needs the read model `world_commands`, maintained by any process; its lag does not matter.
 */
export const startWorldGateway = (given: WorldGatewayDeps): WorldGateway => {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every wait in the gateway adds a listener.
  setMaxListeners(0, signal);
  const deps = { ...given, limits: { ...worldGatewayLimits, ...given.limits }, signal };
  const { store, readModels, clock, random, logger, limits } = deps;
  const connections = deps.links.map((config) => createConnection(config, deps));

  /** Resolves when all commands are loaded; before that, an answer could be matched to a wrong command. */
  let caughtUp: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (caughtUp = resolve));

  const followEvents = async (): Promise<void> => {
    const documents = await pinned<WorldCommandDocument>(readModels, worldCommands);
    // Before the documents, so that concurrent events are read twice rather than never.
    const after = await documents.checkpoint();
    for (const { requests, config } of connections) {
      const where = { link: config.name, open: true };
      const query = { index: 'by_link_open', where, order: 'ascending' } as const;
      for await (const document of documents.all(query)) requests.recover(document);
    }
    for await (const batch of store.subscribe(after === undefined ? { signal } : { after, signal })) {
      for (const event of batch.events) for (const connection of connections) applyEvent(connection, event);
      if (batch.caughtUp) caughtUp();
    }
  };

  const following = supervise(followEvents, {
    ...{ clock, random, signal, backoff: limits.reconnect },
    onFailure: (error) => logger.error({ error }, 'The World gateway lost the events and resumes'),
  });
  const running = connections.map(async ({ connection }) => {
    await ready;
    if (!signal.aborted) await connection.run();
  });

  return {
    status: () =>
      connections.map(({ config, connection, requests }) => ({
        link: config.name,
        worldId: connection.connectedWorldId,
        unacked: requests.unackedCount,
        open: requests.openCount,
        refused: requests.refusedCount,
      })),
    close: async () => {
      stopping.abort(new Error('The World gateway stops'));
      caughtUp();
      for (const { requests } of connections) requests.close();
      await Promise.all([following, ...running]);
    },
  };
};
