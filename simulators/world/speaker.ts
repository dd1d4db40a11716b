import type { Millis } from '../../domain/kernel';
import type { Clock, Random, Timer } from '../../platform/clock';
import { frame } from '../../platform/framing';
import { inSmallFrames } from '../../proto/world';
import type { OutgoingElement, Responses, SideProtocol, WorldState } from './core';
import type { Counters } from './counters';
import { fateOf, type WireFaults } from './faults';
import type { Link, Timing } from './link';

export type SpeakerHost = {
  readonly clock: Clock;
  readonly random: Random;
  readonly counters: Counters;
  readonly timing: Timing;
  readonly faults: WireFaults;
};

const BACKLOG_BYTES_FULL = 1024 * 1024;
const BACKLOG_BYTES_MAX = 4 * BACKLOG_BYTES_FULL;
const RESENT_AT_ONCE_MAX = 500;

/**
 * The outgoing half of a session: it sends each answer again until it is acknowledged, and applies simulated faults.
 */
export class Speaker {
  /** The seqnum of each sent answer, and the time at which it is sent again; the oldest first. */
  private readonly unacked = new Map<bigint, number>();
  private resendTimer: Timer | undefined;
  private isClosed = false;

  constructor(
    private readonly protocol: SideProtocol,
    private readonly host: SpeakerHost,
    private readonly link: Link,
    private readonly onSlowReader: () => void,
  ) {}

  /** Sends the outbox elements of these seqnums, and acknowledges these commands. */
  say(world: WorldState, seqnums: readonly bigint[], acks: readonly bigint[]): void {
    const isFull = this.link.backlogBytes > BACKLOG_BYTES_FULL;
    const elements: OutgoingElement[] = [];
    for (const seqnum of seqnums) {
      const element = world.outbox[this.protocol.side].get(seqnum);
      if (!element) continue;
      // If the client reads slowly, an answer waits with those that are sent again.
      this.unacked.set(seqnum, isFull ? this.host.clock.monotonicMs() : this.resendsAt());
      if (!isFull) elements.push(element);
    }
    this.transmit(elements, acks);
    this.watchUnacked(world);
  }

  forget(seqnum: bigint): void {
    this.unacked.delete(seqnum);
  }

  /** Sends whole messages that faults do not affect: the first and the last of a session. */
  send(...payloads: readonly Uint8Array[]): void {
    if (this.isClosed) return;
    this.link.send(Buffer.concat(payloads.map(frame)));
    if (this.link.backlogBytes > BACKLOG_BYTES_MAX) this.onSlowReader();
  }

  close(): void {
    this.isClosed = true;
    this.resendTimer?.cancel();
  }

  /** Draws the fate of each answer and each ack. */
  private transmit(elements: readonly OutgoingElement[], acks: readonly bigint[]): void {
    const now = { elements: [] as OutgoingElement[], acks: [] as bigint[] };
    for (const element of elements) {
      this.meetFate(() => now.elements.push(element), { elements: [element], acks: [] });
    }
    for (const ack of acks) this.meetFate(() => now.acks.push(ack), { elements: [], acks: [ack] });
    if (now.elements.length + now.acks.length > 0) this.write(now);
  }

  private meetFate(sendNow: () => void, alone: Responses): void {
    const { faults, random, counters, clock } = this.host;
    const fate = fateOf(faults, random);
    if (fate.length === 0) counters.lostOutgoing += 1;
    for (const delay of fate) {
      if (delay === 0) sendNow();
      else clock.after(delay as Millis, () => this.write(alone));
    }
  }

  /**
   * Writes each element in its own frame, and acks in small frames: many clients read one byte of a frame's length, and
   * process the fields of one frame in the order of their numbers, not of the events.
   */
  private write({ elements, acks }: Responses): void {
    const { protocol, host } = this;
    host.counters.sent += elements.length;
    this.send(
      ...inSmallFrames(acks).map((some) => protocol.writeResponses({ elements: [], acks: some })),
      ...elements.map((element) => protocol.writeResponses({ elements: [element], acks: [] })),
    );
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
}
