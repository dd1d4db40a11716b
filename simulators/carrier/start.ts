import { epochMsOf, type Millis } from '../../domain/kernel';
import type { Clock, Random } from '../../platform/clock';
import { createHttpPost } from '../../platform/http-client';
import type { Logger } from '../../platform/telemetry';
import { Desk, type Effects, type Truck } from './desk';
import type { Dialect } from './dialects/dialect';
import { envelopedDialect } from './dialects/enveloped';
import { plainDialect } from './dialects/plain';
import { signedDialect } from './dialects/signed';
import { Memory } from './memory';
import { startNoticeServer } from './notice-server';
import { Reporter } from './reporter';
import type { Place } from './words';
import { WorldLink } from './world-link';

export type CarrierSimulatorOptions = {
  /** The directory of its stored state. */
  readonly directory: string;
  /** The shop's name of this carrier: its webhooks go to `/webhooks/<name>`. */
  readonly name: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /**
   * `worldId`: the world to join. Without it the carrier stays in its last world; at the first start the World makes
   * one.
   */
  readonly world: { readonly host: string; readonly port: number; readonly worldId?: bigint };
  /** Returns scheme, host and port of the shop; called for each report. */
  readonly shopUrl: () => string;
  readonly dialect: 'plain' | 'enveloped' | 'signed';
  /** Secrets shared with the shop; the first signs, all are accepted. */
  readonly secrets: readonly string[];
  readonly trucks: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

export type CarrierSimulator = {
  readonly port: number;
  /** True if its World is connected. */
  readonly connected: () => boolean;
  readonly close: () => Promise<void>;
};

const TICK_MS = 500 as Millis;

const dialectOf = ({ dialect, name, secrets }: CarrierSimulatorOptions): Dialect => {
  switch (dialect) {
    case 'plain':
      return plainDialect(secrets);
    case 'enveloped':
      return envelopedDialect(secrets);
    case 'signed':
      return signedDialect(name, secrets);
  }
};

/** Places the trucks in a ring round the centre, so that none is far from every warehouse. */
const garage = (count: number): readonly (Place & { readonly id: number })[] =>
  Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return { id: index + 1, x: Math.round(6 * Math.cos(angle)), y: Math.round(6 * Math.sin(angle)) };
  });

const fresh = (id: number): Truck => ({ id, stage: 'idle', warehouse: null, since: 0 });

/** Restores the desk from its stored state. */
const deskOf = (memory: Memory, trucks: readonly { readonly id: number }[]): Desk => {
  const stored = new Map(memory.trucks().map((truck) => [truck.id, truck]));
  return new Desk(
    memory.parcels(),
    trucks.map(({ id }) => stored.get(id) ?? fresh(id)),
    (shipment) => memory.isDone(shipment),
  );
};

const forget = (report: number, memory: Memory, logger: Logger): void => {
  try {
    memory.sent(report);
  } catch (error) {
    const what = 'The carrier cannot note that a report was taken; it is sent again at the next start.';
    logger.warn({ error }, what);
  }
};

/** Repeats the work at every tick; after a failure the next tick tries again. */
const everyTick = (
  { clock, logger }: CarrierSimulatorOptions,
  work: () => void,
): { readonly stop: () => void } => {
  let timer = clock.after(TICK_MS, function tick() {
    try {
      work();
    } catch (error) {
      logger.warn({ error }, 'The carrier cannot go on with its work; trying again.');
    }
    timer = clock.after(TICK_MS, tick);
  });
  return { stop: () => timer.cancel() };
};

/**
 * Starts a carrier of our own: it accepts notices, drives trucks through the World, and sends reports. Shop and World
 * may start later.
 */
export const startCarrierSimulator = async (options: CarrierSimulatorOptions): Promise<CarrierSimulator> => {
  const { clock, logger, world } = options;
  const memory = new Memory(options.directory);
  if (world.worldId !== undefined) memory.enterWorld(world.worldId);
  const dialect = dialectOf(options);
  const trucks = garage(options.trucks);
  let desk = deskOf(memory, trucks);
  const now = (): number => epochMsOf(clock.now());

  const commit = (...step: Parameters<Memory['commit']>): ReturnType<Memory['commit']> => {
    try {
      return memory.commit(...step);
    } catch (error) {
      // The disk may be full. The desk must match the stored state; the sender will repeat the message.
      desk = deskOf(memory, trucks);
      throw error;
    }
  };
  const carryOut = (effects: Effects, cause: Parameters<Memory['commit']>[1] = {}): void => {
    const { orders, reports } = commit(effects, cause);
    for (const order of orders) link.send(order);
    for (const report of reports) reporter.add(report);
  };

  const settleIn = (worldId: bigint): void => {
    if (memory.world() === worldId) return;
    reporter.add(memory.enterNewWorld(worldId));
    logger.info({ worldId: worldId.toString() }, 'A new world for the carrier; the shop is informed.');
  };

  const link = new WorldLink({
    ...options,
    ...world,
    worldId: () => memory.world(),
    onWorld: settleIn,
    trucks,
    wasReceived: (seqnum) => memory.wasHeard(seqnum),
    onAck: (seqnum) => memory.acked(seqnum),
    orderOf: (seqnum) => memory.orderOf(seqnum),
    onNews: (news, heard) => carryOut(desk.news(news, now()), { heard }),
  });
  const reporter = new Reporter({
    ...options,
    dialect,
    post: createHttpPost(clock),
    onNotice: (notice) => carryOut(desk.notice(notice, now())),
    onSent: (id) => forget(id, memory, logger),
  });

  const { server, port } = await startNoticeServer({
    ...options,
    dialect,
    onNotice: (notice, traceparent) => {
      carryOut(desk.notice(notice, now()), { traceparent });
      return desk.standing(notice.shipment);
    },
  });
  memory.unsentReports().forEach((report) => reporter.add(report));
  link.start(memory.unackedOrders());

  const ticking = everyTick(options, () => {
    const effects = desk.tick(now());
    if (effects.parcels.size > 0 || effects.trucks.size > 0) carryOut(effects);
  });
  return {
    port,
    connected: () => link.isConnected,
    close: async () => {
      ticking.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([link.close(), reporter.close()]);
      memory.close();
    },
  };
};
