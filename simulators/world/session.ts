import type { Clock, Random, Timer } from '../../platform/clock';
import { isFault } from '../../platform/faults';
import { frame, FrameReader } from '../../platform/framing';
import type { Logger } from '../../platform/telemetry';
import type { Millis } from '../../domain/kernel';
import { MessageMalformed } from '../../proto/world';
import {
  acked,
  isBusy,
  receive,
  setSpeed,
  type CommandElement,
  type Greeting,
  type OutgoingElement,
  type Reception,
  type Responses,
  type SideProtocol,
  type WorldState,
} from './core';
import type { Counters } from './counters';
import { fateOf, happens, type WireFaults } from './faults';

/** A connection, as far as the protocol needs one. */
export type Link = {
  /** What was sent and has not left yet. */
  readonly backlogBytes: number;
  send(bytes: Uint8Array): void;
  pause(): void;
  resume(): void;
  /** Closes once everything is sent. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
};

export type Timing = {
  /** An answer that is not acked is sent again after so long, a quarter more or less. */
  readonly resendMs: number;
  /** A client that says nothing for so long is let go. */
  readonly idleMs: number;
  /** A client that disconnects waits at most so long for what it has still in hand. */
  readonly drainMs: number;
};

/** A place at a world's table: which world, and the how-manieth connection it is that it ever had. */
export type Seat = { readonly world: WorldState; readonly connection: number };

export type SessionHost = {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly counters: Counters;
  readonly timing: Timing;
  readonly faults: WireFaults;
  /** The World's own time. */
  readonly now: () => number;
  readonly attach: (session: Session, greeting: Greeting) => Seat | string;
  readonly detach: (session: Session, world: WorldState) => void;
  /** Something was done that must be stored; afterwards the session is asked to `collect`. */
  readonly changed: (world: WorldState) => void;
};

const PAYLOAD_BYTES_MAX = 256 * 1024;
const BACKLOG_BYTES_FULL = 1024 * 1024;
const BACKLOG_BYTES_MAX = 4 * BACKLOG_BYTES_FULL;
const ACKS_WAITING_MAX = 2000;
const RESENT_AT_ONCE_MAX = 500;

const counterOf = {
  acted: 'acted',
  refused: 'refused',
  repeated: 'repeated',
  'put off': 'putOff',
} as const satisfies Record<Reception, keyof Counters>;

/** One client's conversation with the World. It knows bytes and a link, no socket; nothing leaves it before it is stored. */
export class Session {
  private readonly reader = new FrameReader();
  private seat: Seat | undefined;
  private opening: Uint8Array | undefined;
  private acks: bigint[] = [];
  private fresh: bigint[] = [];
  /** Seqnum of each element that was sent, and when it is sent again; the longest waiting first. */
  private readonly unacked = new Map<bigint, number>();
  private drainsUntil: number | undefined;
  private isClosed = false;
  private isPaused = false;
  private heardAt: number;
  private idleTimer: Timer | undefined;
  private resendTimer: Timer | undefined;

  constructor(
    readonly protocol: SideProtocol,
    private readonly host: SessionHost,
    private readonly link: Link,
  ) {
    this.heardAt = host.clock.monotonicMs();
    this.watchIdleness(host.timing.idleMs);
  }

  /** Takes what arrived, however it was cut. Whatever cannot be understood closes the connection; the client starts a new one. */
  receive(chunk: Uint8Array): void {
    this.heardAt = this.host.clock.monotonicMs();
    try {
      for (const payload of this.reader.push(chunk)) {
        if (this.isClosed) return;
        if (happens(this.host.faults.disconnect, this.host.random)) return this.close();
        if (this.seat) this.obey(this.seat, payload);
        else this.greet(payload);
      }
    } catch (error) {
      if (!isFault(error) && !(error instanceof MessageMalformed)) throw error;
      this.host.counters.malformed += 1;
      this.host.logger.warn(
        { side: this.protocol.side, error: error.message },
        'A connection is closed: it makes no sense',
      );
      this.close();
    }
  }

