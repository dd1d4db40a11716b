export { startWorldGateway } from './gateway';
export type { WorldGateway, WorldGatewayDeps, WorldLinkStatus } from './gateway';
export { queueWorldCommand } from './queue';
export type { QueueDeps } from './queue';
export { worldReactions } from './reactions';
export { worldGatewayLimits } from './settings';
export type { WorldGatewayLimits, WorldLinkConfig } from './settings';
