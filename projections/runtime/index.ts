export { runProjections } from './runner';
export type {
  ProjectionRuntime,
  ProjectionRuntimeOptions,
  ProjectionStatus,
  RebuildProgress,
} from './runner';
export { openReader } from './reader';
export type { Reader } from './reader';
export { writtenStatus } from './written-status';
export { projectionBuilds } from './builds';
export { foldDocument } from './fold';
export { verifyProjection } from './verify';
export type { Verification } from './verify';
export type { Comparison, Difference } from './compare';
export { parkedEvents } from './parked';
export type { ParkedEvent } from './parked';
export type { AnyProjection, EventOf, Handler, Projection } from './port';
