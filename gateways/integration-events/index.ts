export { IntegrationEventMapper } from './integration-event-mapper';
export { startIntegration } from './follow';
export type { Integration, IntegrationDeps, IntegrationStatus } from './follow';
export type { IntegrationLimits } from './limits';
export { sourceTypes } from './translate';
export type { Message } from './translate';
export { republish } from './republish';
export type { Republished, RepublishProgress } from './republish';
