export {
  contentOf,
  isText,
  NO_STREAM,
  openEmbeddedEventStore,
  openBulkWriter,
  openEmbeddedHistory,
  payloadOf,
  TOMBSTONE_REVISION,
  TOMBSTONE_TYPE,
  uuidBytes,
  uuidText,
} from './embedded';
export type {
  Content,
  EmbeddedEventStore,
  EmbeddedEventStoreOptions,
  EventHistory,
  Payload,
  RawEvent,
  RawEventStore,
  RawReadOptions,
  RawRecord,
  StoreReport,
  SubmitResult,
} from './embedded';
export { openEventStoreDb } from './eventstoredb';
export type { EventStoreDb, EventStoreDbOptions, SubscriptionObserver } from './eventstoredb';
export { countedSubscriptions, measuredEventStore } from './measured';
export { memoryEventStore, memorySnapshots } from './memory';
export type { Snapshots } from './snapshots';
export { momentOf } from './moment';
export { streamName, categoryOf, streamIdOf } from './stream-name';
export { positionOf } from './position';
export { withoutSecrets } from './secret-fields';
export { schemaOf, upcast } from './upcasting';
export type {
  Actor,
  AppendResult,
  EventStore,
  ExpectedRevision,
  Head,
  Metadata,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadOptions,
  RecordedEvent,
  StreamName,
  SubscribeOptions,
  SubscriptionBatch,
} from './event-store';
export { waitingSeconds } from './waiting-seconds';
export { bytesOf, isBefore, shareSubscription } from './shared';
export type { SharingStore, StreamHeads } from './shared';
