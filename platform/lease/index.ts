export { keepLease, LONGEST_TTL } from './keeper';
export type { Keeper, KeeperDeps, KeeperStatus, Work } from './keeper';
export { createLeases } from './leases';
export { MemoryLeaseRecords } from './memory';
export type { Fence, Held, LeaseRecords, Leases, Lost, Taken, TermRecord } from './lease';
export { leaseLost } from './refusal';
export { Term } from './term';
