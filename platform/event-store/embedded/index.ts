export { openEmbeddedEventStore } from './store';
export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './store';
export type { StoreReport } from './verify';
