import type { Clock, Random } from '../../../platform/clock';
import type { AppendResult, EventStore } from '../../../platform/event-store';
import { Fault } from '../../../platform/faults';
import type { Millis } from '../../../domain/kernel';
import { overridingStore } from '../commands/overriding-store';

/** The probability of each failure, from 0 to 1. */
export type Flakiness = {
  /** The append never reaches the store. */
  readonly lost: number;
  /** It is written, but the answer is lost. */
  readonly ackLost: number;
  /** Its answer is lost, and it reaches the store later. */
  readonly late: number;
  /** A read fails. */
  readonly readFails: number;
};

/** A store behind a bad line: it forgets, delays and fails by chance, but never lies about what it acknowledged. */
export const flakyEventStore = (
  store: EventStore,
  flakiness: Flakiness,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): EventStore => {
  const unknown = (reason: string): AppendResult => ({ kind: 'unknown', reason });
  return overridingStore(store, {
    append: async (stream, expected, events) => {
      const dice = random.next();
      const { lost, ackLost, late } = flakiness;
      if (dice < lost) return unknown('the request was lost');
      if (dice < lost + ackLost) {
        await store.append(stream, expected, events);
        return unknown('the answer was lost');
      }
      if (dice < lost + ackLost + late) {
        clock.after((random.next() * 3_000) as Millis, () => void store.append(stream, expected, events));
        return unknown('the answer is late');
      }
      return store.append(stream, expected, events);
    },
    read: async function* (stream, options) {
      for await (const event of store.read(stream, options)) {
        if (random.next() < flakiness.readFails) throw new Fault('STORE_UNAVAILABLE', 'The line broke');
        yield event;
      }
    },
  });
};
