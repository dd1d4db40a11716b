export { streamName, categoryOf, streamIdOf } from './stream-name';
export { positionOf } from './position';
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
} from './port';
