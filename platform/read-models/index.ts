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
  Filter,
  Index,
  MatchQuery,
  Page,
  Query,
  Range,
  ReadModels,
  Scalar,
  SearchQuery,
  Selection,
  Stored,
  WordPattern,
  WriteBatch,
} from './read-models';
export { checkSearchText, foldedWordsIn, foldWord, listAmong, listMerged, wordsIn } from './query';
export { pinned } from './pinned';
export { snapshotsInReadModels } from './snapshots';
export { timePositions } from './time-positions';
export type { Pinned } from './pinned';
