export type {
  AggregateHandle,
  Aggregates,
  Executed,
  ExecuteOptions,
  ExecutingAggregates,
} from './aggregates';
export type { CommandContext, Principal } from './command-context';
export type { AggregatesDeps } from './execute';
export { createAggregates } from './execute';
export type { SnapshotOptions, SnapshotOutcome } from './stream-snapshots';
export { rootContext, traceparentOf } from './command-context';
export type { UntilKnownDeps } from './until-known';
export { untilKnown, untilPossible } from './until-known';
