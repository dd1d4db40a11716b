import { createServer, type Server, type Socket } from 'node:net';
import type { Clock, Random } from '../../platform/clock';
import { listen, type Place } from '../../platform/listen';
import type { Logger } from '../../platform/telemetry';
import { amazonProtocol, DEFAULT_SPEED, upsProtocol, type SideProtocol } from './core';
import type { WireFaults } from './faults';
import { openJournal } from './journal';
import type { Link, Timing } from './link';
import { Session } from './session';
import { Simulator } from './simulator';
import { statsOf, viewOf, type WorldStats, type WorldView } from './view';

export type WorldSimulatorOptions = {
  /** The directory of the worlds, made if it is missing. The caller ensures that no other process has it open. */
  readonly directory: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly amazonPort: number;
  readonly upsPort: number;
  /** No faults by default. */
  readonly faults?: Partial<WireFaults>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The `simspeed` of new worlds; 100 by default. */
  readonly defaultSpeed?: number;
  readonly timing?: Partial<Timing>;
};

export type WorldSimulator = {
  readonly amazonAddress: Place;
  readonly upsAddress: Place;
  /** Makes a world of that number unless it exists; resolves when it is stored. */
  ensureWorld(id: bigint): Promise<void>;
  /** Changes the given faults at run time; others stay. */
  setFaults(faults: Partial<WireFaults>): void;
  stats(): WorldStats;
  /** Returns the present state of a world; undefined if it does not exist. */
  view(id: bigint): WorldView | undefined;
  /** Disconnects all clients and stores the remaining changes. */
  close(): Promise<void>;
};

const CONNECTIONS_MAX = 1024;
const KEEP_ALIVE_MS = 30_000;
const DEFAULT_TIMING: Timing = { resendMs: 500, idleMs: 600_000, drainMs: 10_000 };

const linkOf = (socket: Socket): Link => ({
  get backlogBytes() {
    return socket.writableLength;
  },
  send: (bytes) => socket.write(bytes),
  pause: () => socket.pause(),
  resume: () => socket.resume(),
  end: () => socket.end(),
  destroy: () => socket.destroy(),
});

const serve = (protocol: SideProtocol, simulator: Simulator, connections: Map<Socket, Session>): Server => {
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  server.maxConnections = CONNECTIONS_MAX;
  server.on('connection', (socket) => {
    const session = new Session(protocol, simulator, linkOf(socket));
    connections.set(socket, session);
    socket.on('data', (chunk) => session.receive(chunk));
    // A reset ends the connection like any other way: the client reconnects, and everything unacknowledged is sent
    // again.
    socket.on('error', (error) => simulator.logger.debug({ error: error.message }, 'A connection broke'));
    socket.on('close', () => {
      connections.delete(socket);
      session.closed();
    });
  });
  return server;
};

/**
 * Starts a World on its two ports and restores the worlds of the folder.
 *
 * @throws Fault `PORT_IN_USE`, `CONFIG_INVALID` if it cannot listen on the given address.
 */
export const startWorldSimulator = async (options: WorldSimulatorOptions): Promise<WorldSimulator> => {
  const simulator = new Simulator({
    clock: options.clock,
    random: options.random,
    logger: options.logger,
    faults: options.faults ?? {},
    defaultSpeed: options.defaultSpeed ?? DEFAULT_SPEED,
    timing: { ...DEFAULT_TIMING, ...options.timing },
  });
  await simulator.open((take) => openJournal(options.directory, take));
  const connections = new Map<Socket, Session>();
  const amazon = serve(amazonProtocol, simulator, connections);
  const ups = serve(upsProtocol, simulator, connections);
  const close = async (): Promise<void> => {
    amazon.close();
    ups.close();
    for (const [socket, session] of connections) {
      socket.destroy();
      session.closed();
    }
    await simulator.close();
  };
  try {
    const { host, amazonPort, upsPort } = options;
    const amazonAddress = await listen(amazon, { host, port: amazonPort }, 'worldAmazonPort');
    const upsAddress = await listen(ups, { host, port: upsPort }, 'worldUpsPort');
    return {
      amazonAddress,
      upsAddress,
      ensureWorld: (id) => simulator.ensureWorld(id),
      setFaults: (faults) => simulator.setFaults(faults),
      stats: () => statsOf(simulator),
      view: (id) => viewOf(simulator, id),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
