export { startIntegration } from './follow';
export type { Integration, IntegrationDeps, IntegrationStatus } from './follow';
export type { IntegrationLimits } from './limits';
export { republish } from './republish';
export type { Republished, RepublishProgress } from './republish';
