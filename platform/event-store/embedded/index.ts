export { openEmbeddedEventStore } from './store';
export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './store';
export type { StoreReport } from './verify';
export type { RawEventStore, RawReadAllOptions, RawReadOptions } from './raw';
export type { StreamStanding } from './reader';
export { NO_STREAM, uuidBytes, uuidText } from './record';
export type { Payload, RawEvent, RawRecord } from './record';
export type { SubmitResult } from './group-commit';
