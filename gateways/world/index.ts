export { effectsOfArrival } from './effects';
export { startWorldGateway } from './gateway';
export type { WorldGateway, WorldGatewayDeps, WorldLinkStatus } from './gateway';
export { queueFollowUp, queueWorldCommand } from './queue';
export type { FollowUpDeps, QueueDeps } from './queue';
export { worldReactions } from './reactions';
export { worldGatewayLimits } from './settings';
export type { WorldGatewayLimits, WorldLinkConfig } from './settings';
export { goodsKey } from './translate';
