import type { RawRecord } from '../../../platform/event-store';
import { idKeyOf } from './message';
import type { Message } from './message';
import type { Strategy } from './settings';

/** A consumer of a group. */
export type Consumer = {
  readonly name: string;
  readonly from: string;
  /** The number of events that it may have unacknowledged. */
  readonly bufferSize: number;
  /** @returns true if it accepts more at once; otherwise `Seat.drained` must be called when it does. */
  readonly send: (message: Message) => boolean;
  /** Ends its call. */
  readonly drop: (reason: Error) => void;
};

/** A consumer's place in its group, and its unacknowledged events. */
export class Seat {
  /**
   * The deadline of each event, in the order of delivery. One id may stand for several, because ids need not be unique.
   */
  private readonly inHand = new Map<Message, number>();
  private readonly byId = new Map<string, Message[]>();
  /** True while its connection has not read the last event. */
  private isBehind = false;
  total = 0;

  constructor(readonly consumer: Consumer) {}

  get hasRoom(): boolean {
    return !this.isBehind && this.inHand.size < this.consumer.bufferSize;
  }

  get count(): number {
    return this.inHand.size;
  }

  give(message: Message, dueAt: number): void {
    this.inHand.set(message, dueAt);
    const key = idKeyOf(message.original.id);
    this.byId.set(key, [...(this.byId.get(key) ?? []), message]);
    this.total += 1;
    this.isBehind = !this.consumer.send(message);
  }

  drained(): void {
    this.isBehind = false;
  }

  /** Removes and returns the oldest event of this id. */
  take(id: Uint8Array): Message | undefined {
    const message = this.byId.get(idKeyOf(id))?.[0];
    if (message !== undefined) this.remove(message);
    return message;
  }

  /** Removes and returns the overdue events. */
  overdue(now: number): Message[] {
    const late = [...this.inHand].filter(([, dueAt]) => dueAt <= now).map(([message]) => message);
    for (const message of late) this.remove(message);
    return late;
  }

  takeAll(): Message[] {
    const all = [...this.inHand.keys()];
    this.inHand.clear();
    this.byId.clear();
    return all;
  }

  private remove(message: Message): void {
    this.inHand.delete(message);
    const key = idKeyOf(message.original.id);
    const others = (this.byId.get(key) ?? []).filter((each) => each !== message);
    if (others.length === 0) this.byId.delete(key);
    else this.byId.set(key, others);
  }
}

const HASH_START = 2_166_136_261;
const HASH_FACTOR = 16_777_619;

/** FNV-1a. */
const hash = (text: string): number => {
  let value = HASH_START;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), HASH_FACTOR) >>> 0;
  return value;
};

const correlationOf = ({ metadata, stream }: RawRecord): string => {
  const text = Buffer.from(metadata).toString('utf8');
  return /"\$correlationId"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? stream;
};

/** Chooses the consumer of the next event; undefined if the event must wait. */
export class Chooser {
  private position = 0;

  constructor(private readonly strategy: Strategy) {}

  choose(seats: readonly Seat[], message: Message): Seat | undefined {
    switch (this.strategy) {
      case 'DispatchToSingle':
        return seats.find(({ hasRoom }) => hasRoom);
      case 'RoundRobin':
        return this.next(seats);
      case 'Pinned':
        return pinned(seats, (message.resolved.event ?? message.original).stream);
      case 'PinnedByCorrelation':
        return pinned(seats, correlationOf(message.resolved.event ?? message.original));
    }
  }

  private next(seats: readonly Seat[]): Seat | undefined {
    for (let step = 0; step < seats.length; step += 1) {
      const seat = seats[(this.position + step) % seats.length];
      if (seat?.hasRoom !== true) continue;
      this.position = (this.position + step + 1) % seats.length;
      return seat;
    }
    return undefined;
  }
}

const pinned = (seats: readonly Seat[], key: string): Seat | undefined => {
  const seat = seats[hash(key) % seats.length];
  return seat?.hasRoom === true ? seat : undefined;
};
