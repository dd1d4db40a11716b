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
  Stored,
  WriteBatch,
} from './port';
