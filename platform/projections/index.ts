export { startProjectionDaemon } from './projection-daemon';
export type {
  ProjectionDaemon,
  ProjectionDaemonOptions,
  ProjectionStatus,
  RebuildProgress,
} from './projection-daemon';
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
export type { AnyProjection, EventOf, Handler, Projection } from './projection';
