export { openEmbeddedEventStore } from './store';
export type { EmbeddedEventStoreOptions } from './store';
