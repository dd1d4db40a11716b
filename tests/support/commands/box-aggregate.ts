import { createAggregates, type AggregatesDeps } from '../../../platform/execution';
import type { Aggregates } from '../../../platform/execution';
import type { CommandContext } from '../../../platform/execution';
import { accept, reject, type Decider, type Fact } from '../../../domain/kernel';
import { memoryEventStore, type EventStore, type RecordedEvent } from '../../../platform/event-store';
import { uuidV5 } from '../../../platform/ids';
import { silentLogger } from '../../../platform/telemetry';
import { seededRandom } from '../time/seeded-random';
import { overridingStore } from './overriding-store';
import { createVirtualClock, type VirtualClock } from '../time/virtual-clock';

export type Taken = Fact<'SeatTaken', { seat: number; by: string }>;
export type Take = { readonly type: 'TakeSeat'; readonly by: string; readonly count?: number };
type Full = { readonly code: 'FULL'; readonly seats: number };

/** Seats in a bus of 40: each command takes the next ones; commands have no id that distinguishes them. */
export const bus: Decider<number, Take, Taken, Full> = {
  category: 'bus',
  initial: 0,
  decide: ({ by, count = 1 }, taken) => {
    if (by === 'bug') throw new Error('a bug in the decider');
    if (taken + count > 40) return reject({ code: 'FULL', seats: 40 });
    return accept(
      ...Array.from({ length: count }, (_, index): Taken => {
        return { type: 'SeatTaken', data: { seat: taken + index + 1, by } };
      }),
    );
  },
  evolve: (taken) => taken + 1,
};

export const idOf = (name: string): string => uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', name);

export const contextOf = (name: string, more: Partial<CommandContext> = {}): CommandContext => ({
  commandId: idOf(name),
  correlationId: 'request-1',
  principal: { kind: 'customer', id: 'ann', roles: [] },
  ...more,
});

export const eventsOf = async (store: EventStore, id: string): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(`bus-${id}` as never)) events.push(event);
  return events;
};

/** Its clock only dates what is recorded. */
export const memoryStore = (): EventStore => memoryEventStore(createVirtualClock());

export type Bench = {
  readonly clock: VirtualClock;
  readonly store: EventStore;
  readonly aggregates: Aggregates;
};

export const open = (
  store: EventStore = memoryStore(),
  more: Partial<AggregatesDeps> = {},
  clock = createVirtualClock(),
): Bench => ({
  clock,
  store,
  aggregates: createAggregates({ store, clock, random: seededRandom(1), logger: silentLogger, ...more }),
});

export const take = ({ aggregates }: Bench, name: string, more: Partial<CommandContext> = {}, count = 1) =>
  aggregates.of(bus).execute('a', { type: 'TakeSeat', by: name, count }, contextOf(name, more));

/** Counts the appends, and lets a test decide the outcome of each. */
export const watched = (
  store: EventStore,
  around: (
    append: () => ReturnType<EventStore['append']>,
    index: number,
  ) => ReturnType<EventStore['append']> = (append) => append(),
): { readonly store: EventStore; readonly appends: () => number } => {
  let appends = 0;
  return {
    appends: () => appends,
    store: overridingStore(store, { append: (...of) => around(() => store.append(...of), appends++) }),
  };
};
