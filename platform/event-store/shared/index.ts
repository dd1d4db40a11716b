export { isBefore } from './live-window';
export { shareSubscription } from './share-subscription';
export type { SharingLimits, SharingOptions, SharingStore, StreamHeads } from './share-subscription';
export { bytesOf } from './size';
