export { cannotListen, hostPort, isLoopback, listen } from './listen';
export type { Door, Place } from './listen';
