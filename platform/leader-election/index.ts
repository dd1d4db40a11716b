export { LeaderElection } from './leader-election';
export type { ElectedRole, LeaderElectionOptions } from './leader-election';
