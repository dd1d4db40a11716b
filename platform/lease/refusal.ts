import { Fault } from '../faults';
import type { Fence } from './lease';

/** What an engine answers to a write that comes too late. */
export const leaseLost = ({ lease, token }: Fence): Fault =>
  new Fault('LEASE_LOST', `Term ${token} of the lease "${lease}" is over: the work is somebody else's now`);
