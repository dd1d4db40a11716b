export { isDiskFull } from './disk-full';
export { Fault, faultCodes, isFault } from './fault';
export type { FaultCode } from './fault';
export { backoffDelay, jittered, supervise } from './retry';
export type { Backoff, Supervision } from './retry';
export { retryUntilAvailable } from './retry-until-available';
