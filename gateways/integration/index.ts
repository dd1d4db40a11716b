export { startIntegration } from './follow';
export type { Integration, IntegrationDeps, IntegrationLimits } from './follow';
