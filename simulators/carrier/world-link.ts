import type { Clock, Random } from '../../platform/clock';
import type { Millis } from '../../domain/kernel';
import { Fault, supervise } from '../../platform/faults';
import { dial, type FramedConnection } from '../../platform/framed-socket';
import { ResendQueue } from '../../platform/resend-queue';
import type { Logger } from '../../platform/telemetry';
import {
  inSmallFrames,
  uCommands,
  uConnect,
  uConnected,
  uResponses,
  type UCommands,
  type UResponses,
} from '../../proto/world';
import type { QueuedOrder } from './memory';
import type { Place, TruckOrder, WorldNews } from './words';

export type WorldLinkOptions = {
  readonly host: string;
  readonly port: number;
  /** Returns the world to join; undefined lets the World make one. Called for each connection. */
  readonly worldId: () => bigint | undefined;
  /** Called at each connection with the world's id, before any other callback. */
  readonly onWorld: (worldId: bigint) => void;
  readonly trucks: readonly (Place & { readonly id: number })[];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called once for each message of the World, which is acknowledged when this returns. */
  readonly onNews: (news: WorldNews, seqnum: bigint) => void;
  readonly wasReceived: (seqnum: bigint) => boolean;
  readonly onAck: (seqnum: bigint) => void;
  readonly orderOf: (seqnum: bigint) => TruckOrder | undefined;
};

// A World that loses nine messages in ten receives an order after about ten attempts: the longest wait between two
// attempts decides how long that takes.
const RESEND = { baseMs: 200, factor: 1.5, maxMs: 1_000 };
const RECONNECT = { baseMs: 100, factor: 2, maxMs: 5_000 };
/** The interval of the check for messages that are due again. */
const LOOK_MS = 100 as Millis;
const SENT_AT_ONCE_MAX = 200;

const nothing: UCommands = { pickups: [], deliveries: [], queries: [], acks: [] };

const commandsOf = (queued: readonly QueuedOrder[], acks: readonly bigint[]): UCommands => {
  const pickups = queued.flatMap(({ seqnum, order }) =>
    order.kind === 'pick-up' ? [{ truckid: order.truck, whid: order.warehouse, seqnum }] : [],
  );
  const deliveries = queued.flatMap(({ seqnum, order }) =>
    order.kind === 'deliver'
      ? [
          {
            truckid: order.truck,
            packages: order.parcels.map(({ shipment, destination }) => ({
              packageid: BigInt(shipment),
              ...destination,
            })),
            seqnum,
          },
        ]
      : [],
  );
  return { ...nothing, pickups, deliveries, acks };
};

/** Compares without case, because some builds of the World write lower case. */
const isArrival = (status: string): boolean => status.toLowerCase() === 'arrive warehouse';

/** Reads a delivery. A number that is too large cannot be a shipment of ours; rounded, it would be another one. */
const deliveryOf = (truck: number, packageid: bigint): WorldNews | undefined => {
  const shipment = Number(packageid);
  return Number.isSafeInteger(shipment) ? { kind: 'delivered', truck, shipment } : undefined;
};

/**
 * The carrier's connection to the World's UPS port: reconnects without limit, sends each order until it is
 * acknowledged, processes each message once and acknowledges every copy.
 */
export class WorldLink {
  private readonly outgoing: ResendQueue<bigint, QueuedOrder>;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private connected = false;

  constructor(private readonly options: WorldLinkOptions) {
    this.outgoing = new ResendQueue({ backoff: RESEND, random: options.random, windowMax: 500 });
  }

  start(unacked: readonly QueuedOrder[]): void {
    unacked.forEach((queued) => this.send(queued));
    const { clock, random, logger } = this.options;
    this.running = supervise((signal) => this.session(signal), {
      clock,
      random,
      backoff: RECONNECT,
      signal: this.stopping.signal,
      onFailure: (error, attempt) => {
        if (attempt % 10 === 0)
          logger.warn({ reason: String(error) }, 'The carrier has no World; trying again.');
      },
    });
  }

