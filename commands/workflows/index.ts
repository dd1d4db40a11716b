export { createExpiry } from './expiry';
export type { Expiry } from './expiry';
export { orderWorkflows, retryOrdersOn } from './order-workflows';
export type { Checkpoints, DueOrders, ParkedReaction, Parking, Site, Warehouses } from './port';
export { createWorkflowRuntime } from './runtime';
export type { WorkflowRuntime, WorkflowRuntimeDeps } from './runtime';
export { following, known, NotYet, workflow } from './workflow';
export type { EventOf, Workflow } from './workflow';
