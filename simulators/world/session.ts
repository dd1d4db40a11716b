import type { Millis } from '../../domain/kernel';
import type { Timer } from '../../platform/clock';
import { isFault } from '../../platform/faults';
import { FrameReader } from '../../platform/framing';
import type { Logger } from '../../platform/telemetry';
import { MessageMalformed } from '../../proto/world';
import {
  acked,
  isBusy,
  receive,
  setSpeed,
  type CommandElement,
  type Greeting,
  type Reception,
  type SideProtocol,
  type WorldState,
} from './core';
import type { Counters } from './counters';
import { fateOf, happens } from './faults';
import type { Link } from './link';
import { Speaker, type SpeakerHost } from './speaker';

/** A session's place in a world: the world, and the number of the connection among all it ever had. */
export type Seat = { readonly world: WorldState; readonly connection: number };

export type SessionHost = SpeakerHost & {
  readonly logger: Logger;
  /** The time on the World's own clock. */
  readonly now: () => number;
  /** @returns the reason if the client is refused. */
  readonly attach: (session: Session, greeting: Greeting) => Seat | string;
  readonly detach: (session: Session, world: WorldState) => void;
  /** Reports a change that must be stored; afterwards the session's `collect` is called. */
  readonly changed: (world: WorldState) => void;
};

const ACKS_WAITING_MAX = 2000;

const counterOf = {
  acted: 'acted',
  refused: 'refused',
  repeated: 'repeated',
  'put off': 'putOff',
} as const satisfies Record<Reception, keyof Counters>;

/**
 * One client's session with the World. It uses bytes and a link, no socket. No command is acknowledged and no event is
 * sent before it is stored.
 */
export class Session {
  private readonly reader = new FrameReader();
  private readonly speaker: Speaker;
  private seat: Seat | undefined;
  private isGreeted = false;
  private acks: bigint[] = [];
  private fresh: bigint[] = [];
  private isPaused = false;
  private isClosed = false;
  private heardAt: number;
  /** Set after the client's `disconnect`: whether its unfinished commands may still finish. */
  private farewell: 'waiting' | 'overdue' | undefined;
  private idleTimer: Timer | undefined;
  private drainTimer: Timer | undefined;

  constructor(
    readonly protocol: SideProtocol,
    private readonly host: SessionHost,
    private readonly link: Link,
  ) {
    this.speaker = new Speaker(protocol, host, link, () => {
      host.counters.slowReaders += 1;
      this.hangUp('the client does not read');
    });
    this.heardAt = host.clock.monotonicMs();
    this.watchIdleness(host.timing.idleMs);
  }

  /**
   * Processes received bytes, in chunks of any size. Malformed input ends the connection; the client starts a new one.
   */
  receive(chunk: Uint8Array): void {
    this.heardAt = this.host.clock.monotonicMs();
    try {
      for (const payload of this.reader.push(chunk)) {
        if (this.isClosed) return;
        if (happens(this.host.faults.disconnect, this.host.random)) this.hangUp('a simulated fault');
        else if (this.seat) this.obey(this.seat, payload);
        else this.greet(payload);
      }
    } catch (error) {
      if (!isFault(error) && !(error instanceof MessageMalformed)) throw error;
      this.host.counters.malformed += 1;
      this.hangUp(error.message);
    }
  }

  /** Handles the end of the link. */
  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.speaker.close();
    this.idleTimer?.cancel();
    this.drainTimer?.cancel();
    if (this.seat) this.host.detach(this, this.seat.world);
  }

  /** Returns a function that sends the collected messages, to be called when all changes so far are stored. */
  collect(): () => void {
    const { seat, acks } = this;
    if (!seat) return () => undefined;
    const seqnums = [...this.fresh, ...seat.world.takeFresh(this.protocol.side)];
    this.acks = [];
    this.fresh = [];
    return () => {
      if (this.isClosed) return;
      if (!this.isGreeted) this.speaker.send(this.protocol.writeGreeted(seat.world.id, 'connected!'));
      this.isGreeted = true;
      this.speaker.say(seat.world, seqnums, acks);
      if (this.isPaused) this.link.resume();
      this.isPaused = false;
      this.finishWhenDone(seat.world);
    };
  }

  private hangUp(reason: string): void {
    if (this.isClosed) return;
    this.host.logger.info({ side: this.protocol.side, reason }, 'The World closes a connection');
    this.link.destroy();
    this.closed();
  }

  private greet(payload: Uint8Array): void {
    const { protocol, host, speaker } = this;
    const greeting = protocol.readGreeting(payload);
    const seat = host.attach(this, greeting);
    if (typeof seat === 'string') {
      // The client may send again over the same connection, for example after the other one has ended.
      speaker.send(protocol.writeGreeted(greeting.worldid ?? 0n, `error: ${seat}`));
      return;
    }
    this.seat = seat;
    seat.world.takeFresh(protocol.side);
    this.fresh = Array.from(seat.world.outbox[protocol.side].entries(), ([seqnum]) => seqnum);
    host.changed(seat.world);
  }

  private obey(seat: Seat, payload: Uint8Array): void {
    const { acks, elements, speed, isLast } = this.protocol.readCommands(payload);
    if (speed !== undefined) setSpeed(seat.world, speed);
    for (const seqnum of acks) this.meetFate(seat, () => this.forget(seat, seqnum));
    // After `disconnect` the client sends no more commands; those that it still sends are not acknowledged.
    if (this.farewell === undefined) {
      for (const element of elements) this.meetFate(seat, () => this.act(seat, element));
    }
    if (isLast) this.drain(seat.world);
    this.host.changed(seat.world);
    if (this.acks.length > ACKS_WAITING_MAX && !this.isPaused) {
      this.isPaused = true;
      this.link.pause();
    }
  }

  /** Delivers an incoming element once, twice, later, or not at all. */
  private meetFate({ world }: Seat, arrive: () => void): void {
    const { faults, random, counters, clock, changed } = this.host;
    const fate = fateOf(faults, random);
    if (fate.length === 0) counters.lostIncoming += 1;
    for (const delay of fate) {
      if (delay === 0) arrive();
      else {
        clock.after(delay as Millis, () => {
          if (this.isClosed) return;
          arrive();
          changed(world);
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
    this.speaker.forget(seqnum);
  }

  private drain(world: WorldState): void {
    if (this.farewell !== undefined) return;
    this.farewell = 'waiting';
    this.drainTimer = this.host.clock.after(this.host.timing.drainMs as Millis, () => {
      this.farewell = 'overdue';
      this.host.changed(world);
    });
  }

  private finishWhenDone(world: WorldState): void {
    if (this.farewell === undefined) return;
    if (this.farewell === 'waiting' && isBusy(world, this.protocol.side)) return;
    this.speaker.send(this.protocol.writeResponses({ elements: [], acks: [], isFinished: true }));
    this.link.end();
    this.closed();
  }

  private watchIdleness(afterMs: number): void {
    const { clock, timing, counters } = this.host;
    this.idleTimer = clock.after(afterMs as Millis, () => {
      const silentMs = clock.monotonicMs() - this.heardAt;
      if (silentMs < timing.idleMs) {
        this.watchIdleness(timing.idleMs - silentMs);
        return;
      }
      counters.idle += 1;
      this.hangUp('it was silent for too long');
    });
  }
}
