import type { RawRecord } from '../../../platform/event-store';
import { idKeyOf } from './message';
import type { Message } from './message';
import type { Strategy } from './settings';

/** Somebody who takes events of a group. */
export type Consumer = {
  readonly name: string;
  readonly from: string;
  /** How many it may have in hand. */
  readonly bufferSize: number;
  /** @returns whether it takes more at once; if not, `Seat.drained` is to be told when it does. */
  readonly send: (message: Message) => boolean;
  /** Ends its call. */
  readonly drop: (reason: Error) => void;
};

type InHand = { readonly message: Message; readonly dueAt: number };

export class Seat {
  private readonly inHand = new Map<string, InHand>();
  /** Its connection has not taken yet what it was given last. */
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
    this.inHand.set(idKeyOf(message.original.id), { message, dueAt });
    this.total += 1;
    this.isBehind = !this.consumer.send(message);
  }

  drained(): void {
    this.isBehind = false;
  }

  take(id: Uint8Array): Message | undefined {
    const key = idKeyOf(id);
    const inHand = this.inHand.get(key);
    this.inHand.delete(key);
    return inHand?.message;
  }

  /** Takes back what is overdue. */
  overdue(now: number): Message[] {
    const late = [...this.inHand].filter(([, { dueAt }]) => dueAt <= now);
    for (const [key] of late) this.inHand.delete(key);
    return late.map(([, { message }]) => message);
  }

  takeAll(): Message[] {
    const all = [...this.inHand.values()].map(({ message }) => message);
    this.inHand.clear();
    return all;
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

/** Who is to get the next event; undefined where it has to wait. */
export class Chooser {
  private turn = 0;

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
      const seat = seats[(this.turn + step) % seats.length];
      if (seat?.hasRoom !== true) continue;
      this.turn = (this.turn + step + 1) % seats.length;
      return seat;
    }
    return undefined;
  }
}

const pinned = (seats: readonly Seat[], key: string): Seat | undefined => {
  const seat = seats[hash(key) % seats.length];
  return seat?.hasRoom === true ? seat : undefined;
};
