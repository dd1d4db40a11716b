export { startDueWork } from './due-work';
export type { ReactionRuntime } from './reaction-runtime';
export { createReactionRuntime } from './reaction-runtime';
export type { Checkpoints, ParkedReaction, Parking } from './reaction-state';
export type { EventOf, Reactor } from './reactor';
export {
  RetryLater,
  requireAccepted,
  contextFrom,
  contextOfCause,
  requireKnownOutcome,
  reactor,
} from './reactor';
export { checkpointsIn, openParking, parkedReactions } from './stored-state';
export type { ParkedDocument } from './stored-state';
export { retryParked } from './retry-parked';
