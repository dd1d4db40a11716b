import { Fault } from '../faults';
import type { Fence } from './lease';

/** Returns the fault of a write that comes too late. */
export const leaseLost = ({ lease, token }: Fence): Fault =>
  new Fault('LEASE_LOST', `Term ${token} of the lease "${lease}" is over: another process has the work`);
