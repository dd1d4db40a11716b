export { memoryReadModels } from './memory';
export { furthestCheckpoint, openEmbeddedReadModels, openEmbeddedReadModelsToRead } from './embedded';
export type { EmbeddedReadModelsOptions } from './embedded';
export { DocumentsRefused } from './documents-refused';
export { fenced } from './fenced';
export type {
  AggregateQuery,
  AggregateRow,
  CollectionSpec,
  Document,
  Index,
  Page,
  Query,
  ReadModels,
  Scalar,
  SearchQuery,
  Selection,
  Stored,
  WriteBatch,
} from './read-models';
export { pinned } from './pinned';
export { snapshotsInReadModels } from './snapshots';
export type { Pinned } from './pinned';