  send(queued: QueuedOrder): void {
    this.outgoing.add(queued.seqnum, queued);
  }

  get isConnected(): boolean {
    return this.connected;
  }

  async close(): Promise<void> {
    this.stopping.abort(new Error('The carrier stops'));
    await this.running;
  }

  private async session(signal: AbortSignal): Promise<void> {
    const { host, port, clock } = this.options;
    const connection = await dial({ host, port, clock, signal });
    const hangUp = (): void => connection.close();
    signal.addEventListener('abort', hangUp, { once: true });
    const over = new AbortController();
    const parts: Promise<void>[] = [];
    try {
      const frames = connection.frames[Symbol.asyncIterator]();
      await this.introduce(connection, frames);
      this.connected = true;
      this.outgoing.makeAllDue();
      parts.push(
        this.keepReading(connection, frames),
        this.keepSending(connection, AbortSignal.any([signal, over.signal])),
      );
      await Promise.race(parts);
    } finally {
      this.connected = false;
      signal.removeEventListener('abort', hangUp);
      over.abort();
      connection.close();
      await Promise.allSettled(parts);
    }
  }

  private async introduce(connection: FramedConnection, frames: AsyncIterator<Uint8Array>): Promise<void> {
    const { worldId, onWorld, trucks } = this.options;
    const existing = worldId();
    const world = existing === undefined ? {} : { worldid: existing };
    await connection.send(uConnect.encode({ ...world, trucks, isAmazon: false }));
    const first = await frames.next();
    if (first.done === true) throw new Fault('WORLD_REFUSED', 'The World closed the connection at once.');
    const { worldid, result } = uConnected.decode(first.value);
    if (result !== 'connected!') throw new Fault('WORLD_REFUSED', `The World answered "${result}".`);
    onWorld(worldid);
  }

  private async keepSending(connection: FramedConnection, signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    while (!signal.aborted) {
      const due = this.outgoing.takeDue(clock.monotonicMs(), SENT_AT_ONCE_MAX);
      for (const order of due) await connection.send(uCommands.encode(commandsOf([order], [])));
      await clock.sleep(LOOK_MS, signal).catch(() => undefined);
    }
  }

  private async keepReading(connection: FramedConnection, frames: AsyncIterator<Uint8Array>): Promise<void> {
    for (;;) {
      const next = await frames.next();
      if (next.done === true) throw new Fault('WORLD_REFUSED', 'The World closed the connection.');
      const responses = uResponses.decode(next.value);
      responses.acks.forEach((seqnum) => {
        if (this.outgoing.remove(seqnum)) this.options.onAck(seqnum);
      });
      const acks = this.take(responses);
      for (const some of inSmallFrames(acks)) await connection.send(uCommands.encode(commandsOf([], some)));
    }
  }

  /** @returns the sequence numbers to acknowledge: every copy of every message. */
  private take({ completions, delivered, error, truckstatus }: UResponses): readonly bigint[] {
    const news: (readonly [bigint, WorldNews | undefined])[] = [
      ...completions.map(
        ({ seqnum, truckid, status }) =>
          [seqnum, { kind: isArrival(status) ? 'arrived' : 'idle', truck: truckid }] as const,
      ),
      ...delivered.map(({ seqnum, truckid, packageid }) => [seqnum, deliveryOf(truckid, packageid)] as const),
      ...error.map(({ seqnum, originseqnum, err }) => [seqnum, this.refusal(originseqnum, err)] as const),
      ...truckstatus.map(({ seqnum }) => [seqnum, undefined] as const),
    ];
    for (const [seqnum, item] of news) {
      if (item !== undefined && !this.options.wasReceived(seqnum)) this.options.onNews(item, seqnum);
    }
    return news.map(([seqnum]) => seqnum);
  }

  private refusal(originSeqnum: bigint, reason: string): WorldNews | undefined {
    const order = this.options.orderOf(originSeqnum);
    this.options.logger.warn({ order, reason }, 'The World refused an order.');
    return order && { kind: 'refused', order, reason };
  }
}
