export type { AckedFact } from './acked-book';
export type { Breach, Invariant } from './breach';
export { historyAudit } from './history';
export { invariants } from './invariants';
export type { HistoryOptions, HistoryReport } from './history';
export { verify } from './verify';
export type { VerifyDeps, VerifyReport } from './verify';
export { watchInvariants } from './watch';
