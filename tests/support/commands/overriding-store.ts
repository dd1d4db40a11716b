import type { EventStore } from '../../../platform/event-store';

/** The same store, except for what is overridden. */
export const overridingStore = (store: EventStore, overrides: Partial<EventStore>): EventStore => ({
  append: (...append) => store.append(...append),
  read: (...read) => store.read(...read),
  readAll: (...read) => store.readAll(...read),
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  tombstone: (...tombstone) => store.tombstone(...tombstone),
  close: () => store.close(),
  ...overrides,
});
