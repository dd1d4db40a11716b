export { shareSubscription } from './share-subscription';
export type { SharingLimits, SharingOptions } from './share-subscription';
