export { allocate } from './allocate';
export type { AllocatedPart, AllocationLine, AllocationRequest, AllocationWarehouse } from './allocate';
