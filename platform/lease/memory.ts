import { leaseLost } from './refusal';
import type { Fence, LeaseRecords, TermRecord } from './lease';

/** Stores terms in memory, for engines in memory. */
export class MemoryLeaseRecords implements LeaseRecords {
  private readonly newest = new Map<string, TermRecord>();

  async latest(lease: string): Promise<TermRecord | undefined> {
    await Promise.resolve();
    return this.newest.get(lease);
  }

  async begin(term: TermRecord): Promise<boolean> {
    await Promise.resolve();
    if ((this.newest.get(term.lease)?.token ?? 0) >= term.token) return false;
    this.newest.set(term.lease, term);
    return true;
  }

  async update(term: TermRecord): Promise<void> {
    await Promise.resolve();
    if (this.newest.get(term.lease)?.token === term.token) this.newest.set(term.lease, term);
  }

  /** @throws Fault `LEASE_LOST` for a write of an ended term. */
  check(fence: Fence | undefined): void {
    if (fence === undefined) return;
    const term = this.newest.get(fence.lease);
    if (term?.token !== fence.token || term.released) throw leaseLost(fence);
  }
}