  close(): void {
    this.link.destroy();
    this.closed();
  }

  /** The link is gone, whoever cut it. */
  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.idleTimer?.cancel();
    this.resendTimer?.cancel();
    if (this.seat) this.host.detach(this, this.seat.world);
  }

  /** What is to be said once everything that happened so far is stored. */
  collect(): () => void {
    const { opening, acks, seat } = this;
    if (!seat) return () => undefined;
    const seqnums = [...this.fresh, ...seat.world.takeFresh(this.protocol.side)];
    this.opening = undefined;
    this.acks = [];
    this.fresh = [];
    return () => {
      if (this.isClosed) return;
      if (opening) this.link.send(opening);
      this.say(seat.world, seqnums, acks);
      if (this.isPaused) this.link.resume();
      this.isPaused = false;
      this.finishWhenDone(seat.world);
    };
  }

  private greet(payload: Uint8Array): void {
    const { protocol, host } = this;
    const greeting = protocol.readGreeting(payload);
    const seat = host.attach(this, greeting);
    if (typeof seat === 'string') {
      this.link.send(frame(protocol.writeGreeted(greeting.worldid ?? 0n, `error: ${seat}`)));
      return;
    }
    this.seat = seat;
    this.opening = frame(protocol.writeGreeted(seat.world.id, 'connected!'));
    seat.world.takeFresh(protocol.side);
    this.fresh = Array.from(seat.world.outbox[protocol.side].entries(), ([seqnum]) => seqnum);
    host.changed(seat.world);
  }

  private obey(seat: Seat, payload: Uint8Array): void {
    const { protocol, host } = this;
    const { acks, elements, speed, isLast } = protocol.readCommands(payload);
    if (speed !== undefined) setSpeed(seat.world, speed);
    for (const seqnum of acks) this.meetFate(() => this.forget(seat, seqnum));
    // Who said that it goes says nothing more; what it sends none the less is not acked.
    if (this.drainsUntil === undefined) {
      for (const element of elements) this.meetFate(() => this.act(seat, element));
    }
    if (isLast) this.drain(seat.world);
    host.changed(seat.world);
    if (this.acks.length > ACKS_WAITING_MAX && !this.isPaused) {
      this.isPaused = true;
      this.link.pause();
    }
  }

  /** Lets an incoming element through, once or twice, now or later, or not at all. */
  private meetFate(arrive: () => void): void {
    const { faults, random, counters, clock } = this.host;
    const fate = fateOf(faults, random);
    if (fate.length === 0) counters.lostIncoming += 1;
    for (const delay of fate) {
      if (delay === 0) arrive();
      else {
        clock.after(delay as Millis, () => {
          if (this.isClosed || !this.seat) return;
          arrive();
          this.host.changed(this.seat.world);
        });
      }
    }
  }

  private act({ world, connection }: Seat, element: CommandElement): void {
    const { counters, now, random } = this.host;
    const from = { side: this.protocol.side, connection };
    const reception = receive(world, from, element, { now: now(), random });
    counters.received += 1;
    counters[counterOf[reception]] += 1;
    if (reception !== 'put off') this.acks.push(element.seqnum);
  }

  private forget({ world }: Seat, seqnum: bigint): void {
    acked(world, this.protocol.side, seqnum);
    this.unacked.delete(seqnum);
  }

  private say(world: WorldState, seqnums: readonly bigint[], acks: readonly bigint[]): void {
    const { clock } = this.host;
    const isFull = this.link.backlogBytes > BACKLOG_BYTES_FULL;
    const elements: OutgoingElement[] = [];
    for (const seqnum of seqnums) {
      const element = world.outbox[this.protocol.side].get(seqnum);
      if (!element) continue;
      // Where the client is slow to read, an answer waits its turn with those that are sent again.
      this.unacked.set(seqnum, isFull ? clock.monotonicMs() : this.resendsAt());
      if (!isFull) elements.push(element);
    }
    this.transmit(elements, acks);
    this.watchUnacked(world);
  }

  /** Each element and each ack meets its own fate on the way out. */
  private transmit(elements: readonly OutgoingElement[], acks: readonly bigint[]): void {
    const now = { elements: [] as OutgoingElement[], acks: [] as bigint[] };
    for (const element of elements) {
      this.sendOff(() => now.elements.push(element), { elements: [element], acks: [] });
    }
    for (const ack of acks) this.sendOff(() => now.acks.push(ack), { elements: [], acks: [ack] });
    if (now.elements.length + now.acks.length > 0) this.write(now);
  }

  private sendOff(atOnce: () => void, alone: Responses): void {
    const { faults, random, counters, clock } = this.host;
    const fate = fateOf(faults, random);
    if (fate.length === 0) counters.lostOutgoing += 1;
    for (const delay of fate) {
      if (delay === 0) atOnce();
      else clock.after(delay as Millis, () => this.write(alone));
    }
  }

  private write(responses: Responses): void {
    if (this.isClosed) return;
    const payload = this.protocol.writeResponses(responses);
    const { elements, acks } = responses;
    if (payload.length > PAYLOAD_BYTES_MAX && elements.length > 1) {
      const middle = elements.length >> 1;
      this.write({ elements: elements.slice(0, middle), acks });
      this.write({ elements: elements.slice(middle), acks: [] });
      return;
    }
    this.host.counters.sent += elements.length;
    this.link.send(frame(payload));
    if (this.link.backlogBytes > BACKLOG_BYTES_MAX) {
      this.host.counters.slowReaders += 1;
      this.host.logger.warn(
        { side: this.protocol.side },
        'A connection is closed: nobody reads what is sent',
      );
      this.close();
    }
  }

  private resendsAt(): number {
    const { clock, random, timing } = this.host;
    return clock.monotonicMs() + timing.resendMs * (0.75 + random.next() / 2);
  }

  private watchUnacked(world: WorldState): void {
    if (this.resendTimer || this.unacked.size === 0 || this.isClosed) return;
    const { clock, timing } = this.host;
    this.resendTimer = clock.after((timing.resendMs / 4) as Millis, () => {
      this.resendTimer = undefined;
      if (this.link.backlogBytes <= BACKLOG_BYTES_FULL) this.resend(world);
      this.watchUnacked(world);
    });
  }

  private resend(world: WorldState): void {
    const now = this.host.clock.monotonicMs();
    const due: OutgoingElement[] = [];
    for (const [seqnum, at] of this.unacked) {
      if (at > now || due.length === RESENT_AT_ONCE_MAX) break;
      this.unacked.delete(seqnum);
      const element = world.outbox[this.protocol.side].get(seqnum);
      if (!element) continue;
      this.unacked.set(seqnum, this.resendsAt());
      due.push(element);
    }
    this.host.counters.resent += due.length;
    this.transmit(due, []);
  }

  private drain(world: WorldState): void {
    const { clock, timing } = this.host;
    this.drainsUntil ??= clock.monotonicMs() + timing.drainMs;
    clock.after(timing.drainMs as Millis, () => this.host.changed(world));
  }

  private finishWhenDone(world: WorldState): void {
    if (this.drainsUntil === undefined || this.isClosed) return;
    const isInTime = this.host.clock.monotonicMs() < this.drainsUntil;
    if (isInTime && isBusy(world, this.protocol.side)) return;
    this.write({ elements: [], acks: [], isFinished: true });
    this.link.end();
    this.closed();
  }

  private watchIdleness(afterMs: number): void {
    const { clock, timing, counters } = this.host;
    this.idleTimer = clock.after(afterMs as Millis, () => {
      const silentMs = clock.monotonicMs() - this.heardAt;
      if (silentMs < timing.idleMs) return this.watchIdleness(timing.idleMs - silentMs);
      counters.idle += 1;
      this.close();
    });
  }
}
